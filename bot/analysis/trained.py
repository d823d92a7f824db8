"""The reader that learned: rules for kind, danger and data; tables for what people mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

from bot.analysis import lexicon as lex
from bot.analysis import marks
from bot.analysis.context import context, told_by
from bot.analysis.first import CUES, PLACE, FirstTable, Vector, chance, shares
from bot.analysis.folded import folded
from bot.analysis.meant import MeantTable
from bot.analysis.named import named_in
from bot.analysis.normal import normal
from bot.analysis.plain import by_rule
from bot.analysis.recent import forget
from bot.analysis.second import SecondTable, Seen, Weighed
from bot.domain.talk import (
    ASKS,
    CLAIMS,
    REMEMBERED,
    Alone,
    Coming,
    Heard,
    Message,
    Mood,
    Reading,
    TextKind,
    checkable,
    remembered,
)

MEANT, MOST, SHORT = 150, 4, 2
"""Characters whose meaning is taken; pieces of evidence a finding shows; characters that say
too little to be negative."""
ANSWERABLE = frozenset({"property", "committee", "owners", "grid", "government", "business"})
DIGITS = 3
"""Of what the words say by themselves; what is remembered is then what was found."""
MOODS = (Mood.NEGATIVE, Mood.NEUTRAL, Mood.POSITIVE)
TELLS = 0.4
UPSET = 0.6
"""How likely a question must be angry, where no word of it is, to read so."""
OPEN = (
    "question_mark",
    "who",
    "where",
    "when",
    "how",
    "what",
    "why",
    "ends_in_particle",
    "whether",
)
OUTRIGHT = ("wanted", "may_i_ask")
SILENT = frozenset({TextKind.COMMAND, TextKind.ADVERTISEMENT})
ANSWERLESS = frozenset({TextKind.NOTICE, TextKind.FORWARD, TextKind.CHAIN})


@dataclass(frozen=True, slots=True)
class _Look:
    """What a text shows whoever said it, and whatever was said before."""

    rules: Reading
    text: str
    marked: Vector
    found: marks.Found
    names: tuple[str, ...]
    of_runs: Vector


@dataclass(frozen=True, slots=True)
class _Expected:
    """A reading of what is to come, and what must have been heard before it."""

    before: Sequence[tuple[object, ...]]
    reading: Reading


class TrainedReader:
    """Reads with what was learned from labelled talk; every finding shows its words."""

    def __init__(
        self, first: FirstTable, second: SecondTable, meant: MeantTable | None = None
    ) -> None:
        self._first, self._second, self._meant = first, second, meant
        self._expected: dict[Message, _Expected] = {}

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        """What one message says in its place. Any text will do; none raises."""
        expected = self._expected.get(message) if self._expected else None
        if expected is not None and expected.before == list(map(told_by, before)):
            return expected.reading
        return self.placed(message, context(message, before))

    def placed(self, message: Message, place: Vector, meaning: Vector | None = None) -> Reading:
        """The same, where what was heard before is numbers already, with a meaning beside it."""
        (look,) = self._looks([message])
        if not look.text:
            return look.rules
        logits = self._first.with_signs(look.of_runs, look.marked, message.role)
        return self._at(look, logits, alone_of(logits), message, place, meaning)

    def _at(
        self,
        look: _Look,
        logits: Vector,
        alone: Alone,
        message: Message,
        place: Vector,
        meaning: Vector | None = None,
    ) -> Reading:
        """What a text that was looked at says in its place."""
        if look.rules.kind in SILENT:
            return replace(look.rules, names=look.names, alone=alone)
        seen = Seen(logits, look.marked, place, message.role)
        if self._meant is not None:
            seen = replace(seen, meant=self._meant.logits(meaning, look.marked, message.role))
        return self._combined(look, alone, seen, self._second.weigh(seen))

    def later(self, message: Message) -> Reading | None:
        """One table has no second thoughts."""
        return None

    def ahead(self, coming: Sequence[Coming]) -> None:
        """Reads many texts in one go, each in the place where it is expected.

        Of those before them nothing is remembered. Whether a message came as expected is asked
        again when it is read, so that a reading never depends on having been expected.
        """
        forget()
        self._expected = {}
        for chat in coming:
            self._expect(chat)

    def _expect(self, chat: Coming) -> None:
        """One step for all messages after the other: what has just run runs much faster."""
        looks = self._looks(chat.messages)
        logits = [
            self._first.with_signs(look.of_runs, look.marked, message.role)
            for look, message in zip(looks, chat.messages, strict=True)
        ]
        alone = [
            alone_of(each) if look.text else Alone()
            for look, each in zip(looks, logits, strict=True)
        ]
        heard, ends = heard_then(chat, looks, alone)
        spans = [slice(max(0, end - REMEMBERED), end) for end in ends]
        places = [
            context(message, heard[span])
            for message, span in zip(chat.messages, spans, strict=True)
        ]
        rows = zip(looks, logits, alone, chat.messages, places, strict=True)
        readings = [self._at(*row) if row[0].text else row[0].rules for row in rows]
        told = list(map(told_by, heard))
        for message, span, reading in zip(chat.messages, spans, readings, strict=True):
            self._expected[message] = _Expected(told[span], reading)

    def _looks(self, messages: Sequence[Message]) -> list[_Look]:
        """One step for all after the other: code that has just run runs much faster."""
        plain = [normal(one.text) for one in messages]
        rules = list(map(by_rule, plain, messages))
        texts = list(map(folded, plain))
        marked = list(map(marks.marked, texts))
        rows = zip(rules, texts, marked, self._first.of_runs(texts), strict=True)
        return [
            _Look(rule, text, values, found, named_in(found), runs)
            for rule, text, (values, found), runs in rows
        ]

    def _combined(self, look: _Look, alone: Alone, seen: Seen, weighed: Weighed) -> Reading:
        """Rules and tables together; a notice asks nothing, a chain claims nothing."""
        rules, text, found = look.rules, look.text, look.found
        mood, asks = _mood(rules, text, weighed, found), _asks(rules, weighed, found)
        claim = 0.0 if rules.kind is TextKind.CHAIN else weighed.claim
        negative, _, positive = weighed.moods
        likeliest = mood is _likeliest(weighed)
        return replace(
            rules,
            mood=mood,
            score=positive - negative if likeliest else 0.0,
            asks=asks,
            claim=claim,
            high_risk=_risky(rules.kind, claim, text),
            complaint=rules.kind is not TextKind.NOTICE and _complains(seen.logits, mood, weighed),
            cues="".join(compress(CUES, (seen.cues >= 0).tolist())),
            names=look.names,
            targets=weighed.targets if likeliest else (),
            alone=alone,
            evidence=self._evidence(rules, mood, asks, claim, found),
        )

    def _evidence(
        self, rules: Reading, mood: Mood, asks: float, claim: float, found: marks.Found
    ) -> tuple[str, ...]:
        """The rules' own words, then those of the marks that spoke for a finding."""
        pieces = list(rules.evidence)
        if asks >= ASKS:
            pieces += self._spoken("asks", "asking", found)
        if claim >= CLAIMS:
            pieces += self._spoken("claim", "claiming", found)
        if mood in (Mood.NEGATIVE, Mood.POSITIVE):
            pieces += self._spoken(f"mood{mood.value}", "feeling", found)
        return tuple(dict.fromkeys(filter(None, pieces)))

    def _spoken(self, finding: str, group: str, found: marks.Found) -> list[str]:
        worth, places, groups = self._first.worth(finding), marks.places(), marks.group_of()
        spoke = [
            (float(worth[places[name]]), match.group().strip()[:20])
            for name, match in found.items()
            if groups[name] == group and worth[places[name]] > 0
        ]
        return [words for _, words in sorted(spoke, reverse=True)[:MOST]]


