"""What the bot wants to say or do in a chat, before any Telegram is involved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import ChatId, Lang, MemberId


class Kind(StrEnum):
    """The things a letter can do."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    PIN = "pin"
    ANSWER = "answer"
    REACT = "react"
    LEAVE = "leave"
    POLL = "poll"
    STOP_POLL = "stop_poll"
    UNPIN = "unpin"
    COPY = "copy"


REPEATABLE = frozenset({Kind.EDIT, Kind.DELETE, Kind.PIN, Kind.ANSWER, Kind.REACT, Kind.LEAVE}) | {
    Kind.STOP_POLL,
    Kind.UNPIN,
}
"""Kinds that may be done twice without anyone noticing."""


class Priority(IntEnum):
    """How much a letter matters; `service.md` §2.2."""

    LIFE = 0
    URGENT = 1
    VERDICT = 2
    VOTE = 3
    DIGEST = 4
    QUESTION = 5
    SOCIAL = 6
    PRIVATE = 7


class Ledger(StrEnum):
    """Which noise account a group letter is booked on."""

    NONE = "none"
    REPLY = "reply"
    ACT = "act"
    OWN = "own"


class State(StrEnum):
    """Where a letter is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the catalogue used inside another text."""

    key: str
    values: Mapping[str, "Value"] = field(default_factory=lambda: MappingProxyType({}))


Value = str | int | datetime | Phrase | tuple[Phrase, ...]
"""What may fill a placeholder; strings from outside appear literally, phrases stand on lines."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button: a text of the catalogue, and what it carries or where it leads."""

    label: Phrase
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """A native poll: anonymous, its results hidden until it closes."""

    question: str
    options: tuple[str, ...]
    closes_at: datetime
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """Something the bot wants to say to one chat (a person's private chat has the person's id).

    `refers` names an earlier letter whose message is edited, deleted, pinned or replied to;
    `target` names a message by its id. `about` is `feature:object`, told of the outcome.
    `instead` is where to ask a person to open the private chat if they never did; the letter
    is then held until they have. A copy takes the message `target` out of the chat `source`.
    """

    id: str
    to: ChatId
    key: str = ""
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    rows: Rows = ()
    kind: Kind = Kind.SEND
    priority: Priority = Priority.PRIVATE
    ledger: Ledger = Ledger.NONE
    lang: Lang | None = None
    about: str = ""
    topic: int | None = None
    refers: str | None = None
    target: int | None = None
    query: str | None = None
    alert: bool = False
    silent: bool = False
    instead: "Spot | None" = None
    poll: Ballot | None = None
    not_before: datetime | None = None
    attempts: int = 0
    source: ChatId | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a person is shown at one step: a text and its buttons."""

    key: str
    rows: Rows = ()
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


def phrase(key: str, **values: Value) -> Phrase:
    """A text of the catalogue with its values."""
    return Phrase(key, MappingProxyType(values))


def button(key: str, data: str = "", url: str = "", **values: Value) -> Button:
    """A button with a label from the catalogue."""
    return Button(Phrase(key, MappingProxyType(values)), data, url)


@dataclass(frozen=True, slots=True)
class Spot:
    """A person's own message in a group, by which they can be reached when private chat fails."""

    chat: ChatId
    message: int
    topic: int | None = None


class Outcome(StrEnum):
    """What became of a letter, in words a feature can act on."""

    SENT = "sent"
    UNCERTAIN = "uncertain"
    BLOCKED = "blocked"
    KICKED = "kicked"
    NO_RIGHT = "no_right"
    GONE = "gone"
    REFUSED = "refused"


class Letters(Protocol):
    """Where letters wait to be sent."""

    def put(self, letter: Letter) -> None: ...
    def message_of(self, id: str) -> int | None: ...
    def chat_of(self, id: str) -> ChatId | None: ...
    def became_poll(self, id: str, poll: str) -> None: ...
    def about_poll(self, poll: str) -> str: ...
    def about_message(self, chat: ChatId, message: int) -> str: ...
    def state_of(self, id: str) -> State | None: ...
    def again(self, id: str) -> None: ...
    def arrived(self, id: str) -> None: ...
    def withdraw(self, id: str) -> bool: ...
    def supersede(self, chat: ChatId, key: str) -> None: ...
    def release(self, member: MemberId) -> int: ...
    def drop_for(self, chat: ChatId) -> None: ...
    def erase(self, chat: ChatId) -> None: ...


