"""How well the findings do on the cases: counts, recall, precision, F1."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one label: how often it was found rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed or 1)


def figures(rows: Iterable[Row], label: str, look: Callable[[str], frozenset[str]]) -> Figures:
    """The figures of a label; `look` names the labels it finds in a text."""
    seen = [(label in written.split(","), label in look(text)) for written, text in rows]
    return Figures(seen.count((True, True)), seen.count((False, True)), seen.count((True, False)))


def held_out(rows: list[Row]) -> list[Row]:
    """Every second row, from the second on: those that the rules were written without."""
    return rows[1::2]
