"""One open transaction and every store that can be reached through it."""

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from storage.announce import SqlAnnouncements
from storage.arrivals import SqlArrivals
from storage.audit import SqlAudit
from storage.boards import SqlBoards
from storage.communities import SqlCommunities, SqlForms, SqlInvitations
from storage.consult import SqlConsultations
from storage.dues import SqlDues
from storage.health import SqlHealth
from storage.labels import SqlLabels
from storage.learning import SqlDraws, SqlGates
from storage.letters import SqlLetters
from storage.matters import SqlMatters
from storage.noise import SqlNoise
from storage.people import SqlPeople
from storage.retention import SqlRetention, SqlVitals
from storage.talk import AtHand, SqlTalk
from storage.waits import SqlWaits


class SqlWork:
    """What was put into it is kept or undone as a whole."""

    def __init__(
        self, connection: Connection, now: datetime, at_hand: AtHand | None = None
    ) -> None:
        self._connection, self._at_hand = connection, at_hand
        self.now = now
        self.undone = False

    def undo(self) -> None:
        """Nothing of this work is kept."""
        self.undone = True

    @cached_property
    def arrivals(self) -> SqlArrivals:
        return SqlArrivals(self._connection, self.now)

    @cached_property
    def letters(self) -> SqlLetters:
        return SqlLetters(self._connection, self.now)

    @cached_property
    def dues(self) -> SqlDues:
        return SqlDues(self._connection)

    @cached_property
    def communities(self) -> SqlCommunities:
        return SqlCommunities(self._connection)

    @cached_property
    def invitations(self) -> SqlInvitations:
        return SqlInvitations(self._connection)

    @cached_property
    def forms(self) -> SqlForms:
        return SqlForms(self._connection, self.now)

    @cached_property
    def people(self) -> SqlPeople:
        return SqlPeople(self._connection)

    @cached_property
    def matters(self) -> SqlMatters:
        return SqlMatters(self._connection)

    @cached_property
    def announcements(self) -> SqlAnnouncements:
        return SqlAnnouncements(self._connection)

    @cached_property
    def talk(self) -> SqlTalk:
        return SqlTalk(self._connection, self._at_hand)

    @cached_property
    def waits(self) -> SqlWaits:
        return SqlWaits(self._connection, self.now)

    @cached_property
    def labels(self) -> SqlLabels:
        return SqlLabels(self._connection)

    @cached_property
    def draws(self) -> SqlDraws:
        return SqlDraws(self._connection)

    @cached_property
    def gates(self) -> SqlGates:
        return SqlGates(self._connection)

    @cached_property
    def consultations(self) -> SqlConsultations:
        return SqlConsultations(self._connection)

    @cached_property
    def boards(self) -> SqlBoards:
        return SqlBoards(self._connection)

    @cached_property
    def retention(self) -> SqlRetention:
        return SqlRetention(self._connection, self.now, self.talk)

    @cached_property
    def vitals(self) -> SqlVitals:
        return SqlVitals(self._connection)

    @cached_property
    def audit(self) -> SqlAudit:
        return SqlAudit(self._connection)

    @cached_property
    def noise(self) -> SqlNoise:
        return SqlNoise(self._connection)

    @cached_property
    def health(self) -> SqlHealth:
        return SqlHealth(self._connection)
