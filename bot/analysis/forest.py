"""Boosted trees as flat arrays, scored all at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from bot.analysis.scorer import Scorer

PARTS = ("feature", "threshold", "child", "value", "roots", "output", "base")


@dataclass(frozen=True)
class Forest:
    """Trees over one row of numbers, each adding to one output.

    A node goes to `child` where the feature is at most the threshold, else to `child + 1`; a leaf
    is its own child and is never left: its threshold is infinite.
    """

    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float32]
    child: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    roots: npt.NDArray[np.int32]
    output: npt.NDArray[np.int16]
    base: npt.NDArray[np.float32]

    @classmethod
    def load(cls, table: Mapping[str, npt.NDArray[Any]], name: str) -> Self:
        """The forest that a table file holds under a name."""
        return cls(**{part: table[f"{name}.{part}"] for part in PARTS})

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """What `load` takes."""
        return {f"{name}.{part}": np.asarray(getattr(self, part)) for part in PARTS}

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.feature, self.threshold, self.child, self.value, self.roots)

    @cached_property
    def _outputs(self) -> npt.NDArray[np.intp]:
        return self.output.astype(np.intp)

    def raw(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The sum of all trees for each row (n, features), as (n, outputs)."""
        return np.array([self.one(row) for row in rows], np.float32)

    def one(self, row: npt.NDArray[np.float32]) -> npt.NDArray[Any]:
        """The same for one row (features,), as (outputs,)."""
        leaves = self._scorer.leaves(row)
        return self.base + np.bincount(self._outputs, leaves, len(self.base))
