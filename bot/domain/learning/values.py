"""What is drawn for a spot check, which findings are switched off, and the stores for both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.audit import Audit
from bot.domain.basics import ChatId, CommunityId
from bot.domain.community import Communities
from bot.domain.due import Dues
from bot.domain.label import Finding, Labels
from bot.domain.letter import Letters, Noise
from bot.domain.people import People
from bot.domain.talk import Talk

Dice = Callable[[], float]
"""A fresh random number from 0 up to 1."""

COPY = "learning.copy"
STAYS = timedelta(hours=24)
"""How long a copy may lie in a private chat without being judged."""
KEPT = 30
"""How many message ids are drawn in each stratum; ten more than are shown, as some are gone."""
DRAWN = (Finding.QUESTION, Finding.CLAIM)
"""Findings that are common enough to be checked by chance."""


class Shown(StrEnum):
    """How far a drawn message has come."""

    WAITING = "waiting"
    SHOWN = "shown"
    JUDGED = "judged"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Draw:
    """One message that chance drew: where it stands and its lot, no word and no author."""

    community: CommunityId
    week: str
    finding: Finding
    flagged: bool
    chat: ChatId
    message: int
    lot: float
    state: Shown = Shown.WAITING
    letter: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Stratum:
    """How many messages of a week were flagged, or were not."""

    week: str
    finding: Finding
    flagged: bool
    seen: int


class Draws(Protocol):
    """Where the ids are kept that chance drew, and how many there were to draw from."""

    def offer(self, lots: tuple[Draw, ...], size: int) -> None: ...
    def of(self, community: CommunityId, week: str) -> tuple[Draw, ...]: ...
    def get(self, id: int) -> Draw | None: ...
    def shown_in(self, letter: str) -> Draw | None: ...
    def put(self, draw: Draw) -> None: ...
    def strata(self, community: CommunityId, week: str) -> tuple[Stratum, ...]: ...
    def drop_before(self, community: CommunityId, week: str) -> None: ...
    def forget(self, author: str) -> tuple[str, ...]: ...


class Gates(Protocol):
    """Which findings are switched off in a community, and from which week each is measured."""

    def off(self, community: CommunityId) -> frozenset[Finding]: ...
    def fresh(self, community: CommunityId, finding: Finding) -> str: ...
    def put(self, community: CommunityId, finding: Finding, off: bool, fresh: str) -> None: ...


class LearningWork(Protocol):
    """The stores that learning needs."""

    now: datetime

    @property
    def audit(self) -> Audit: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def draws(self) -> Draws: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def gates(self) -> Gates: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def noise(self) -> Noise: ...
    @property
    def people(self) -> People: ...
    @property
    def talk(self) -> Talk: ...
