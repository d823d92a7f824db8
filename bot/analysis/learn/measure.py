"""Everything that is measured: labelled chats writer by writer, then public corpora."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.analysis.context import context
from bot.analysis.learn.baselines import Naive, retrained
from bot.analysis.learn.chats import TASKS, Reads, by_writer, read_through
from bot.analysis.learn.corpora import PARTS, complained, naive_sentiment
from bot.analysis.learn.corpus import Chat, without
from bot.analysis.learn.whole import Say, Workshop
from bot.analysis.learn.wholly import CHATS, Read, whole_chats
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
    yield from _of_chats(read)
    say("answers and claims")
    yield from whole_chats(workshop, read)
    say("public corpora")
    yield from _of_corpora(folder)


def _of_corpora(folder: Path) -> Iterator[Row]:
    naive = naive_sentiment(folder)
    for part in PARTS:
        for score in part(folder):
            values = {"plain": score.value}
            if score.name in naive:
                values["naive"] = naive[score.name]
            yield Row(
                score.name,
                "public corpora, the same method learned from one part, asked of another",
                score.count,
                values,
                must=score.mark,
                less_is_better=score.below,
            )
    share, count = complained(folder)
    yield Row(
        "residents' complaints scored positive",
        "the reader as it is shipped",
        count,
        {"plain": share},
        must=0.03,
        less_is_better=True,
    )


def plainly_read(workshop: Workshop) -> dict[str, Read]:
    """The chats of every writer as the plain reader reads them who never met the writer."""
    read: Read = {}
    for writer in workshop.writers:
        read |= _through(workshop.of(writer), workshop.reader_without(writer))
    return {"plain": read}


def read_by_all(workshop: Workshop, say: Say) -> dict[str, Read]:
    """The chats of every writer as each reader reads them who never met the writer."""
    read: dict[str, Read] = {name: {} for name in ("naive", "retrained", "lexicon", "plain")}
    naive, rules = Naive(), PlainReader()
    for writer in workshop.writers:
        say(f"reading {writer}")
        plain = workshop.reader_without(writer)
        readers: dict[str, Reads] = {
            "naive": naive,
            "retrained": retrained(without(workshop.chats, writer)),
            "lexicon": rules,
            "plain": plain,
        }
        if workshop.meanings:
            meant = workshop.reader_without(writer, meant=True)
            readers["meaning"] = Meant(meant, workshop.meanings)
        for name, reader in readers.items():
            read.setdefault(name, {}).update(_through(workshop.of(writer), reader))
    return read


def _through(chats: Sequence[Chat], reader: Reads) -> Read:
    return {chat.name: list(read_through(chat, reader)) for chat in chats}


def _of_chats(read: Mapping[str, Read]) -> Iterator[Row]:
    newest = "meaning" if "meaning" in read else "plain"
    count = sum(len(pairs) for pairs in read["plain"].values())
    for task in TASKS:
        found = {
            name: by_writer(pairs, task, np.random.default_rng(7))
            for name, pairs in read.items()
            if name != "retrained" or task.name in MOOD_ONLY
        }
        yield Row(
            task.name,
            CHATS,
            count,
            {name: one.value for name, one in found.items()},
            found[newest].low,
            found[newest].high,
            task.must,
            task.must_with_meaning,
        )
