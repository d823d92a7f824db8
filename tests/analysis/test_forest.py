"""The flat forest says what scikit-learn's trees say."""

import importlib
from typing import Any

import numpy as np
import pytest

from bot.analysis.forest import Forest
from tests import machine

pytestmark = pytest.mark.skipif(not machine.LEARNS, reason="scikit-learn is not installed")


@pytest.fixture
def ensemble() -> Any:
    """What grows trees; imported where it is used, as this takes its time."""
    return importlib.import_module("sklearn.ensemble")


@pytest.mark.parametrize("classes", [2, 3])
def test_flat_trees_add_up_to_what_the_fitted_model_says(classes: int, ensemble: Any) -> None:
    from bot.analysis.learn.forest import flat

    chance = np.random.default_rng(5)
    rows = chance.normal(size=(400, 6)).astype(np.float32)
    truth = (rows[:, 0] * rows[:, 1] > 0.2).astype(int) + (classes == 3) * (rows[:, 2] > 0)
    model = ensemble.HistGradientBoostingClassifier(max_iter=20, max_depth=4).fit(rows, truth)
    again = Forest.load(flat([model]).arrays("trees"), "trees")

    said = again.raw(rows)

    expected = model._raw_predict(rows)
    assert np.abs(said - expected.reshape(said.shape)).max() < 1e-5


def test_two_forests_over_the_same_rows_are_walked_as_one(ensemble: Any) -> None:
    from bot.analysis.learn.forest import flat

    chance = np.random.default_rng(6)
    rows = chance.normal(size=(300, 4)).astype(np.float32)
    models = [
        ensemble.HistGradientBoostingClassifier(max_iter=9, max_leaf_nodes=12).fit(
            rows, rows[:, n] > 0
        )
        for n in (0, 1)
    ]

    together = flat(models).raw(rows)

    apart = [flat([model]).raw(rows)[:, 0] for model in models]
    assert np.allclose(together, np.array(apart).T, atol=1e-6)


def test_a_tree_of_too_many_leaves_is_refused(ensemble: Any) -> None:
    from bot.analysis.learn.forest import flat

    chance = np.random.default_rng(7)
    rows = chance.normal(size=(600, 4)).astype(np.float32)
    model = ensemble.HistGradientBoostingClassifier(max_iter=2, max_leaf_nodes=17)

    grown = flat([model.fit(rows, rows.prod(1) > 0)])

    with pytest.raises(ValueError, match="leaves"):
        grown.raw(rows)
