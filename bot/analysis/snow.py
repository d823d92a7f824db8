"""SnowNLP as it comes, for those who choose it; it gives the mood, the plain rules all else."""

from collections.abc import Sequence
from dataclasses import replace

from bot.analysis.normal import normal
from bot.analysis.plain import PlainReader
from bot.domain.talk import Heard, Message, Mood, Reading

LOW, HIGH = 0.4, 0.6


class SnowReader(PlainReader):
    """The baseline: three seconds to load, 400 MB, and often wrong about short messages."""

    def __init__(self) -> None:
        from snownlp import SnowNLP

        self._snow = SnowNLP

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        found = super().read(message, before)
        text = normal(message.text)
        if not text:
            return found
        score = float(self._snow(text).sentiments)
        return replace(found, mood=mood_of(score), score=2 * score - 1)


def mood_of(score: float) -> Mood:
    """The mood that SnowNLP's score, from 0 to 1, stands for."""
    if LOW <= score <= HIGH:
        return Mood.NEUTRAL
    return Mood.POSITIVE if score > HIGH else Mood.NEGATIVE
