"""A chat of any length, cut into spans that overlap, so that only one of them is ever held."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.analysis.claims import ClaimThread
from bot.analysis.lines import Id, Line

BEFORE, BLOCK, AFTER = 1_000, 3_000, 2_000
"""A block of lines is judged with so many lines before and after it in sight."""
KNOWN = 10_000
"""Ids that are remembered; more than a span holds."""
MOST_TOLD = 10_000
"""Messages of one claim, after which it is written out and begun anew."""
Told = dict[int, tuple[Id, str]]


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring lines; those from `first` to `last` are judged here and nowhere else.

    `kept` is the first line that the next span still holds.
    """

    lines: tuple[Line, ...]
    first: int
    last: int
    kept: int

    def judges(self, id: int) -> bool:
        """Whether this line is among those judged here."""
        return self.first <= id <= self.last


class Spans:
    """Takes line after line and gives a span whenever a block has all of its surroundings."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._judged = 0

    def put(self, line: Line) -> Span | None:
        """One more line."""
        self._lines.append(line)
        if len(self._lines) < self._judged + BLOCK + AFTER:
            return None
        end = self._judged + BLOCK
        kept = max(0, end - BEFORE)
        span = self._span(end, kept)
        self._judged = end - kept
        del self._lines[:kept]
        return span

    def rest(self) -> Span | None:
        """What is left when no line comes any more."""
        end = len(self._lines)
        return self._span(end, end - 1) if end > self._judged else None

    def _span(self, end: int, kept: int) -> Span:
        lines = tuple(self._lines)
        return Span(lines, lines[self._judged].id, lines[end - 1].id, lines[kept].id)


class Names:
    """Which id the file gave to which line; of the same id the last line counts."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, Id] = OrderedDict()
        self._lines: dict[str, int] = {}

    def put(self, line: int, id: Id) -> None:
        """A line and its id; the oldest is forgotten."""
        self._ids[line] = id
        self._lines[str(id)] = line
        if len(self._ids) > KNOWN:
            old, gone = self._ids.popitem(last=False)
            if self._lines.get(str(gone)) == old:
                del self._lines[str(gone)]

    def id(self, line: int) -> Id:
        """The id of a line."""
        return self._ids[line]

    def line(self, id: Id | None) -> int | None:
        """The line of an id; None where it is unknown or too far back."""
        return None if id is None else self._lines.get(str(id))


class Tellings:
    """Claims over several spans: what shares a message is the same claim."""

    def __init__(self, name: Callable[[int], Id]) -> None:
        self._name = name
        self._open: list[Told] = []

    def take(self, found: Iterable[ClaimThread], span: Span) -> list[Told]:
        """The claims of one span; gives those that no later span can add to."""
        for thread in found:
            told = {line: (self._name(line), act) for line, act in thread.messages}
            same = [known for known in self._open if known.keys() & told.keys()]
            whole: Told = {}
            for part in (*same, told):
                whole |= part
            self._open = [known for known in self._open if known not in same]
            self._open.append(whole)
        return self._closed(span.kept)

    def _closed(self, kept: int) -> list[Told]:
        """A claim is closed when the next span holds none of its messages."""
        done = [told for told in self._open if max(told) < kept or len(told) > MOST_TOLD]
        self._open = [told for told in self._open if told not in done]
        return sorted(done, key=min)

    def rest(self) -> list[Told]:
        """The claims that are still open."""
        return sorted(self._open, key=min)
