"""A Telegram Desktop export, read as a stream: nothing of it is kept but what is shown once."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from bot.analysis.batches import batches
from bot.analysis.words import telling_words
from bot.domain.importing import BadExport, Forgotten, Imported, Progress
from bot.domain.similar import likeness
from bot.domain.talk import ASKS, Coming, Heard, Message, Reader, Reading, TextKind
from bot.domain.wording import shortened

SURE = 0.6
"""Only questions this sure are shown: a list must not waste the reader's time."""
NEAR, RECENT, AGE = timedelta(minutes=30), 6, timedelta(hours=24)
ALIKE, LINE = 0.25, 150
TOPICS, SPEAKERS, BUSY = 5, 5, 10
WAITING = 50_000


@dataclass(slots=True)
class _Asked:
    text: str
    at: datetime
    author: str
    score: float
    known: bool


class _Counting:
    """A file that tells how far it has been read."""

    def __init__(self, file: BinaryIO, progress: Progress | None) -> None:
        self._file, self._progress, self._read = file, progress, 0

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._read += len(piece)
        if self._progress is not None:
            self._progress(self._read)
        return piece


class ExportReader:
    """Reads `result.json` of one chat with the reader that also listens to the group."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(
        self,
        path: Path,
        progress: Progress | None = None,
        unread: frozenset[int] = frozenset(),
    ) -> Imported:
        """What an export holds, without a look at the people in `unread`. Raises `BadExport`."""
        found = _Past(self._reader)
        left_out = {f"user{number}" for number in unread}
        try:
            with path.open("rb") as file:
                read = (
                    raw
                    for raw in _messages(_Counting(file, progress))
                    if raw.get("from_id") not in left_out
                )
                for some in batches(read, lambda raw: len(text_of(raw))):
                    found.take_all(some)
        except OSError as error:
            raise BadExport("import.unreadable") from error
        except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
            raise BadExport("import.no_json") from error
        finally:
            self._reader.ahead(())
        if not found.messages:
            raise BadExport("import.no_messages")
        return found.imported()


def _messages(file: _Counting) -> Iterator[dict[str, Any]]:
    for raw in ijson.items(file, "messages.item", use_float=True):
        if isinstance(raw, dict) and raw.get("type") == "message":
            yield raw


class _Past:
    """The messages so far: questions that wait, people, words."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._waiting: OrderedDict[int, _Asked] = OrderedDict()
        self._users: defaultdict[str, set[str]] = defaultdict(set)
        self._days: defaultdict[date, set[str]] = defaultdict(set)
        self._people: set[str] = set()
        self._before: tuple[Heard, ...] = ()
        self.messages = 0
        self.first: datetime | None = None
        self.last: datetime | None = None

    def take_all(self, some: Sequence[dict[str, Any]]) -> None:
        """Some messages at once, in the order of the file."""
        self._reader.ahead([Coming(tuple(map(message_of, some)), self._before)])
        for raw in some:
            self.take(raw)

    def take(self, raw: dict[str, Any]) -> None:
        """One message, in the order of the file."""
        text, at, author = text_of(raw), moment_of(raw), str(raw.get("from_id") or "")
        if at is None:
            return
        self.messages += 1
        self.first, self.last = self.first or at, at
        self._people.add(author)
        self._days[at.date()].add(author)
        if not text.strip():
            return
        reading = self._reader.read(message_of(raw), self._before)
        self._answers(raw, text, at, author, reading)
        if reading.kind is TextKind.TALK:
            for word in telling_words(text[:500]):
                self._users[word].add(author)
        self._asks(raw, text, at, author, reading)

    def _asks(
        self, raw: dict[str, Any], text: str, at: datetime, author: str, reading: Reading
    ) -> None:
        id = raw.get("id")
        if reading.asks >= SURE and reading.kind is TextKind.TALK and isinstance(id, int):
            known = bool(reading.office)
            self._waiting[id] = _Asked(_line(text), at, author, reading.asks, known)
            if len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)

    def _answers(
        self, raw: dict[str, Any], text: str, at: datetime, author: str, reading: Reading
    ) -> None:
        """A reply with substance, or a near message that shares its words, ends the waiting."""
        if reading.canned or reading.clueless or reading.asks >= ASKS:
            return
        replied = raw.get("reply_to_message_id")
        if isinstance(replied, int) and replied in self._waiting:
            if self._waiting[replied].author != author or "T" in reading.cues:
                del self._waiting[replied]
            return
        for id in list(self._waiting)[-RECENT:]:
            asked = self._waiting[id]
            if at - asked.at > NEAR:
                continue
            same = asked.author == author
            if (same and "T" in reading.cues) or (
                not same and likeness(asked.text, text) >= ALIKE
            ):
                del self._waiting[id]
                return

    def imported(self) -> Imported:
        """Everything that was found; questions about the place first, then the oldest."""
        end = self.last or datetime.now(UTC)
        old = [asked for asked in self._waiting.values() if end - asked.at >= AGE]
        old.sort(key=lambda asked: (not asked.known, asked.at))
        return Imported(
            messages=self.messages,
            people=len(self._people),
            first=self.first,
            last=self.last,
            forgotten=tuple(Forgotten(a.text, a.at, a.score) for a in old),
            topics=self._topics(),
            busy_days=sum(len(people) >= BUSY for people in self._days.values()),
        )

    def _topics(self) -> tuple[tuple[str, int], ...]:
        counts = [(word, len(people)) for word, people in self._users.items()]
        common = sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:TOPICS]
        return tuple((word, people) for word, people in common if people >= SPEAKERS)


def message_of(raw: dict[str, Any]) -> Message:
    """What is read of a message."""
    return Message(text_of(raw), forwarded="forwarded_from" in raw)


def text_of(raw: dict[str, Any]) -> str:
    """The words of a message: a string, or a list of strings and entities."""
    text = raw.get("text", "")
    if isinstance(text, list):
        return "".join(
            part if isinstance(part, str) else str(part.get("text", ""))
            for part in text
            if isinstance(part, (str, dict))
        )
    return text if isinstance(text, str) else ""


def moment_of(raw: dict[str, Any]) -> datetime | None:
    """When it was written; None where the export does not say so."""
    stamp = raw.get("date_unixtime")
    try:
        if stamp is not None:
            return datetime.fromtimestamp(int(stamp), UTC)
        return datetime.fromisoformat(str(raw["date"])).replace(tzinfo=UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _line(text: str) -> str:
    """One line of a list; more of a question is not kept in memory either."""
    return shortened(" ".join(text.split()), LINE)
