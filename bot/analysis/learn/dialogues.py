"""Public dialogues told across each other, as in a group: who answers whom, and who is not."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

from bot.analysis.learn import answers
from bot.analysis.learn.chats import read_through
from bot.analysis.learn.corpus import CPED, Chat, Said, rows
from bot.analysis.learn.score import OURS, Score, figure, share
from bot.analysis.threads.linker import AnswerTable

ACROSS, PARTS, MINUTES = 2, "abc", 2
"""Dialogues told across each other; parts that stand for writers; the longest pause."""
AGAIN = 5
"""How often the dialogues that are learned from are told once more, across others."""
Turn = tuple[str, str, str]
"""Speaker, dialogue act, words."""


@dataclass(frozen=True, slots=True)
class Told:
    """One turn in its dialogue: the turn it answers, and whether it is a question."""

    speaker: str
    words: str
    answers: int | None
    asks: bool


def interleaved(folder: Path, chance: Random) -> list[Score]:
    """Learned from one split, asked of the other; readings are those of the shipped tables."""
    own = _dialogues(folder, "valid")
    learned = _laid(own, chance)
    asked = _laid(_dialogues(folder, "test"), chance)
    for _ in range(AGAIN):
        learned += _laid(_shuffled(own, chance), chance)
    table = answers.learn(learned)
    tables = dict.fromkeys({one.chat.part for one in asked}, table)
    still_open = answers.measure_answers(tables, asked)[0]
    found = [right for one in asked for right in _found(AnswerTable(table), one)]
    return [
        figure("answer found first, two dialogues at once", share, [(found, {OURS: found})], 0.75),
        replace(still_open, name="open question AUC, two dialogues at once", mark=0.85),
    ]


def _found(table: AnswerTable, one: answers.Laid) -> Iterator[bool]:
    """For each answered question, whether the likeliest message is its first answer."""
    for _, links in table.links_of(one.talked):
        first = one.first[links.asked]
        if first is not None:
            yield bool(links.after) and links.after[int(links.likely.argmax())] == first


def _dialogues(folder: Path, split: str) -> list[list[Turn]]:
    """The dialogues of one split in which somebody asks and somebody else answers."""
    told: dict[str, list[Turn]] = defaultdict(list)
    for row in rows(folder, CPED):
        if row["split"] == split:
            speaker = f"{row['Dialogue_ID']}:{row['Speaker']}"
            told[row["Dialogue_ID"]].append((speaker, row["DA"], row["Utterance"]))
    return [turns for turns in told.values() if any(_asked(turns))]


def _asked(turns: Sequence[Turn]) -> Iterator[int]:
    """Places of questions whose next turn is another speaker's, and no question."""
    for at, ((speaker, act, _), (other, then, _)) in enumerate(pairwise(turns)):
        if act == "question" and then != "question" and other != speaker:
            yield at


def _laid(dialogues: Sequence[list[Turn]], chance: Random) -> list[answers.Laid]:
    from bot.analysis import reader_named

    reader, laid = reader_named("plain"), []
    for start in range(0, len(dialogues) - ACROSS + 1, ACROSS):
        name = f"{PARTS[start // ACROSS % len(PARTS)]}{start}"
        told = [_told(turns, chance) for turns in dialogues[start : start + ACROSS]]
        chat = _across(name, told, chance)
        if reader is not None and chat.first_answers:
            laid.append(answers.laid(chat, [found for _, found in read_through(chat, reader)]))
    return laid


def _shuffled(dialogues: Sequence[list[Turn]], chance: Random) -> list[list[Turn]]:
    """The same dialogues with other partners, each still in its part."""
    found = list(dialogues)
    for part in range(len(PARTS)):
        places = [n for n in range(len(found)) if n // ACROSS % len(PARTS) == part]
        drawn = chance.sample(places, len(places))
        for place, other in zip(places, drawn, strict=True):
            found[place] = dialogues[other]
    return found


def _told(turns: Sequence[Turn], chance: Random) -> list[Told]:
    """One dialogue; every second one breaks off at the last of its questions."""
    asked = list(_asked(turns))
    kept = turns[: asked[-1] + 1] if chance.random() < 0.5 else turns
    return [
        Told(speaker, words, at - 1 if at - 1 in asked else None, at in asked)
        for at, (speaker, _, words) in enumerate(kept)
    ]


def _across(name: str, dialogues: Sequence[list[Told]], chance: Random) -> Chat:
    """One chat in which each dialogue keeps its order."""
    order = [n for n, turns in enumerate(dialogues) for _ in turns]
    chance.shuffle(order)
    told = [iter(turns) for turns in dialogues]
    numbers: list[list[int]] = [[] for _ in dialogues]
    messages: list[Said] = []
    minute = 0
    for number, dialogue in enumerate(order, 1):
        one, minute = next(told[dialogue]), minute + chance.randint(0, MINUTES)
        question = None if one.answers is None else numbers[dialogue][one.answers]
        numbers[dialogue].append(number)
        messages.append(_said(name, number, minute, one, question))
    return Chat(name, tuple(messages), name[0])


def _said(name: str, number: int, minute: int, one: Told, question: int | None) -> Said:
    answers = () if question is None else (question,)
    asks, nobody = "1" if one.asks else "", "resident"
    return Said(
        name, number, minute, one.speaker, nobody, None, one.words, "0", asks, answers, "", (), ""
    )
