"""What a quick poll is, how it is typed, and what it needs of the stores."""

import json
import re
import unicodedata
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
_BARS = re.compile(r"[|｜\n]")


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


def asked(words: str) -> tuple[str, tuple[str, ...]]:
    """Question and options from `question|a|b`. Raises `Refusal`, which names the limit."""
    parts = [part.strip() for part in _BARS.split(words)]
    question, options = parts[0], tuple(filter(None, parts[1:]))
    if not question or len(options) < FEWEST:
        raise Refusal("poll.how")
    if units(question) > QUESTION:
        raise Refusal("poll.question_long", limit=QUESTION, length=units(question))
    if len(options) > MOST:
        raise Refusal("poll.many", limit=MOST, count=len(options))
    for option in options:
        if units(option) > OPTION:
            raise Refusal("poll.option_long", limit=OPTION, option=option[:20])
    forms = [normal_form(option) for option in options]
    for number, form in enumerate(forms):
        if form in forms[:number]:
            raise Refusal("poll.twice", option=options[number])
    return question, options


def normal_form(option: str) -> str:
    """Two options with the same form look the same to a reader."""
    plain = unicodedata.normalize("NFKC", option).casefold()
    return re.sub(r"[\s\u200b-\u200f\ufe0f\W_]+", "", plain) or plain


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def options_of(matter: Matter) -> tuple[str, ...]:
    return tuple(json.loads(matter.fact("options") or "[]"))


def chats_of(matter: Matter) -> tuple[ChatId, ...]:
    return tuple(ChatId(int(chat)) for chat in matter.fact("chats").split(",") if chat)


def counted_in(matter: Matter, letter: str) -> Counted | None:
    """What is known of the votes in the poll that this letter became."""
    return Counted.of(matter.fact(f"n{letter}"))
