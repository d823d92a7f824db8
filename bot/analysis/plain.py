"""The plain reader: rules over normalised text; every finding with the words it rests on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.analysis import lexicon as lex
from bot.analysis import signs
from bot.analysis.normal import normal
from bot.domain.talk import ASKS, CLAIMS, Heard, Message, Mood, Reading, TextKind

SHORT = 2
_WORDLESS = re.compile(r"^(?:\[[^\]]{1,8}\]|[\W_])*$")


class PlainReader:
    """Fast, small, and honest about what it rests on."""

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        """What one message says. Any text will do; none raises."""
        text = normal(message.text)
        if not text or _WORDLESS.match(text):
            return Reading(mood=Mood.UNKNOWN)
        kind = kind_of(text, message)
        if kind in (TextKind.COMMAND, TextKind.CHAIN, TextKind.ADVERTISEMENT):
            return Reading(kind, mood=Mood.UNKNOWN, clueless=kind is TextKind.CHAIN)
        found = _Found(text, message, kind)
        return found.reading()

    def later(self, message: Message) -> Reading | None:
        """Rules have no second thoughts."""
        return None


def kind_of(text: str, message: Message) -> TextKind:
    """What sort of text it is."""
    if lex.COMMAND.match(text):
        return TextKind.COMMAND
    if lex.CHAIN.match(text) and not lex.MARK.search(text):
        return TextKind.CHAIN
    if len(lex.ADVERTISEMENT.findall(text)) >= 2:
        return TextKind.ADVERTISEMENT
    if lex.NOTICE.match(text):
        return TextKind.NOTICE
    forward = message.forwarded or text.startswith(("【转发】", "[转发]", "转:", "转发:"))
    return TextKind.FORWARD if forward else TextKind.TALK


class _Found:
    """Everything that is found in one text."""

    def __init__(self, text: str, message: Message, kind: TextKind) -> None:
        self.text, self.message, self.kind = text, message, kind
        self.evidence: list[str] = []

    def reading(self) -> Reading:
        """All findings together; a notice by staff neither asks nor claims."""
        hazard = self._hazard()
        office, addressed = self._office()
        mood = self._mood()
        asks, claim = self._asks(), self._claim()
        if self.kind is TextKind.NOTICE or self.message.role:
            asks, claim = 0.0, 0.0
        found = Reading(
            kind=self.kind,
            mood=mood,
            asks=0.0 if hazard else asks,
            claim=claim,
            high_risk=bool(lex.RISK.search(self.text)) and claim >= CLAIMS,
            hazard=hazard,
            urgent=bool(lex.URGENT.search(self.text)),
            addressed=addressed,
            canned=bool(lex.CANNED.match(self.text)),
            clueless=len(self.text) <= 12 and bool(lex.CLUELESS.search(self.text)),
            office=office,
            cues=self._cues(),
            topics=self._topics(),
        )
        complaint = mood is Mood.NEGATIVE and bool(office or lex.REQUEST.search(self.text))
        return replace(found, complaint=complaint, evidence=tuple(dict.fromkeys(self.evidence)))

    def _note(self, found: re.Match[str] | None) -> bool:
        if found is not None:
            self.evidence.append(found.group().strip())
        return found is not None

    def _hazard(self) -> bool:
        if lex.NOT_NOW.search(self.text) or self.kind is TextKind.NOTICE:
            return False
        return self._note(lex.HAZARD.search(self.text))

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
