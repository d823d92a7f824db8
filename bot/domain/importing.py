"""A group's past, read once: questions nobody answered, and what people talk about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from bot.domain import acts
from bot.domain.basics import CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.letter import Card, Phrase, Rows, Value, button, phrase
from bot.domain.matter import MatterKind
from bot.domain.pen import Pen
from bot.domain.people import MAY, Act, People
from bot.domain.question import QuestionDesk, QuestionWork
from bot.domain.talk import Message, Reader

PAGE, PAGES = 6, 5
BASELINE_DAYS = 28


class BadExport(Exception):
    """The file is no export of one chat; `key` names the text that says what to do."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A question that nobody seems to have answered; one line."""

    text: str
    at: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Imported:
    """What was found in an export; topics are words with the number of people who used them."""

    messages: int
    people: int
    first: datetime | None
    last: datetime | None
    forgotten: tuple[Forgotten, ...]
    topics: tuple[tuple[str, int], ...]
    busy_days: int = 0

    @property
    def days(self) -> int:
        if self.first is None or self.last is None:
            return 0
        return (self.last - self.first).days + 1

    def age(self, question: Forgotten) -> int:
        """Whole days from the question to the end of the export."""
        return (self.last - question.at).days if self.last else 0


Progress = Callable[[int], None]
"""Told how many bytes have been read so far."""


class Importer(Protocol):
    """Reads an export of any size. Raises `BadExport`."""

    def read(
        self,
        path: Path,
        progress: Progress | None = None,
        unread: frozenset[int] = frozenset(),
    ) -> Imported:
        """What an export holds, without a look at the people in `unread`."""
        ...


class UnreadWork(Protocol):
    """The stores that tell who may import, and who is not to be read."""

    now: datetime

    @property
    def people(self) -> People: ...


class ImportDesk:
    """Shows what an export holds; a tap makes a matter, the rest is gone."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, questions: QuestionDesk) -> None:
        self._pen = Pen(new_id, pseudonym)
        self._questions = questions

    def require(self, work: QuestionWork, member: MemberId) -> None:
        """Only those in charge may bring a group's past. Raises `Denied`."""
        acts.grant_for(work, member, Act.CONFIGURE)

    def unread(self, work: UnreadWork, member: MemberId) -> frozenset[int] | None:
        """Whom nobody reads in this person's communities; None if the person may not import."""
        own = [g for g in work.people.grants(member) if g.holds(work.now)]
        found = [work.people.unread(g.community) for g in own if g.role in MAY[Act.CONFIGURE]]
        return frozenset().union(*found) if found else None

    def show(self, work: QuestionWork, member: MemberId, imported: Imported) -> list[Card]:
        """The summary, then the questions, a few on each page. Raises `Denied`.

        Who looks after several communities brings the past of the one opened last.
        """
        grant = acts.grants_for(work, member, Act.CONFIGURE)[-1]
        self._pen.note(work, grant.community, member, "import", f"messages:{imported.messages}")
        questions = imported.forgotten[: PAGE * PAGES]
        pages = [questions[n : n + PAGE] for n in range(0, len(questions), PAGE)]
        return [
            summary(imported),
            *(_page(imported, page, n * PAGE, grant.community) for n, page in enumerate(pages)),
        ]

    def keep(
        self,
        work: QuestionWork,
        member: MemberId,
        text: str,
        reader: Reader,
        community: str = "",
    ) -> Card:
        """One line of the list becomes a matter. Raises `Refusal`, `Denied`."""
        only = community or None
        grant = acts.grants_for(work, member, Act.CONFIGURE, community=only)[-1]
        reading = reader.read(Message(text), ())
        known = [
            m
            for m in work.matters.of_kind(grant.community, MatterKind.QUESTION, work.now)
            if m.text and m.text == text
        ]
        if known:
            raise Refusal("import.kept_already", number=known[0].number)
        matter = self._questions.ask(
            work, grant.community, MemberId(0), text, reading, explicit=True
        )
        return Card("import.kept", (), {"number": matter.number})


def summary(imported: Imported) -> Card:
    """How much was read, and what stands out."""
    missing = max(0, BASELINE_DAYS - imported.busy_days)
    oldest = max((imported.age(q) for q in imported.forgotten), default=0)
    values: dict[str, Value] = {
        "messages": imported.messages,
        "days": imported.days,
        "people": imported.people,
        "forgotten": len(imported.forgotten),
        "oldest": oldest,
        "topics": _topics(imported),
        "baseline": phrase("import.baseline", days=missing)
        if missing
        else Phrase("import.baseline_there"),
    }
    return Card("import.summary", (), MappingProxyType(values))


def lines_of(imported: Imported) -> tuple[Phrase, ...]:
    """Every forgotten question as a numbered line."""
    return tuple(_line(imported, question, n) for n, question in enumerate(imported.forgotten, 1))


def _line(imported: Imported, question: Forgotten, number: int) -> Phrase:
    return phrase("import.line", number=number, text=question.text, days=imported.age(question))


def _page(
    imported: Imported, page: tuple[Forgotten, ...], begin: int, community: CommunityId
) -> Card:
    numbers = range(begin + 1, begin + 1 + len(page))
    lines = tuple(_line(imported, q, n) for n, q in zip(numbers, page, strict=True))
    boxes = [button("import.keep", f"im:{n}:{community}", number=n) for n in numbers]
    rows: Rows = tuple(tuple(boxes[n : n + 3]) for n in range(0, len(boxes), 3))
    return Card("import.page", rows, MappingProxyType({"lines": lines}))


def _topics(imported: Imported) -> Value:
    if not imported.topics:
        return Phrase("import.no_topics")
    return "、".join(word for word, _ in imported.topics)
