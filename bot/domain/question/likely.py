"""A neighbour's likely answer that nobody marked as a reply: it spares the office a card."""

from typing import Protocol

from bot.domain.basics import ChatId
from bot.domain.community import Group
from bot.domain.matter import Matter, MatterKind
from bot.domain.question.values import CARD, QuestionWork, is_waiting
from bot.domain.talk import ASKS, Heard, Likely, Talk

LIKELY = 0.5
"""From here a message counts as a likely answer. It answers nothing; only the card is spared."""
BETWEEN = 40
"""How many messages may lie between a question and an answer that nobody marked."""


class LikelyWork(QuestionWork, Protocol):
    """The stores that likely answers need."""

    @property
    def talk(self) -> Talk: ...


class LikelyDesk:
    """Looks whether what was just said answers a question whose card is not out yet."""

    def __init__(self, likely: Likely) -> None:
        self._likely = likely

    def heard(self, work: LikelyWork, group: Group, message: int, text: str) -> None:
        """Spares the office a card where a message probably answers; it stays in the inbox."""
        if group.community is None or not work.dues.waits(CARD, ""):
            return
        said = work.talk.get(group.chat, message)
        if said is None or _says_nothing(said):
            return
        for matter in work.matters.of_kind(group.community, MatterKind.QUESTION, work.now):
            due = is_waiting(matter) and work.dues.waits(CARD, matter.id)
            here = matter.chat == group.chat
            if here and due and self._answers(work, matter, said, text):
                work.dues.cancel(CARD, matter.id)

    def _answers(self, work: LikelyWork, matter: Matter, said: Heard, text: str) -> bool:
        if matter.chat is None or matter.message is None:
            return False
        chat = ChatId(matter.chat)
        asked = work.talk.get(chat, matter.message)
        if asked is None or asked.author == said.author:
            return False
        last = work.talk.last(chat, BETWEEN)
        between = [heard for heard in last if asked.message < heard.message < said.message]
        return self._likely(asked, matter.text, between, said, text) >= LIKELY


def _says_nothing(said: Heard) -> bool:
    found = said.reading
    return found.canned or found.clueless or found.asks >= ASKS
