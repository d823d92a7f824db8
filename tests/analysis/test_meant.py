"""Meanings: what lies near a labelled message reads like it, whatever its words are."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bot.analysis import marks
from bot.analysis.first import FINDINGS, PLACE, signs
from bot.analysis.meant import MeantTable
from tests import machine

pytestmark = pytest.mark.skipif(not machine.LEARNS, reason="scikit-learn is not installed")

GLAD, DULL, BITTER = np.eye(8, dtype=np.float32)[:3]
UNMARKED = np.zeros(len(marks.names()), np.float32)
ROUNDS = 12


@pytest.fixture(scope="module")
def learned() -> Mapping[str, npt.NDArray[Any]]:
    """A table of messages in three directions; of the bitter ones all judge the property."""
    from bot.analysis.learn.first import Example
    from bot.analysis.learn.meant import Lesson, Part

    directions, chosen = [], []
    for n in range(ROUNDS):
        for mood, direction in ((2, GLAD), (1, DULL), (0, BITTER)):
            aside = np.eye(8, dtype=np.float32)[3 + n % 5] * np.float32(0.2)
            directions.append((direction + aside) / np.linalg.norm(direction + aside))
            judged = {"about:property": int(mood == 0), "blames": int(mood == 0)}
            chosen.append(Example(f"{n}", "", {"mood": mood, **judged}))
    beside = np.array([signs(UNMARKED, "") for _ in chosen])
    return Lesson({"all": Part(chosen, np.array(directions), beside)}).table()


def test_what_lies_near_glad_or_bitter_messages_reads_like_them(
    learned: Mapping[str, npt.NDArray[Any]],
) -> None:
    table = MeantTable(learned)
    for direction, mood in ((GLAD, 2), (DULL, 1), (BITTER, 0)):
        assert int(table.logits(direction, UNMARKED, "")[:3].argmax()) == mood
    blamed = PLACE["about:property"]
    bitter, glad = (table.logits(each, UNMARKED, "")[blamed] for each in (BITTER, GLAD))
    assert bitter > 0 > glad


def test_no_meaning_is_a_middling_one_and_complaints_are_left_to_the_words(
    learned: Mapping[str, npt.NDArray[Any]],
) -> None:
    table = MeantTable(learned)
    found = table.logits(None, UNMARKED, "")
    assert found.shape == (len(FINDINGS),)
    assert np.isfinite(found).all()
    assert found.tolist() == table.logits(learned["centre"], UNMARKED, "").tolist()
    assert found[PLACE["complaint"]] == 0


def test_places_are_stored_as_small_whole_numbers(
    learned: Mapping[str, npt.NDArray[Any]],
) -> None:
    assert learned["places"].dtype == np.int8
    assert learned["worth"].dtype == np.float16
    assert all(not part.dtype.hasobject for part in learned.values())


def test_leaving_a_part_out_is_as_if_its_labels_had_never_been_told() -> None:
    from bot.analysis.learn.first import Example
    from bot.analysis.learn.meant import Lesson, Part

    beside = np.array([signs(UNMARKED, "") for _ in range(ROUNDS)])
    moods = {"glad": (GLAD, 2), "dull": (DULL, 1), "bitter": (BITTER, 0)}
    parts = {
        name: Part([Example(name, "", {"mood": mood})] * ROUNDS, np.tile(way, (ROUNDS, 1)), beside)
        for name, (way, mood) in moods.items()
    }
    lesson = Lesson(parts)
    told, untold = (
        MeantTable(table).logits(BITTER, UNMARKED, "")
        for table in (lesson.table(), lesson.table(without="bitter"))
    )
    assert int(told[:3].argmax()) == 0
    assert untold[0] < told[0]
    assert (
        int(MeantTable(lesson.table(without="bitter")).logits(GLAD, UNMARKED, "")[:3].argmax())
        == 2
    )
