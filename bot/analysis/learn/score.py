"""One figure of a measurement."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One figure: what was measured, on how many texts, the figure, and its mark."""

    name: str
    count: int
    value: float
    mark: float
    below: bool = False
