"""What the second reader does with a text: its meaning as a direction, and how near two are."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.analysis.trained import TrainedReader, meant_of
from bot.domain.talk import Message, Reading

Vectors = NDArray[np.float32]
Embed = Callable[[list[str]], Vectors]
REMEMBERED, LONGEST = 2_000, 300


class Mind:
    """Reads a message again, and compares texts; remembers directions, never words."""

    def __init__(self, embed: Embed, reader: TrainedReader) -> None:
        self._embed, self._reader = embed, reader
        self._known: OrderedDict[bytes, Vectors] = OrderedDict()

    def read(self, message: Message, place: Sequence[float]) -> Reading:
        """What a message says, its meaning weighed too; `place` is its context as numbers."""
        meaning = self.directions([meant_of(message.text)])[0]
        return self._reader.placed(message, np.array(place, np.float32), meaning)

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """How alike the text is to each of the others: the cosine, from -1 to 1."""
        if not others:
            return []
        vectors = self.directions([text, *others])
        near = vectors[1:] @ vectors[0]
        return [float(one) for one in np.clip(near, -1.0, 1.0)]

    def directions(self, texts: Sequence[str]) -> Vectors:
        """A unit vector for each text; what was met before is not worked out again."""
        marks = [blake2b(one[:LONGEST].encode("utf-8", "replace")).digest() for one in texts]
        unknown = {m: one[:LONGEST] for m, one in zip(marks, texts, strict=True)}
        unknown = {mark: one for mark, one in unknown.items() if mark not in self._known}
        for mark, one in unknown.items():
            self._known[mark] = self._embed([one.encode("utf-8", "replace").decode()])[0]
        found = np.stack([self._known[mark] for mark in marks])
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found
