"""Everything that is measured: labelled chats writer by writer, then public corpora."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.analysis.context import context
from bot.analysis.learn.baselines import Naive, retrained
from bot.analysis.learn.chats import TASKS, Reads, by_writer, read_through
from bot.analysis.learn.cores import on_every_core
from bot.analysis.learn.corpora import PARTS
from bot.analysis.learn.corpus import Chat, without
from bot.analysis.learn.score import OURS
from bot.analysis.learn.whole import Say, Workshop
from bot.analysis.learn.wholly import Read, row_of, whole_chats
from bot.analysis.plain import PlainReader
from bot.analysis.scores import Row
from bot.analysis.trained import TrainedReader
from bot.domain.talk import Heard, Message, Reading

MOOD_ONLY = ("mood, macro-F1",)


class Meant:
    """Reads with meanings that were worked out before; what it remembers is of words alone."""

    def __init__(self, reader: TrainedReader, meanings: Any) -> None:
        self._reader, self._meanings = reader, meanings

    def read(self, message: Message, before: Sequence[Heard]) -> Reading:
        """What is found."""
        place = context(message, before)
        return self._reader.placed(message, place, self._meanings.get(message.text))


def measured(
    folder: Path, say: Say, embedding: Callable[[list[str]], Any] | None
) -> Iterator[Row]:
    """Every figure, in the order of the table. Raises `NoData`."""
    workshop = Workshop(folder, say, embedding)
    return rows_of(workshop, read_by_all(workshop, say), folder, say)


def rows_of(workshop: Workshop, read: Mapping[str, Read], folder: Path, say: Say) -> Iterator[Row]:
    """The figures of chats that were read, then those of public corpora."""
    yield from _of_chats({name: judged(workshop, each) for name, each in read.items()})
    say("answers and claims")
    yield from whole_chats(workshop, read)
    say("public corpora")
    yield from _of_corpora(folder)


def _of_corpora(folder: Path) -> Iterator[Row]:
    """The figures with their marks, then each domain's, then those of the reader as shipped."""
    scores = [score for part in PARTS for score in part(folder)]
    order = list(dict.fromkeys(score.data for score in scores))
    for score in sorted(scores, key=lambda score: order.index(score.data)):
        yield Row(
            score.name,
            score.data,
            score.count,
            {OURS: score.found.value, **score.others},
            score.found.low,
            score.found.high,
            must=score.mark,
            less_is_better=score.below,
        )


def read_by_all(workshop: Workshop, say: Say) -> dict[str, Read]:
    """Every chat as each reader reads it who never met its writer; our own only ours read."""
    return _read(workshop, say, everybody=True)


def read_plainly(workshop: Workshop, say: Say) -> dict[str, Read]:
    """The same by the plain reader alone."""
    return _read(workshop, say, everybody=False)


def _read(workshop: Workshop, say: Say, everybody: bool) -> dict[str, Read]:
    read: dict[str, Read] = {}

    def part_read(part: str) -> dict[str, Read]:
        say(f"reading {part}")
        return _read_part(workshop, part, everybody)

    for found in on_every_core(part_read, workshop.parts):
        for name, chats in found.items():
            read.setdefault(name, {}).update(chats)
    return read


def _read_part(workshop: Workshop, part: str, everybody: bool) -> dict[str, Read]:
    readers: dict[str, Reads] = {"plain": workshop.reader_without(part)}
    if everybody and workshop.meanings:
        meant = workshop.reader_without(part, meant=True)
        readers["meaning"] = Meant(meant, workshop.meanings)
    if everybody and part in workshop.writers:
        readers |= _others(workshop, part)
    return {name: _through(workshop.of(part), reader) for name, reader in readers.items()}


def _others(workshop: Workshop, writer: str) -> dict[str, Reads]:
    """The readers that ours are measured against."""
    return {
        "naive": Naive(),
        "retrained": retrained(without(workshop.judged, writer)),
        "lexicon": PlainReader(),
    }


def _through(chats: Sequence[Chat], reader: Reads) -> Read:
    return {chat.name: list(read_through(chat, reader)) for chat in chats}


def judged(workshop: Workshop, read: Read) -> Read:
    """What was read in the chats that figures are measured on."""
    return {chat.name: read[chat.name] for chat in workshop.judged}


def _of_chats(read: Mapping[str, Read]) -> Iterator[Row]:
    for task in TASKS:
        yield row_of(
            {
                name: by_writer(pairs, task)
                for name, pairs in read.items()
                if name != "retrained" or task.name in MOOD_ONLY
            }
        )
