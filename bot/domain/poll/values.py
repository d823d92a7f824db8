"""What a quick poll is, how it is typed, and what it needs of the stores."""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.domain.announce.values import Announcements
from bot.domain.basics import ChatId, Refusal
from bot.domain.matter import Matter
from bot.domain.question.values import QuestionWork

KIND = "poll"
CLOSE, RESULT = "poll.close", "poll.result"
QUESTION, OPTION, FEWEST, MOST = 300, 100, 2, 12
LONGEST = timedelta(days=30)
SPANS = (1, 3, 7)
"""Days that are offered; any moment within 30 days may be typed."""
LATE, DROP = "poll.late", "poll.drop"
_BARS = re.compile(r"[|｜]")
Plain = Callable[[str], str]
"""One form for the spellings of a word."""


class PollWork(QuestionWork, Protocol):
    """The stores that polls need."""

    @property
    def announcements(self) -> Announcements: ...


@dataclass(frozen=True, slots=True)
class Counted:
    """What Telegram last said of one native poll."""

    options: tuple[int, ...]
    voters: int
    closed: bool

    def packed(self) -> str:
        return json.dumps([list(self.options), self.voters, self.closed])

    @classmethod
    def of(cls, packed: str) -> "Counted | None":
        if not packed:
            return None
        options, voters, closed = json.loads(packed)
        return cls(tuple(options), voters, closed)


def asked(words: str, plain: Plain = str.casefold) -> tuple[str, tuple[str, ...]]:
    """Question and options from `question|a|b`. Raises `Refusal`, which names the limit."""
    question, *options = _parts(words)
    if not question or len(options) < FEWEST:
        raise Refusal("poll.how")
    if not all(options):
        raise Refusal("poll.empty", number=options.index("") + 1)
    _within_limits(question, options)
    forms = [normal_form(option, plain) for option in options]
    for number, form in enumerate(forms):
        if form in forms[:number]:
            raise Refusal("poll.twice", option=options[number])
    return question, tuple(options)


def _parts(words: str) -> list[str]:
    """What stands between bars and on lines; a bar at the very end divides nothing."""
    lines = [line for line in words.splitlines() if line.strip()] or [""]
    parts = [part.strip() for line in lines for part in _BARS.split(line)]
    return parts[:-1] if len(parts) > 1 and not parts[-1] else parts


def _within_limits(question: str, options: Sequence[str]) -> None:
    if units(question) > QUESTION:
        raise Refusal("poll.question_long", limit=QUESTION, length=units(question))
    if len(options) > MOST:
        raise Refusal("poll.many", limit=MOST, count=len(options))
    for option in options:
        if units(option) > OPTION:
            raise Refusal("poll.option_long", limit=OPTION, option=option[:20])


def normal_form(option: str, plain: Plain = str.casefold) -> str:
    """Two options with the same form look the same to a reader."""
    form = plain(unicodedata.normalize("NFKC", option)).casefold()
    return re.sub(r"[\s\u200b-\u200f\ufe0f\W_]+", "", form) or form


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def options_of(matter: Matter) -> tuple[str, ...]:
    return tuple(json.loads(matter.fact("options") or "[]"))


def chats_of(matter: Matter) -> tuple[ChatId, ...]:
    return tuple(ChatId(int(chat)) for chat in matter.fact("chats").split(",") if chat)


def votes_of(matter: Matter) -> list[int]:
    """How many chose each option, in all groups together, as far as is known."""
    every = [Counted.of(packed) for name, packed in matter.facts.items() if name[:1] == "n"]
    width = len(options_of(matter))
    known = [one.options for one in every if one is not None and len(one.options) == width]
    return [sum(options[n] for options in known) for n in range(width)]


def counted_in(matter: Matter, letter: str) -> Counted | None:
    """What is known of the votes in the poll that this letter became."""
    return Counted.of(matter.fact(f"n{letter}"))
