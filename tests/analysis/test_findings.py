"""Hazard, personal data and kind of text: the gates, on all cases and on those held out."""

import statistics

import pytest

from bot.analysis.kinds import kind
from bot.analysis.normal import normal
from bot.analysis.personal import personal
from bot.analysis.plain import PlainReader
from bot.domain.masking import masked
from bot.domain.talk import Message, TextKind
from tests.analysis.figures import Row, figures, held_out
from tests.analysis.test_cases import PERSONAL, rows

RECALL = 0.9
HAZARDS, PRIVATE, SORTS = rows("hazard.tsv"), rows("personal.tsv"), rows("kind.tsv")


def dangers(text: str) -> frozenset[str]:
    return frozenset("1" if PlainReader().read(Message(text), ()).hazard else "0")


def private(text: str) -> frozenset[str]:
    return frozenset(kind for kind, _ in personal(normal(text)))


def sorts(text: str) -> frozenset[str]:
    return frozenset({kind(normal(text), False)})


def test_nine_hazards_of_ten_are_noticed() -> None:
    assert figures(HAZARDS, "1", dangers).recall >= RECALL


@pytest.mark.parametrize("cases", [HAZARDS, held_out(HAZARDS)], ids=["all", "held out"])
def test_at_most_one_in_ten_harmless_texts_is_taken_for_a_hazard(cases: list[Row]) -> None:
    harmless = [text for label, text in cases if label == "0"]
    assert len(harmless) >= 120
    assert sum("1" in dangers(text) for text in harmless) <= 0.1 * len(harmless)


@pytest.mark.parametrize("sort", PERSONAL)
def test_nine_of_ten_personal_data_are_found(sort: str) -> None:
    assert figures(PRIVATE, sort, private).recall >= RECALL


@pytest.mark.parametrize("cases", [PRIVATE, held_out(PRIVATE)], ids=["all", "held out"])
def test_texts_without_personal_data_are_left_alone(cases: list[Row]) -> None:
    plain = [text for label, text in cases if label == "-"]
    touched = [text for text in plain if private(text) or masked(text) != text]
    assert len(touched) <= 0.08 * len(plain)


@pytest.mark.parametrize("sort", PERSONAL)
def test_what_is_found_is_hidden(sort: str) -> None:
    texts = [text for label, text in PRIVATE if sort in label.split(",") and private(text)]
    assert texts
    assert all(masked(text) != text and not private(masked(text)) for text in texts)


def test_kinds_are_told_apart() -> None:
    each = [figures(SORTS, sort, sorts).f1 for sort in TextKind]
    assert statistics.mean(each) >= RECALL
