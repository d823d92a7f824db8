"""A figure comes with what it would be had other texts been drawn, and with those of others."""

import math

import pytest

from tests import machine

pytestmark = pytest.mark.skipif(not machine.LEARNS, reason="scikit-learn is not installed")
TRUTH = ["1", "0"] * 50
RIGHT = {"plain": TRUTH, "naive": ["0", "1"] * 50, "lexicon": ["1"] * 100}


def test_the_figure_of_ours_lies_within_what_other_draws_bring() -> None:
    from bot.analysis.learn.moods import macro
    from bot.analysis.learn.score import figure

    often = {**RIGHT, "plain": ["1"] * 5 + TRUTH[5:]}
    found = figure("moods", macro, [(TRUTH, often)], 0.9).found
    assert 0.9 < found.low < found.value < found.high <= 1
    assert figure("moods", macro, [(TRUTH, often)], 0.9).found == found


def test_a_figure_of_parts_is_their_mean_for_every_reader() -> None:
    from bot.analysis.learn.score import figure, share

    parts = [
        (["a"] * 4, {"plain": [1, 1, 0, 0], "naive": [0] * 4}),
        (["b"], {"plain": [1], "naive": [1]}),
    ]
    score = figure("praised", share, parts, 0.5, below=True)
    assert (score.found.value, score.others, score.count) == (0.75, {"naive": 0.5}, 5)


def test_of_writers_the_chats_are_drawn_and_not_their_messages() -> None:
    from bot.analysis.learn.score import over_writers

    one_of_each = [[[1.0, 0.0]] * 3, [[1.0, 0.0]] * 3]
    found = over_writers("half", 12, lambda things: sum(things) / len(things), one_of_each).found
    assert (found.low, found.value, found.high) == (0.5, 0.5, 0.5)


def test_a_draw_of_which_nothing_can_be_told_is_left_out() -> None:
    from bot.analysis.learn.score import drawn

    found = drawn([lambda places: float(places.sum()) if len(set(places)) > 1 else math.nan], [2])
    assert (found.low, found.value, found.high) == (1, 1, 1)


@pytest.mark.parametrize(
    ("text", "mood"), [("真好喜欢开心", "1"), ("太差讨厌生气", "0"), ("明天开会", "0")]
)
def test_baselines_of_two_classes_call_positive_what_seems_so(text: str, mood: str) -> None:
    from bot.analysis.learn.baselines import moods
    from bot.domain.talk import Mood

    labelled = [("真好喜欢开心", "1"), ("太差讨厌生气", "0")] * 3
    said = moods([text], labelled, {Mood.NEGATIVE: "0", Mood.POSITIVE: "1"})
    assert set(said) == {"naive", "retrained", "lexicon"}
    assert said["lexicon"] == [mood]
    if text in dict(labelled):
        assert said["retrained"] == [mood]
