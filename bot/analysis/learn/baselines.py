"""What anybody would try first: jieba and SnowNLP, as they come and learned again; rules."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from bot.analysis.learn.corpus import Chat
from bot.analysis.plain import PlainReader
from bot.analysis.snow import mood_of
from bot.domain.talk import Heard, Message, Mood, Reading

_ASKS = re.compile(r"[?？]|[吗呢么][。!！~\s]*$|请问|怎么|什么|哪里|几点|谁知道")
_RUMOUR = ("听说", "据说", "转发", "内部消息", "紧急")
Positive = Callable[[str], float]
"""How likely a text is positive."""


class Naive:
    """SnowNLP's sentiment, question marks and particles, five words of rumour."""

    def __init__(self, sentiment: Positive | None = None) -> None:
        self._sentiment = sentiment or as_shipped()

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        """Mood, question and claim."""
        text = message.text
        score = float(self._sentiment(text)) if text.strip() else 0.5
        return Reading(
            mood=mood_of(score), score=2 * score - 1, asks=float(asks(text)), claim=spreads(text)
        )


def asks(text: str) -> bool:
    """Whether it has a question mark, a particle at its end or a word that asks."""
    return _ASKS.search(text) is not None


def spreads(text: str) -> float:
    """How many of five words of rumour it has, from 0 to 1."""
    return sum(word in text for word in _RUMOUR) / len(_RUMOUR)


@cache
def _words(text: str) -> Sequence[str]:
    """A text as SnowNLP cuts it: nearly all of its time goes there."""
    from snownlp import normal, seg

    words: Sequence[str] = normal.filter_stop(seg.seg(text))
    return words


def as_shipped() -> Positive:
    """SnowNLP's sentiment as it comes."""
    from snownlp.sentiment import classifier

    return lambda text: _of(classifier.classifier, text)


def learned_again(negative: Iterable[str], positive: Iterable[str]) -> Positive:
    """SnowNLP's own model, learned from these texts."""
    from snownlp.classification.bayes import Bayes

    model = Bayes()
    model.train(
        [[_words(text), "neg"] for text in negative] + [[_words(text), "pos"] for text in positive]
    )
    return lambda text: _of(model, text)


def _of(model: Any, text: str) -> float:
    side, sure = model.classify(_words(text))
    return float(sure if side == "pos" else 1 - sure)


def retrained(chats: Sequence[Chat]) -> Naive:
    """SnowNLP learned from the moods of these chats."""
    said = [message for chat in chats for message in chat.messages]
    return Naive(
        learned_again(
            (one.text for one in said if one.mood == "-"),
            (one.text for one in said if one.mood == "+"),
        )
    )


def ruled(texts: Iterable[str]) -> list[Reading]:
    """What rules and word lists find in each text."""
    reader = PlainReader()
    return [reader.read(Message(text), ()) for text in texts]


def moods(
    texts: Sequence[str], labelled: Iterable[tuple[str, str]], names: Mapping[Mood, str]
) -> dict[str, list[str]]:
    """What each baseline says of each text, as `names` has it; one of them learns from `labelled`.

    Where `names` knows no neutral, whatever is not positive is negative.
    """
    learned = list(labelled)
    again = learned_again(
        [text for text, label in learned if label == names[Mood.NEGATIVE]],
        [text for text, label in learned if label == names[Mood.POSITIVE]],
    )
    shipped, by_rule = as_shipped(), [reading.mood for reading in ruled(texts)]
    return {
        "naive": [_named(shipped(text), names) for text in texts],
        "retrained": [_named(again(text), names) for text in texts],
        "lexicon": [names.get(mood, names[_unfelt(names)]) for mood in by_rule],
    }


def _unfelt(names: Mapping[Mood, str]) -> Mood:
    return Mood.NEUTRAL if Mood.NEUTRAL in names else Mood.NEGATIVE


def _named(score: float, names: Mapping[Mood, str]) -> str:
    if Mood.NEUTRAL in names:
        return names[mood_of(score)]
    return names[Mood.POSITIVE if score > 0.5 else Mood.NEGATIVE]
