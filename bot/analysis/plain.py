"""The plain reader: rules over normalised text; every finding with the words it rests on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.analysis import lexicon as lex
from bot.analysis import signs
from bot.analysis.hazard import hazard
from bot.analysis.kinds import kind
from bot.analysis.normal import normal
from bot.analysis.recent import forget
from bot.domain.masking import part
from bot.domain.personal import KINDS, found
from bot.domain.talk import ASKS, CLAIMS, Coming, Heard, Message, Mood, Reading, TextKind

SHORT = 2
WORDLESS = frozenset({TextKind.COMMAND, TextKind.CHAIN, TextKind.ADVERTISEMENT})
"""Of these, the words are not weighed."""
_WORDLESS = re.compile(r"^(?:\[[^\]]{1,8}\]|[\W_])*$")


class PlainReader:
    """Fast, small, and honest about what it rests on."""

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        """What one message says. Any text will do; none raises."""
        text = normal(message.text)
        if not text or _WORDLESS.match(text):
            return Reading(mood=Mood.UNKNOWN)
        return _Found(text, message, kind(text, message.forwarded)).reading()

    def later(self, message: Message) -> Reading | None:
        """Rules have no second thoughts."""
        return None

    def ahead(self, coming: Sequence[Coming]) -> None:
        """Rules are no faster for it; of texts before them nothing is remembered."""
        forget()


def by_rule(text: str, message: Message) -> Reading:
    """What rules alone can tell of a normalised text: kind, danger, data, office, formulas."""
    if not text:
        return Reading(mood=Mood.UNKNOWN)
    return _Found(text, message, kind(text, message.forwarded)).by_rule()


class _Found:
    """Everything that is found in one text."""

    def __init__(self, text: str, message: Message, kind: TextKind) -> None:
        self.text, self.message, self.kind = text, message, kind
        self.evidence: list[str] = []

    def reading(self) -> Reading:
        """All findings together; of a row of +1, an advert or a command little is asked."""
        return self._wordless() if self.kind in WORDLESS else self._talk()

    def by_rule(self) -> Reading:
        """The same without mood, question, claim and cues."""
        return self._wordless() if self.kind in WORDLESS else self._plainly()

    def _wordless(self) -> Reading:
        return Reading(
            self.kind,
            mood=Mood.UNKNOWN,
            clueless=self.kind is TextKind.CHAIN,
            personal=self._personal(),
            evidence=self._told(),
        )

    def _told(self) -> tuple[str, ...]:
        """The evidence so far, each piece once."""
        return tuple(dict.fromkeys(self.evidence))

    def _talk(self) -> Reading:
        """What is found in talk; a notice by staff neither asks nor claims."""
        plainly, mood = self._plainly(), self._mood()
        asks, claim = self._asks(), self._claim()
        if self.kind is TextKind.NOTICE or self.message.role:
            asks, claim = 0.0, 0.0
        return replace(
            plainly,
            mood=mood,
            asks=0.0 if plainly.hazard else asks,
            claim=claim,
            high_risk=bool(lex.RISK.search(self.text)) and claim >= CLAIMS,
            cues=self._cues(),
            complaint=mood is Mood.NEGATIVE
            and bool(plainly.office or lex.REQUEST.search(self.text)),
            evidence=self._told(),
        )

    def _plainly(self) -> Reading:
        """What needs no weighing."""
        office, addressed = self._office()
        return Reading(
            kind=self.kind,
            hazard=self._hazard(),
            urgent=bool(lex.URGENT.search(self.text)),
            addressed=addressed,
            canned=bool(lex.CANNED.match(self.text)),
            clueless=len(self.text) <= 12 and bool(lex.CLUELESS.search(self.text)),
            office=office,
            topics=self._topics(),
            personal=self._personal(),
            evidence=self._told(),
        )

    def _hazard(self) -> bool:
        words = "" if self.kind is TextKind.NOTICE else hazard(self.text)
        if words:
            start = self.text.find(words)
            self.evidence.append(part(self.text, start, start + len(words)))
        return bool(words)

    def _personal(self) -> tuple[str, ...]:
        """The kinds of personal data; evidence may end up on a card, so it tells only where."""
        every = found(self.text)
        self.evidence.extend(part(self.text, each.start, each.end) for each in every)
        return tuple(kind for kind in KINDS if kind in {each.kind for each in every})

    def _asks(self) -> float:
        """How much it asks for an answer; a forward asks for none."""
        if self.kind is TextKind.FORWARD:
            return 0.0
        score, words = signs.weighed(self.text, signs.ASKS, signs.ASKS_BIAS)
        if score >= ASKS:
            self.evidence.extend(words)
        return score

    def _claim(self) -> float:
        """How much it claims something of public concern that somebody should check."""
        score, words = signs.weighed(self.text, signs.CLAIM, signs.CLAIM_BIAS, signs.CLAIM_EACH)
        if self.kind is TextKind.FORWARD and (signs.RISK(self.text) or signs.PUBLIC(self.text)):
            score = max(score, 0.6)
        if score >= CLAIMS:
            self.evidence.extend(words)
        return score

    def _mood(self) -> Mood:
        """Neutral unless words say otherwise; questions, short and ironic texts are no praise."""
        if len(self.text) <= SHORT and not lex.GOOD.search(self.text):
            return Mood.UNKNOWN
        bad, good = self._count(lex.BAD), self._count(lex.GOOD) + self._count(lex.THANKS)
        if lex.SARCASM.search(self.text) and good >= bad:
            return Mood.UNKNOWN
        if bad == good:
            return Mood.NEUTRAL
        return Mood.NEGATIVE if bad > good else Mood.POSITIVE

    def _count(self, words: re.Pattern[str]) -> int:
        found = list(words.finditer(self.text))
        kept = [m for m in found if not lex.NEGATION.search(self.text[: m.start()][-2:])]
        return len(kept)

    def _cues(self) -> str:
        return "".join(letter for letter, words in lex.CUES if words.search(self.text))

    def _office(self) -> tuple[str, bool]:
        """The role that is addressed by name, else the one whose business the topic is."""
        for office, words in lex.OFFICES:
            if words.search(self.text):
                return office, True
        topic = next((office for office, words in lex.TOPICS if words.search(self.text)), "")
        return topic, False

    def _topics(self) -> tuple[str, ...]:
        found = (word for _, words in lex.TOPICS for word in words.findall(self.text))
        return tuple(dict.fromkeys(found))
