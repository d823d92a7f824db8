"""Every two messages about claims, as numbers: do they tell the same one?"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.lines import Line
from bot.analysis.normal import normal
from bot.analysis.threads.links import Vector, Vectors, minutes
from bot.analysis.wording import Wording, numbers

WORTH = 0.3
"""The score from which a message may tell a claim that another one tells for certain."""
PULL = 3
"""Messages before one that may say what a short one is about."""
SIGNS = {
    "asks": r"真的假的|真的[吗嘛?]|真假|谁说|哪[里儿]?(?:说|听|来)|属实|求证|来源|出处|确定吗"
    r"|有文件|准信|[?]",
    "refutes": r"假的|谣言|辟谣|不实|没有的事|没这回事|别信|别传|不属实|不是|误传|澄清|不存在"
    r"|瞎说|乱传",
    "confirms": r"核实|文件|通知|公告|官方|已[经确]|确认|属实|盖章|公示|打电话问|问过",
    "asserts": r"听说|据说|有人说|都说|说是|转发|紧急|群里"
    r"|我[^\s]{0,4}(?:同事|朋友|亲戚|老公|老婆)",
    "unsure": r"不可能|不信|靠谱|是不是|会不会|别吓|吧",
}
_SIGNS = [re.compile(pattern) for pattern in SIGNS.values()]


class Told:
    """A chat laid out for claims: which messages tell one, and what they share."""

    def __init__(
        self,
        lines: Sequence[Line],
        telling: frozenset[int] | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        self.lines = lines
        self.texts = [normal(line.text) for line in lines]
        self.wording = Wording(self.texts, (1, 2, 3))
        self.place = {line.id: at for at, line in enumerate(lines)}
        self.minute = minutes(lines)
        self.numbers = [numbers(text) for text in self.texts]
        self.signs = [signs(text) for text in self.texts]
        self.telling = [
            at
            for at, line in enumerate(lines)
            if (line.reading.claim >= WORTH if telling is None else line.id in telling)
        ]
        self.vectors: Mapping[int, npt.NDArray[Any]] = vectors or {}

    def meant(self, one: int, other: int) -> float:
        """How alike two messages are in meaning; 0 without meanings."""
        first, second = (self.vectors.get(self.lines[at].id) for at in (one, other))
        return 0.0 if first is None or second is None else float(first @ second)


def signs(text: str) -> Vector:
    """One number a sign of what a text does with a claim."""
    return np.array([pattern.search(text) is not None for pattern in _SIGNS], np.float32)


def same(told: Told, one: int, other: int) -> Vector:
    """Two messages, the earlier one first, as numbers."""
    between = [at for at in told.telling if one < at < other]
    numbers = [
        *_wording(told, one, other, between),
        *_distance(told, one, other, between),
        *_who(told, one, other),
        float(len(told.numbers[one] & told.numbers[other])),
        *_topics(told.lines[one], told.lines[other]),
        math.log1p(len(told.texts[one])),
        math.log1p(len(told.texts[other])),
        told.meant(one, other),
        max((told.meant(at, other) for at in between), default=0.0),
    ]
    return np.concatenate([np.array(numbers, np.float32), told.signs[one], told.signs[other]])


def _wording(told: Told, one: int, other: int, between: Sequence[int]) -> tuple[float, ...]:
    """What the two share, and what each shares with what was said around the other."""
    words = told.wording
    return (
        words.cosine(one, other),
        words.cover(one, other),
        words.rarest(one, other),
        words.shared(one, other),
        max(words.cosine(one, at) for at in _around(other)),
        max(words.cosine(at, other) for at in _around(one)),
        max((words.cosine(at, other) for at in between), default=0.0),
    )


def _distance(told: Told, one: int, other: int, between: Sequence[int]) -> tuple[float, ...]:
    apart = told.minute[other] - told.minute[one]
    messages = math.log(other - one)
    return math.log1p(apart), messages, float(len(between)), _talk(told, one, other)


def _around(at: int) -> range:
    return range(max(0, at - PULL), at + 1)


def _talk(told: Told, one: int, other: int) -> float:
    """The longest silence between the two, in minutes, as a logarithm."""
    steps = [told.minute[at + 1] - told.minute[at] for at in range(one, other)]
    return math.log1p(max(steps))


def _who(told: Told, one: int, other: int) -> tuple[float, ...]:
    first, second = told.lines[one], told.lines[other]
    to = told.place.get(second.reply_to, -1) if second.reply_to is not None else -1
    return (
        float(to == one),
        float(to >= 0 and to != one),
        float(bool(first.author) and first.author == second.author),
        float(bool(first.role)),
        float(bool(second.role)),
        first.reading.claim,
        second.reading.claim,
        second.reading.asks,
        first.reading.asks,
    )


def _topics(one: Line, other: Line) -> tuple[float, ...]:
    shared = set(one.reading.topics) & set(other.reading.topics)
    return float(len(shared)), float(bool(one.reading.topics)), float(bool(other.reading.topics))


def acting(told: Told, at: int, earlier: Sequence[int]) -> Vector:
    """One message of a claim as numbers that tell what it does; `earlier` are those before it."""
    numbers = [
        *_read(told.lines[at]),
        *_place(told, at, earlier),
        float(told.lines[at].reply_to is not None),
        math.log1p(len(told.texts[at])),
        float("?" in told.texts[at]),
    ]
    before = told.signs[earlier[-1]] if earlier else np.zeros(len(SIGNS), np.float32)
    return np.concatenate([np.array(numbers, np.float32), told.signs[at], before])


def _read(line: Line) -> tuple[float, ...]:
    reading = line.reading
    staff = float(line.role not in ("", "business"))
    return (
        *(reading.asks, reading.claim, reading.score, reading.alone.asks, reading.alone.claim),
        *(float(reading.high_risk), staff, float(bool(line.role))),
        *(float("X" in reading.cues), float("T" in reading.cues)),
    )


def _place(told: Told, at: int, earlier: Sequence[int]) -> tuple[float, ...]:
    """What of the claim was told before, and how long ago."""
    if not earlier:
        return 0.0, 0.0, 0.0, -1.0, -1.0
    author, last = told.lines[at].author, earlier[-1]
    own = bool(author) and any(told.lines[one].author == author for one in earlier)
    likeness = max(told.wording.cosine(one, at) for one in earlier)
    ago = math.log1p(told.minute[at] - told.minute[last])
    return float(len(earlier)), float(own), likeness, ago, float(at - last)
