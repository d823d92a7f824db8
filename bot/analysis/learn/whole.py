"""Learns everything the reader needs from labelled chats, and reads a writer it never saw."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.first import FirstTable
from bot.analysis.learn import first, second
from bot.analysis.learn.corpus import Chat, chats, rows
from bot.analysis.learn.first import Example, Table
from bot.analysis.learn.meant import learn as learn_meant
from bot.analysis.meant import MeantTable
from bot.analysis.second import SecondTable
from bot.analysis.trained import TrainedReader, meant_of

SOME = 32
LETTERS = "sms_complaint_labels.tsv"
Say = Callable[[str], None]
Meanings = Mapping[str, npt.NDArray[np.float32]]


class Workshop:
    """The labelled texts, prepared once, and the tables that leave one or two writers out."""

    def __init__(
        self,
        folder: Path,
        say: Say = lambda _: None,
        meaning: Callable[[list[str]], Any] | None = None,
    ) -> None:
        """Raises `NoData`. With `meaning`, an embedding, every table is made with it as well."""
        self.chats = chats(folder)
        self._say = say
        self._letters = first.lettered(rows(folder, LETTERS))
        self._examples = {chat.name: first.examples([chat]) for chat in self.chats}
        every = [*self._letters, *(one for known in self._examples.values() for one in known)]
        self.meanings = {} if meaning is None else meant(every, meaning, say)
        self._ready = {id(one): first.prepared(one) for one in every}
        self._tables: dict[tuple[frozenset[str], bool], Table] = {}

    @property
    def writers(self) -> tuple[str, ...]:
        return tuple(sorted({chat.writer for chat in self.chats}))

    def first_without(self, *writers: str) -> Table:
        """The first table of everybody else."""
        out = frozenset(writers), False
        if out not in self._tables:
            self._say(f"first look without {'+'.join(sorted(writers)) or 'nobody'}")
            chosen = [*self._letters, *self._without(writers)]
            self._tables[out] = first.learn(chosen, [self._ready[id(one)] for one in chosen])
        return self._tables[out]

    def meant_without(self, *writers: str) -> Table:
        """The table of meanings of everybody else."""
        out = frozenset(writers), True
        if out not in self._tables:
            self._say(f"meanings without {'+'.join(sorted(writers)) or 'nobody'}")
            chosen = self._without(writers)
            meanings = np.array([self.meanings[one.text] for one in chosen])
            beside = np.array([self._ready[id(one)].signs for one in chosen])
            self._tables[out] = learn_meant(chosen, meanings, beside)
        return self._tables[out]

    def _without(self, writers: Collection[str]) -> list[Example]:
        chosen = [chat for chat in self.chats if chat.writer not in writers]
        return [one for chat in chosen for one in self._examples[chat.name]]

    def second_without(self, *writers: str, meant: bool = False) -> Table:
        """The second look of everybody else, over first looks that had not seen each writer."""
        seen = []
        for writer in self.writers:
            if writer not in writers:
                table = FirstTable(self.first_without(writer, *writers))
                meanings = self._weighed_without(writer, *writers) if meant else None
                for chat in self.of(writer):
                    walk = second.walked(chat, table, meanings)
                    seen += second.without_words(list(walk))
        self._say(f"second look without {'+'.join(writers) or 'nobody'}")
        return second.learn(seen)

    def reader_without(self, *writers: str, meant: bool = False) -> TrainedReader:
        """A reader that never saw these writers."""
        return TrainedReader(
            FirstTable(self.first_without(*writers)),
            SecondTable(self.second_without(*writers, meant=meant)),
            MeantTable(self.meant_without(*writers)) if meant else None,
        )

    def _weighed_without(self, *writers: str) -> second.Weighing:
        """What meanings say to whoever met everybody but these writers."""
        table = MeantTable(self.meant_without(*writers))
        return lambda text, marked, role: table.logits(self.meanings[text], marked, role)

    def of(self, writer: str) -> Sequence[Chat]:
        """The chats of one writer."""
        return [chat for chat in self.chats if chat.writer == writer]


def meant(every: Sequence[Example], meaning: Callable[[list[str]], Any], say: Say) -> Meanings:
    """The meaning of every text, some at a time."""
    texts = sorted({one.text for one in every}, key=len)
    found: dict[str, npt.NDArray[np.float32]] = {}
    for at in range(0, len(texts), SOME):
        some = texts[at : at + SOME]
        vectors = meaning([meant_of(text) for text in some])
        found.update(zip(some, np.asarray(vectors, np.float32), strict=True))
        if at % (SOME * 20) == 0:
            say(f"meanings: {at} of {len(texts)}")
    return found
