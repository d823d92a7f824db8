"""Boosted trees from scikit-learn, laid out flat."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.analysis.forest import Forest


def flat(models: Sequence[Any]) -> Forest:
    """One forest of several fitted `HistGradientBoostingClassifier`s over the same features.

    The outputs are those of the models side by side: one logit for two classes, else one a class.
    """
    nodes: list[tuple[int, float, int, float]] = []
    roots: list[int] = []
    outputs: list[int] = []
    bases: list[float] = []
    for model in models:
        first = len(bases)
        bases.extend(np.ravel(model._baseline_prediction).tolist())
        for round_of in model._predictors:
            for n, tree in enumerate(round_of):
                roots.append(len(nodes))
                outputs.append(first + n)
                _lay(nodes, tree.nodes)
    feature, threshold, child, value = zip(*nodes, strict=True)
    return Forest(
        np.array(feature, np.int16),
        np.array(threshold, np.float32),
        np.array(child, np.int32),
        np.array(value, np.float32),
        np.array(roots, np.int32),
        np.array(outputs, np.int16),
        np.array(bases, np.float32),
    )


def _lay(nodes: list[tuple[int, float, int, float]], tree: Any) -> None:
    """Lays one tree behind the others, the two children of a node side by side."""
    place = [(0, len(nodes))]
    nodes.append((0, np.inf, len(nodes), 0.0))
    for old, new in place:
        node = tree[old]
        if node["is_leaf"]:
            nodes[new] = (0, np.inf, new, float(node["value"]))
            continue
        left = len(nodes)
        nodes[new] = (int(node["feature_idx"]), float(node["num_threshold"]), left, 0.0)
        nodes.extend([(0, np.inf, left, 0.0), (0, np.inf, left + 1, 0.0)])
        place.extend([(int(node["left"]), left), (int(node["right"]), left + 1)])
