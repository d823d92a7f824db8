"""Every question of a chat with the messages that may answer it, each pair as numbers."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.lines import Line
from bot.analysis.normal import normal
from bot.analysis.roles import kind_of_role
from bot.analysis.threads.wanted import (
    Carried,
    echoes,
    fits,
    for_company,
    offered,
    wanted,
    wordless,
)
from bot.analysis.wording import Wording
from bot.domain.talk import ASKS, TextKind

NEAR, FAR = 12, 110
"""So many messages after a question are always looked at; farther ones if they share words."""
UNTOLD = timedelta(minutes=5)
"""How far apart messages are taken to be where nobody says when they were written."""
SOON = 6
"""Messages after an answer within which somebody thanks for it."""
ALONE_KINDS = (TextKind.TALK, TextKind.NOTICE, TextKind.CHAIN)
Vector = npt.NDArray[np.float32]
Vectors = Mapping[int, npt.NDArray[Any]]


@dataclass(eq=False)
class Seen:
    """What one message shows by itself, worked out when it is first asked for."""

    line: Line
    text: str
    minute: float

    @cached_property
    def wants(self) -> Carried:
        return wanted(self.text)

    @cached_property
    def offers(self) -> Carried:
        return offered(self.text)

    @cached_property
    def alone(self) -> tuple[float, ...]:
        """The findings in its words, and whose words they are."""
        reading = self.line.reading
        kind = [0.0, 0.0, 0.0]
        kind[kind_of_role(self.line.role)] = 1.0
        return (
            *(reading.asks, reading.claim, reading.score, reading.alone.asks, reading.alone.claim),
            *(reading.alone.negative, reading.alone.positive),
            *(float(one) for one in (reading.canned, reading.clueless, reading.addressed)),
            *(float(cue in reading.cues) for cue in "THX"),
            *(float(reading.kind is one) for one in ALONE_KINDS),
            *(math.log1p(len(self.text)), *kind),
        )

    @property
    def thanks(self) -> bool:
        return "T" in self.line.reading.cues or "谢" in self.text or "唔该" in self.text

    @cached_property
    def echo(self) -> bool:
        return echoes(self.text)

    @cached_property
    def wordless(self) -> bool:
        return wordless(self.text)


@dataclass(frozen=True, slots=True)
class Linked:
    """One question; for each message that may answer it, how likely it does."""

    asked: int
    after: tuple[int, ...]
    likely: npt.NDArray[np.float64]


class Talked:
    """A chat laid out for linking: what each message shows, and which are questions."""

    def __init__(
        self,
        lines: Sequence[Line],
        questions: frozenset[int] | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        texts = [normal(line.text) if line.text else "" for line in lines]
        when = minutes(lines)
        self.seen = [Seen(*one) for one in zip(lines, texts, when, strict=True)]
        self.place = {line.id: at for at, line in enumerate(lines)}
        self.wording = Wording(texts, (1, 2, 3))
        self.asked = [
            at
            for at, line in enumerate(lines)
            if (line.reading.asks >= ASKS if questions is None else line.id in questions)
        ]
        self._vectors = vectors
        self.replies: dict[int, list[int]] = {}
        for at, line in enumerate(lines):
            if line.reply_to is not None:
                self.replies.setdefault(line.reply_to, []).append(at)

    def meant(self, one: int, other: int) -> float:
        """How alike two messages are in meaning; 0 without meanings."""
        if self._vectors is None:
            return 0.0
        ids = self.seen[one].line.id, self.seen[other].line.id
        first, second = (self._vectors.get(id) for id in ids)
        return 0.0 if first is None or second is None else float(first @ second)

    def rivals(self, at: int) -> list[int]:
        """The questions that a message might answer."""
        return self.asked[bisect_left(self.asked, at - FAR) : bisect_left(self.asked, at)]

    def follows(self, asked: int) -> Iterator[int]:
        """The messages that may answer a question, in their order."""
        asker = self.seen[asked].line
        after = range(asked + 1, min(asked + FAR + 1, len(self.seen)))
        yield from (at for at in after if self.may_answer(asked, at))
        yield from (
            at
            for at in self.replies.get(asker.id, ())
            if at > asked + FAR and self._may(asked, at)
        )

    def may_answer(self, asked: int, at: int) -> bool:
        """Whether a message is near the question, a reply to it, or shares words with it."""
        near = at - asked <= NEAR or at in self.replies.get(self.seen[asked].line.id, ())
        shares = near or not self.wording.runs[asked].isdisjoint(self.wording.runs[at])
        return shares and self._may(asked, at)

    def _may(self, asked: int, at: int) -> bool:
        """Nobody answers themselves; neither a shrug nor the same question again is an answer."""
        asker, line = self.seen[asked].line, self.seen[at].line
        echo = self.seen[at].echo and not for_company(self.seen[asked].wants)
        if echo or self.seen[at].wordless:
            return False
        own = bool(line.author) and line.author == asker.author
        return not (own or line.reading.clueless or line.reading.canned)

    def settles(self, asked: int, at: int) -> bool:
        """Whether a message is a formal reply with substance."""
        line = self.seen[at].line
        formal = line.reply_to == self.seen[asked].line.id
        return formal and line.reading.asks < ASKS and self._may(asked, at)


def minutes(lines: Sequence[Line]) -> list[float]:
    """Minutes since the first line; never backwards."""
    found: list[float] = []
    start = next((line.at for line in lines if line.at), None)
    for line in lines:
        last = found[-1] if found else 0.0
        if line.at is None or start is None:
            found.append(last + UNTOLD.total_seconds() / 60)
        else:
            found.append(max(last, (line.at - start).total_seconds() / 60))
    return found


def pair(talked: Talked, asked: int, at: int) -> Vector:
    """One question and one message as numbers."""
    question, answer = talked.seen[asked], talked.seen[at]
    numbers = [
        *_between(talked, asked, at),
        *_formal(talked, asked, at),
        *_likeness(talked, asked, at),
        *_afterwards(talked, asked, at),
        *fits(question.wants, answer.offers),
        *question.wants,
        *answer.wants,
        *answer.offers,
        *question.alone,
        *answer.alone,
    ]
    return np.array(numbers, np.float32)


def _between(talked: Talked, asked: int, at: int) -> tuple[float, ...]:
    """Time, messages, speakers and other questions between the two."""
    question, answer = talked.seen[asked], talked.seen[at]
    said = [one.line for one in talked.seen[asked + 1 : at]]
    others = {line.author for line in said} - {question.line.author}
    last = talked.seen[at - 1].line.author
    return (
        math.log1p(answer.minute - question.minute),
        math.log1p(answer.minute - talked.seen[at - 1].minute),
        math.log(at - asked),
        float(at - asked),
        float(sum(line.reading.asks >= ASKS for line in said)),
        float(sum(line.author == question.line.author for line in said)),
        float(len(others)),
        float(answer.line.author in others),
        float(last == question.line.author),
        float(last == answer.line.author),
        float(any(one.line.author == answer.line.author for one in talked.seen[:asked])),
    )


def _formal(talked: Talked, asked: int, at: int) -> tuple[float, ...]:
    """Replies and calls by name."""
    question, answer = talked.seen[asked].line, talked.seen[at].line
    to = talked.place.get(answer.reply_to) if answer.reply_to is not None else None
    target = talked.seen[to].line if to is not None else None
    answered = any(
        one.line.reply_to == question.id for one in talked.seen[asked + 1 : min(at, asked + FAR)]
    )
    return (
        float(answer.reply_to == question.id),
        float(to is not None and to != asked),
        float(target is not None and target.author == question.author),
        float(target is not None and target.reply_to == question.id),
        float(answered),
        float(bool(question.author) and f"@{question.author}" in answer.text),
        float(bool(answer.author) and f"@{answer.author}" in question.text),
        float(bool(answer.role) and question.reading.office == answer.role),
        float(bool(question.reading.office)),
    )


def _likeness(talked: Talked, asked: int, at: int) -> tuple[float, ...]:
    """Shared words, also against the other questions that the message might answer."""
    words = talked.wording
    rivals = [one for one in talked.rivals(at) if one != asked]
    own = words.shared(asked, at)
    best = max((words.shared(one, at) for one in rivals), default=0.0)
    meant = talked.meant(asked, at)
    meant_best = max((talked.meant(one, at) for one in rivals), default=0.0)
    return (
        words.cosine(asked, at),
        words.cover(asked, at),
        words.rarest(asked, at),
        own,
        own - best,
        float(own > best),
        words.cosine(at - 1, at) if at - 1 > asked else 0.0,
        meant,
        meant - meant_best if rivals else 0.0,
    )


def _afterwards(talked: Talked, asked: int, at: int) -> tuple[float, ...]:
    """What the asker does once it was said."""
    asker = talked.seen[asked].line.author
    later = talked.seen[at + 1 : at + 1 + SOON]
    own = [one for one in later if asker and one.line.author == asker]
    return (
        float(bool(own)),
        float(any(one.thanks for one in own)),
        float(bool(later) and bool(own) and later[0] is own[0]),
        float(bool(own) and own[0].line.reply_to == talked.seen[at].line.id),
        float(any(one.line.reply_to == talked.seen[at].line.id for one in later)),
    )
