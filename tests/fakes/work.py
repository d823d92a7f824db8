"""One open transaction over the shelves, and every store that can be reached through it."""

from datetime import datetime

from tests.fakes.announce import FakeAnnouncements
from tests.fakes.arrivals import FakeArrivals
from tests.fakes.audit import FakeAudit, FakeHealth
from tests.fakes.boards import FakeBoards, FakeNoise
from tests.fakes.communities import FakeCommunities, FakeForms, FakeInvitations
from tests.fakes.consult import FakeConsultations
from tests.fakes.dues import FakeDues
from tests.fakes.labels import FakeLabels
from tests.fakes.learning import FakeDraws, FakeGates
from tests.fakes.letters import FakeLetters
from tests.fakes.matters import FakeMatters
from tests.fakes.people import FakePeople
from tests.fakes.retention import FakeRetention, FakeVitals
from tests.fakes.shelves import Shelves
from tests.fakes.talk import FakeTalk
from tests.fakes.waits import FakeWaits


class FakeWork:
    """Every store over the same shelves; a test that needs a later moment sets `now`."""

    def __init__(self, shelves: Shelves, now: datetime) -> None:
        self.shelves, self.now, self.undone = shelves, now, False
        self.arrivals = FakeArrivals(shelves, self._clock)
        self.letters = FakeLetters(shelves, self._clock)
        self.waits = FakeWaits(shelves, self._clock)
        self.forms = FakeForms(shelves, self._clock)
        self.retention = FakeRetention(shelves, self._clock)
        self.dues = FakeDues(shelves)
        self.communities = FakeCommunities(shelves)
        self.invitations = FakeInvitations(shelves)
        self.people = FakePeople(shelves)
        self.matters = FakeMatters(shelves)
        self.announcements = FakeAnnouncements(shelves)
        self.consultations = FakeConsultations(shelves)
        self.talk = FakeTalk(shelves)
        self.labels = FakeLabels(shelves)
        self.draws = FakeDraws(shelves)
        self.gates = FakeGates(shelves)
        self.boards = FakeBoards(shelves)
        self.noise = FakeNoise(shelves)
        self.audit = FakeAudit(shelves)
        self.health = FakeHealth(shelves)
        self.vitals = FakeVitals(shelves)

    def undo(self) -> None:
        """Nothing of this work is kept."""
        self.undone = True

    def _clock(self) -> datetime:
        return self.now