def private(id: str, member: int, key: str, rows: Rows = (), **values: Value) -> Letter:
    """A letter to one person's private chat."""
    return Letter(id, ChatId(member), key, MappingProxyType(values), rows)


def toast(id: str, chat: ChatId, query: str, key: str, **values: Value) -> Letter:
    """The short answer to a tap (at most 200 characters once rendered)."""
    return Letter(id, chat, key, MappingProxyType(values), kind=Kind.ANSWER, query=query)


class Verdict(StrEnum):
    """What the noise rules say of a group letter."""

    GO = "go"
    SILENT = "silent"
    WAIT = "wait"
    FOLD = "fold"
    ASK = "ask"


class Own(StrEnum):
    """The kinds of letters the bot writes on its own initiative."""

    DIGEST = "digest"
    BUNDLE = "bundle"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which nothing rings; local time, may pass midnight."""

    start: time = time(22, 0)
    end: time = time(7, 30)

    def covers(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def over(self, now: datetime) -> datetime:
        """The next moment at which the quiet hours end, in `now`'s zone."""
        today = datetime.combine(now.date(), self.end, now.tzinfo)
        return (
            today
            if now < today
            else datetime.combine(now.date() + timedelta(days=1), self.end, now.tzinfo)
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """What a group has already heard: today, and in its ISO week (Monday to Sunday)."""

    acts_today: int = 0
    urgent_today: int = 0
    own_today: int = 0
    own_week: int = 0
    bundles_week: int = 0
    digest_week: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A verdict and, where it is to wait, until when."""

    verdict: Verdict
    at: datetime | None = None


ACTS_A_DAY, OWN_A_DAY, OWN_A_WEEK, BUNDLES_A_WEEK, BUNDLE_ITEMS = 3, 1, 4, 3, 2
URGENT_A_DAY = 2
FRIDAY = 4


def plan_act(
    priority: Priority, spent: Spent, now: datetime, quiet: Quiet, confirmed: bool = False
) -> Plan:
    """What happens to something a named human publishes; `now` is in the community's zone."""
    resting = quiet.covers(now.timetz().replace(tzinfo=None))
    if priority is Priority.LIFE:
        return Plan(Verdict.GO)
    if priority is Priority.URGENT:
        return Plan(Verdict.SILENT if resting else Verdict.GO)
    if spent.acts_today >= ACTS_A_DAY and not confirmed:
        return Plan(Verdict.ASK)
    return Plan(Verdict.WAIT, quiet.over(now)) if resting else Plan(Verdict.GO)


def plan_own(kind: Own, items: int, spent: Spent, now: datetime, quiet: Quiet) -> Plan:
    """What happens to something the bot itself wants to say; the digest keeps Friday's place."""
    if quiet.covers(now.timetz().replace(tzinfo=None)):
        return Plan(Verdict.WAIT, quiet.over(now))
    if spent.own_today >= OWN_A_DAY or spent.own_week >= OWN_A_WEEK:
        return Plan(Verdict.FOLD)
    if kind is Own.DIGEST:
        return Plan(Verdict.FOLD if spent.digest_week else Verdict.GO)
    kept_for_digest = not spent.digest_week and spent.own_week >= OWN_A_WEEK - 1
    if kept_for_digest or (now.weekday() == FRIDAY and not spent.digest_week):
        return Plan(Verdict.FOLD)
    if kind is Own.BUNDLE and (items < BUNDLE_ITEMS or spent.bundles_week >= BUNDLES_A_WEEK):
        return Plan(Verdict.FOLD)
    return Plan(Verdict.GO)


class Noise(Protocol):
    """The ledgers of what each group has heard."""

    def spent(self, chat: ChatId, today: date) -> Spent: ...
    def acts(self, chats: tuple[ChatId, ...], since: date, until: date) -> int: ...
    def book(
        self, chat: ChatId, day: date, ledger: Ledger, priority: Priority, own: Own | None = None
    ) -> None: ...
