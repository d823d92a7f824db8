"""What anybody would try first: jieba and SnowNLP, as they come and learned again; rules."""

import re
from collections.abc import Sequence
from typing import Any

from bot.analysis.learn.corpus import Chat
from bot.domain.talk import Heard, Message, Mood, Reading

LOW, HIGH = 0.4, 0.6
_ASKS = re.compile(r"[?？]|[吗呢么][。!！~\s]*$|请问|怎么|什么|哪里|几点|谁知道")
_RUMOUR = ("听说", "据说", "转发", "内部消息", "紧急")


class Naive:
    """SnowNLP's sentiment, question marks and particles, five words of rumour."""

    def __init__(self, sentiment: Any = None) -> None:
        from snownlp import SnowNLP

        self._sentiment = sentiment or (lambda text: SnowNLP(text).sentiments)

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        """Mood, question and claim."""
        text = message.text
        score = float(self._sentiment(text)) if text.strip() else 0.5
        mood = Mood.NEUTRAL if LOW <= score <= HIGH else _side(score)
        asks = 1.0 if _ASKS.search(text) else 0.0
        claim = sum(word in text for word in _RUMOUR) / len(_RUMOUR)
        return Reading(mood=mood, score=2 * score - 1, asks=asks, claim=claim)


def _side(score: float) -> Mood:
    return Mood.POSITIVE if score > HIGH else Mood.NEGATIVE


def retrained(chats: Sequence[Chat]) -> Naive:
    """SnowNLP's own model, learned from the moods of these chats."""
    from snownlp.sentiment import Sentiment

    said = [message for chat in chats for message in chat.messages]
    model = Sentiment()
    model.train(
        [one.text for one in said if one.mood == "-"],
        [one.text for one in said if one.mood == "+"],
    )
    return Naive(model.classify)
