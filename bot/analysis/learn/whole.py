"""Learns everything the reader needs from labelled chats, and reads a writer it never saw."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analysis.first import FirstTable
from bot.analysis.learn import first, second
from bot.analysis.learn.corpus import Chat, chats, rows, written
from bot.analysis.learn.first import Example, Table
from bot.analysis.learn.meant import Lesson, Part
from bot.analysis.meant import MeantTable
from bot.analysis.second import SecondTable
from bot.analysis.trained import TrainedReader, meant_of

SOME = 32
LETTERS = "sms_complaint_labels.tsv"
Say = Callable[[str], None]
Meanings = Mapping[str, npt.NDArray[np.float32]]


class Workshop:
    """The labelled texts, prepared once, and the tables that leave one or two parts out."""

    def __init__(
        self,
        folder: Path,
        say: Say = lambda _: None,
        meaning: Callable[[list[str]], Any] | None = None,
        own: Path | None = None,
    ) -> None:
        """Raises `NoData`. With `meaning`, an embedding, every table is made with it as well."""
        self.judged = chats(folder)
        self.chats = (*self.judged, *written(own))
        self._say = say
        self._letters = first.lettered(rows(folder, LETTERS))
        self._examples = {chat.name: first.examples([chat]) for chat in self.chats}
        every = [*self._letters, *(one for known in self._examples.values() for one in known)]
        self.meanings = {} if meaning is None else meant(every, meaning, say)
        self._ready = {id(one): first.prepared(one) for one in every}
        self._tables: dict[frozenset[str], Table] = {}
        self._lesson: tuple[frozenset[str], Lesson] | None = None

    @property
    def writers(self) -> tuple[str, ...]:
        """Those whose chats are measured."""
        return tuple(sorted({chat.part for chat in self.judged}))

    @property
    def parts(self) -> tuple[str, ...]:
        """All that are left out in turn: writers, and halves of our own."""
        return tuple(sorted({chat.part for chat in self.chats}))

    def first_without(self, *parts: str) -> Table:
        """The first table of everybody else."""
        out = frozenset(parts)
        if out not in self._tables:
            self._say(f"first look without {'+'.join(sorted(parts)) or 'nobody'}")
            chosen = [*self._letters, *self._without(parts)]
            self._tables[out] = first.learn(chosen, [self._ready[id(one)] for one in chosen])
        return self._tables[out]

    def meant_without(self, *parts: str, unseen: str | None = None) -> Table:
        """The table of meanings of everybody else; `unseen` is one more part that is left out."""
        out = frozenset(parts)
        if self._lesson is None or self._lesson[0] != out:
            self._say(f"meanings without {'+'.join(sorted(parts)) or 'nobody'}")
            self._lesson = out, Lesson({p: self._part(p) for p in self.parts if p not in out})
        return self._lesson[1].table(unseen)

    def _part(self, part: str) -> Part:
        chosen = [one for chat in self.of(part) for one in self._examples[chat.name]]
        meanings = np.array([self.meanings[one.text] for one in chosen])
        return Part(chosen, meanings, np.array([self._ready[id(one)].signs for one in chosen]))

    def _without(self, parts: Collection[str]) -> list[Example]:
        chosen = [chat for chat in self.chats if chat.part not in parts]
        return [one for chat in chosen for one in self._examples[chat.name]]

    def second_without(self, *parts: str, meant: bool = False) -> Table:
        """The second look of everybody else, over first looks that had not seen each part."""
        seen = []
        for part in self.parts:
            if part not in parts:
                table = FirstTable(self.first_without(part, *parts))
                meanings = self._weighed_without(*parts, unseen=part) if meant else None
                for chat in self.of(part):
                    walk = second.walked(chat, table, meanings)
                    seen += second.without_words(list(walk))
        self._say(f"second look without {'+'.join(parts) or 'nobody'}")
        return second.learn(seen)

    def reader_without(self, *parts: str, meant: bool = False) -> TrainedReader:
        """A reader that never saw these parts."""
        return TrainedReader(
            FirstTable(self.first_without(*parts)),
            SecondTable(self.second_without(*parts, meant=meant)),
            MeantTable(self.meant_without(*parts)) if meant else None,
        )

    def _weighed_without(self, *parts: str, unseen: str) -> second.Weighing:
        """What meanings say to whoever met everybody but these parts."""
        table = MeantTable(self.meant_without(*parts, unseen=unseen))
        return lambda text, marked, role: table.logits(self.meanings[text], marked, role)

    def of(self, part: str) -> Sequence[Chat]:
        """The chats of one writer, or of one half of our own."""
        return [chat for chat in self.chats if chat.part == part]


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