def heard_then(
    chat: Coming, looks: Sequence[_Look], alone: Sequence[Alone]
) -> tuple[Sequence[Heard], Sequence[int]]:
    """All that will have been heard, as far as places rest on it; how much before each message."""
    heard, ends = list(chat.before), []
    for message, look, said in zip(chat.messages, looks, alone, strict=True):
        ends.append(len(heard))
        at = message.at or (heard[-1].at if heard else None)
        if at is not None:
            heard.append(remembered(message, at, Reading(names=look.names, alone=said)))
    return heard, ends


def meant_of(text: str) -> str:
    """The part of a text of which a meaning is taken."""
    return normal(text)[:MEANT]


def alone_of(logits: Vector) -> Alone:
    """What the words say by themselves."""
    *moods, asks, claim = logits[:5].tolist()
    negative, _, positive = shares(moods)
    found = negative, positive, chance(asks), chance(claim)
    return Alone(*(round(each, DIGITS) for each in found))


def _asks(rules: Reading, weighed: Weighed, found: marks.Found) -> float:
    """Danger, notices and forwards ask for nothing, nor does who says what to do; a plea does."""
    if rules.hazard or rules.kind in ANSWERLESS:
        return 0.0
    if "then_do" in found and not any(name in found for name in OPEN):
        return min(weighed.asks, TELLS)
    outright = any(name in found for name in OUTRIGHT) and "sell" not in found
    return max(weighed.asks, ASKS) if outright else weighed.asks


def _risky(kind: TextKind, claim: float, text: str) -> bool:
    """A claim to be checked at once."""
    return checkable(kind, claim) and lex.RISK.search(text) is not None


def _complains(logits: Vector, mood: Mood, weighed: Weighed) -> bool:
    """Worded as a complaint, or angry with somebody who has an office."""
    blamed = any(stance < 0 and actor in ANSWERABLE for actor, stance in weighed.targets)
    worded = bool(logits[PLACE["complaint"]] >= 0) and mood is not Mood.POSITIVE
    return worded or (mood is Mood.NEGATIVE and blamed)


def _likeliest(weighed: Weighed) -> Mood:
    """What the tables say; where a gate says otherwise, nothing else rests on it."""
    return MOODS[weighed.moods.index(max(weighed.moods))]


def _mood(rules: Reading, text: str, weighed: Weighed, found: marks.Found) -> Mood:
    """The likeliest mood, past the gates: formulas are neutral, irony is never praise."""
    if rules.kind is TextKind.NOTICE or rules.canned:
        return Mood.NEUTRAL
    likeliest = _likeliest(weighed)
    if likeliest is Mood.POSITIVE and "sarcasm" in found and "smiles" not in found:
        return Mood.UNKNOWN
    upset = weighed.moods[0] >= UPSET
    if likeliest is Mood.NEGATIVE and not upset and _plainly_asks(weighed, found):
        return Mood.NEUTRAL
    if len(text) <= SHORT and likeliest is Mood.NEGATIVE:
        return Mood.UNKNOWN
    return likeliest


def _plainly_asks(weighed: Weighed, found: marks.Found) -> bool:
    """A question without a word of anger is a question."""
    heated = ("upset", "wronged", "against", "cries", "rhetorical", "exclaims", "hostility")
    calm = not any(name in found for name in heated)
    return weighed.asks >= ASKS and calm and bool("still" not in found and "broken" not in found)
