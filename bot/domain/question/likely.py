"""A neighbour's likely answer that nobody marked as a reply: it spares the office a card."""

from collections.abc import Sequence

from bot.domain.basics import ChatId
from bot.domain.question.values import CARD, PATIENCE, QuestionWork, is_waiting
from bot.domain.talk import ASKS, Heard, Likely

LIKELY = 0.5
"""From here a message counts as a likely answer. It answers nothing; only the card is spared."""
NEWEST = 1
"""Of the questions heard just before, so many are looked at; the office gets a card of others."""


class LikelyDesk:
    """Looks whether what was just said answers a question whose card is not out yet."""

    def __init__(self, likely: Likely) -> None:
        self._likely = likely

    def heard(
        self, work: QuestionWork, chat: ChatId, said: Heard, text: str, before: Sequence[Heard]
    ) -> None:
        """Spares the office a card where a message probably answers; it stays in the inbox."""
        asked = [n for n, heard in enumerate(before) if heard.reading.asks >= ASKS][-NEWEST:]
        asked = [n for n in asked if said.at - before[n].at < PATIENCE]
        if not asked or _says_nothing(said):
            return
        for n in asked:
            if before[n].author != said.author:
                self._spare(work, chat, before[n:], said, text)

    def _spare(
        self, work: QuestionWork, chat: ChatId, since: Sequence[Heard], said: Heard, text: str
    ) -> None:
        """`since` begins with the question."""
        asked, between = since[0], since[1:]
        matter = work.matters.said_at(chat, asked.message)
        if matter is None or not is_waiting(matter):
            return
        if self._likely(asked, matter.text, between, said, text) >= LIKELY:
            work.dues.cancel(CARD, matter.id)


def _says_nothing(said: Heard) -> bool:
    found = said.reading
    return found.canned or found.clueless or found.asks >= ASKS
