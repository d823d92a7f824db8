"""Every tree of a forest at once, without walking: QuickScorer.

Lucchese, Nardini, Orlando, Perego, Tonellotto, Venturini (2015), "QuickScorer: a fast algorithm
to rank documents with additive ensembles of regression trees", SIGIR. The leaves of a tree are
bits, from left to right. A split that sends a row to the right rules out the leaves on its left;
the lowest bit that no split rules out is the leaf at which a walk would have ended.
"""

import numpy as np
import numpy.typing as npt

LEAVES = 16
"""The most leaves a tree may have: one bit of a word each."""
_LOWEST = np.array(
    [0] + [(bits & -bits).bit_length() - 1 for bits in range(1, 1 << LEAVES)], np.intp
)


class Scorer:
    """Split columns by trees; a row of numbers is asked each different question only once."""

    def __init__(
        self,
        feature: npt.NDArray[np.int16],
        threshold: npt.NDArray[np.float32],
        child: npt.NDArray[np.int32],
        value: npt.NDArray[np.float32],
        roots: npt.NDArray[np.int32],
    ) -> None:
        """Takes trees as nodes (see `Forest`). Raises `ValueError` for one of too many leaves."""
        children = child.tolist()
        trees = [_splits(children, root) for root in roots.tolist()]
        widest = max(len(splits) for splits, _ in trees)
        splits = np.full((widest, len(trees)), -1, np.intp)
        self._left = np.zeros((widest, len(trees)), np.uint16)
        self._values = np.zeros((len(trees), LEAVES), np.float32)
        for n, (nodes, leaves) in enumerate(trees):
            splits[: len(nodes), n] = [node for node, _ in nodes]
            self._left[: len(nodes), n] = [left for _, left in nodes]
            self._values[n, : len(leaves)] = value[leaves]
        self._first = np.arange(len(trees)) * LEAVES
        self._ask(splits, feature, threshold)

    def _ask(
        self,
        splits: npt.NDArray[np.intp],
        feature: npt.NDArray[np.int16],
        threshold: npt.NDArray[np.float32],
    ) -> None:
        """Numbers the different questions; where a tree has no split it asks one never true."""
        asked = np.empty(splits.shape, np.complex128)
        asked.real = np.where(splits < 0, 0, feature[splits])
        asked.imag = np.where(splits < 0, np.inf, threshold[splits])
        different, which = np.unique(asked, return_inverse=True)
        self._feature = different.real.astype(np.intp)
        self._threshold = different.imag.astype(np.float32)
        self._which = np.ascontiguousarray(which.reshape(splits.shape))

    def leaves(self, row: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The value of the leaf that a row (features,) ends at, for each tree."""
        right = row.take(self._feature) > self._threshold
        ruled_out = (-right.astype(np.uint16)).take(self._which) & self._left
        left = ~np.bitwise_or.reduce(ruled_out, 0)
        found: npt.NDArray[np.float32] = self._values.take(self._first + _LOWEST.take(left))
        return found


def _splits(child: list[int], root: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Each split of a tree with the bits of the leaves on its left; and the leaves in order."""
    nodes: list[tuple[int, int]] = []
    leaves: list[int] = []

    def below(node: int) -> int:
        if child[node] == node:
            leaves.append(node)
            return 1 << (len(leaves) - 1)
        left = below(child[node])
        nodes.append((node, left))
        return left | below(child[node] + 1)

    if below(root) >= 1 << LEAVES:
        raise ValueError(f"a tree has more than {LEAVES} leaves")
    return nodes, leaves
