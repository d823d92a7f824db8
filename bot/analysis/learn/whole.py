"""Learns everything the reader needs from labelled chats, and reads a writer it never saw."""

from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

from bot.analysis.first import FirstTable
from bot.analysis.learn import first, second
from bot.analysis.learn.corpus import Chat, chats, rows
from bot.analysis.learn.first import Example, Prepared, Table
from bot.analysis.second import SecondTable
from bot.analysis.trained import TrainedReader

LETTERS = "sms_complaint_labels.tsv"
Say = Callable[[str], None]


class Workshop:
    """The labelled texts, prepared once, and the tables that leave one or two writers out."""

    def __init__(self, folder: Path, say: Say = lambda _: None) -> None:
        self.chats = chats(folder)
        self._say = say
        self._letters = first.lettered(rows(folder, LETTERS))
        self._ready_letters = [first.prepared(one) for one in self._letters]
        self._examples = {chat.name: first.examples([chat]) for chat in self.chats}
        self._ready = {
            name: [first.prepared(one) for one in known] for name, known in self._examples.items()
        }
        self._tables: dict[frozenset[str], Table] = {}

    @property
    def writers(self) -> tuple[str, ...]:
        return tuple(sorted({chat.writer for chat in self.chats}))

    def first_without(self, *writers: str) -> Table:
        """The first table of everybody else."""
        out = frozenset(writers)
        if out not in self._tables:
            self._say(f"first look without {'+'.join(sorted(out)) or 'nobody'}")
            chosen: list[Example] = list(self._letters)
            ready: list[Prepared] = list(self._ready_letters)
            for chat in self.chats:
                if chat.writer not in out:
                    chosen += self._examples[chat.name]
                    ready += self._ready[chat.name]
            self._tables[out] = first.learn(chosen, ready)
        return self._tables[out]

    def second_without(self, *writers: str) -> Table:
        """The second look of everybody else, over first looks that had not seen each writer."""
        seen = []
        for writer in self.writers:
            if writer not in writers:
                table = FirstTable(self.first_without(writer, *writers))
                for chat in self.chats:
                    if chat.writer == writer:
                        seen += second.without_words(list(second.walked(chat, table)))
        self._say(f"second look without {'+'.join(writers) or 'nobody'}")
        return second.learn(seen)

    def reader_without(self, *writers: str) -> TrainedReader:
        """A reader that never saw these writers."""
        return TrainedReader(
            FirstTable(self.first_without(*writers)), SecondTable(self.second_without(*writers))
        )

    def of(self, writer: str) -> Sequence[Chat]:
        """The chats of one writer."""
        return [chat for chat in self.chats if chat.writer == writer]

    def pairs(self) -> Sequence[tuple[str, str]]:
        """Every two writers, whose tables all the others share."""
        return list(combinations(self.writers, 2))
