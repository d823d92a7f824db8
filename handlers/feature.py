"""What one feature brings along, and what a handler is given."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from telegram import Update
from telegram.ext import CallbackContext, ExtBot

from bot.domain.announce import Announcements
from bot.domain.audit import Audit
from bot.domain.basics import ChatId, Lang, MemberId, NewId
from bot.domain.community import Communities, Forms, Invitations
from bot.domain.consult.values import Consultations
from bot.domain.doctor import VitalSigns
from bot.domain.due import Dues
from bot.domain.label import Labels
from bot.domain.learning import Draws, Gates
from bot.domain.letter import Letters, Noise, Outcome
from bot.domain.matter import Matters
from bot.domain.people import Actor, Need, People, Standing
from bot.domain.privacy import Facts, Retention
from bot.domain.second import Awaited, SecondReader, Waits
from bot.domain.second import Found as Second
from bot.domain.talk import Reader, Talk
from bot.domain.touch import Boards
from handlers.desks import Desks
from handlers.say.buttons import Pressed


class Work(Protocol):
    """One open transaction, as far as handlers and desks may see it."""

    now: datetime

    @property
    def letters(self) -> Letters: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def people(self) -> People: ...
    @property
    def matters(self) -> Matters: ...
    @property
    def announcements(self) -> Announcements: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def noise(self) -> Noise: ...
    @property
    def boards(self) -> Boards: ...
    @property
    def consultations(self) -> Consultations: ...
    @property
    def talk(self) -> Talk: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def draws(self) -> Draws: ...
    @property
    def gates(self) -> Gates: ...
    @property
    def retention(self) -> Retention: ...
    @property
    def vitals(self) -> VitalSigns: ...
    @property
    def health(self) -> Facts: ...


@dataclass
class Step:
    """What intake prepares for one update: the open work, the sender, what is asked.

    `brought` is what was fetched from Telegram beforehand, for entries that need it.
    """

    work: Work
    actor: Actor
    found: "Found | None" = None
    brought: object = None
    error: Exception | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """What every step shares: the desks, fresh ids, and the bot's own name."""

    desks: Desks
    new_id: NewId
    username: str
    home: "Home"
    reader: Reader | None = None
    second: SecondReader | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The language and zone in which somebody is spoken to of whom nothing is known."""

    lang: Lang = "zh-Hans"
    zone: str = "Asia/Shanghai"


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """What a handler is given besides the update."""

    @property
    def step(self) -> Step:
        step: Step = self.application.bot_data["step"]
        return step

    @property
    def tools(self) -> Tools:
        tools: Tools = self.application.bot_data["tools"]
        return tools

    @property
    def work(self) -> Work:
        return self.step.work

    @property
    def actor(self) -> Actor:
        return self.step.actor

    @property
    def lang(self) -> Lang:
        return self.step.actor.lang

    @property
    def desks(self) -> Desks:
        return self.tools.desks

    @property
    def words(self) -> str:
        """What stands after the command or the trigger, or the whole text of a form's answer."""
        return self.step.found.words if self.step.found else ""

    @property
    def pressed(self) -> Pressed:
        """The button that was pressed."""
        if self.step.found is None or self.step.found.pressed is None:
            raise LookupError("no button was pressed")
        return self.step.found.pressed

    def new_id(self) -> str:
        return self.tools.new_id()


Handler = Callable[[Update, Context], Awaitable[None]]
DueHandler = Callable[[Work, Desks, str], None]
FreshDueHandler = Callable[[Work, Desks, str, Standing], None]
OutcomeHandler = Callable[[Work, Desks, str, str, Outcome], None]
"""Told what became of a letter: work, desks, the object in `about`, the letter's id, outcome."""
FoundHandler = Callable[[Work, Desks, Awaited, Second], None]
"""Told what the second reader found in a text that waited for it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in: who handles it, how fresh the sender's standing must be, what is fetched."""

    run: Handler
    need: Need = Need.NONE
    fetch: bool = False


@dataclass(frozen=True, slots=True)
class Fresh:
    """A duty done in somebody's name: `whose` standing, and in which chats, is asked first."""

    whose: Callable[[Work, Desks, str], tuple[MemberId, tuple[ChatId, ...]]]
    run: FreshDueHandler


@dataclass(frozen=True, slots=True)
class Found:
    """The entry an update asks for, and what it carries."""

    entry: Entry
    words: str = ""
    pressed: Pressed | None = None
    event: bool = False


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Feature:
    """Everything one `handlers/*.py` brings along.

    `triggers` maps Chinese words to a command; `starts` a deep-link prefix to an entry;
    `forms` the kind of an open form to who takes the answer; `events` one of my_chat_member,
    chat_member, migrate, service, talk, edited, reaction, poll, document to who must know;
    `found` takes what the second reader found; `dues` and `outcomes` name by kind who does what
    is due and who is told what became of a letter; `fresh` names duties that need their author's
    standing of this moment.
    """

    commands: Mapping[str, Entry] = field(default_factory=_none)
    triggers: Mapping[str, str] = field(default_factory=_none)
    buttons: Mapping[str, Entry] = field(default_factory=_none)
    starts: Mapping[str, Entry] = field(default_factory=_none)
    forms: Mapping[str, Entry] = field(default_factory=_none)
    events: Mapping[str, Entry] = field(default_factory=_none)
    dues: Mapping[str, DueHandler] = field(default_factory=_none)
    fresh: Mapping[str, Fresh] = field(default_factory=_none)
    outcomes: Mapping[str, OutcomeHandler] = field(default_factory=_none)
    otherwise: Entry | None = None
    found: FoundHandler | None = None
