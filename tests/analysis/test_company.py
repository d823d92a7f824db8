"""Who talks with whom is seen from turns, and from links of other questions."""

import numpy as np

from bot.analysis.lines import Line
from bot.analysis.threads.company import WIDTH, Company, taken
from bot.analysis.threads.links import Linked, Talked
from bot.domain.talk import Reading


def talked(authors: str) -> Talked:
    lines = [
        Line(n, None, author, "", None, f"第{n}句", Reading()) for n, author in enumerate(authors)
    ]
    return Talked(lines, frozenset({0, 3}))


def test_two_who_take_turns_take_more_than_chance_would_have_them() -> None:
    assert taken("ABABAB", "A", "B") == 2.0
    assert taken("AAABBB", "A", "B") < 0
    assert taken("AB", "A", "B") == 0.0


def test_a_bond_comes_from_other_questions_only() -> None:
    first = Linked(0, (1, 2), np.array([0.9, 0.1]))
    other = Linked(3, (4,), np.array([0.7]))
    rows = Company(talked("ABCAB"), [first, other]).rows(first)
    assert rows.shape == (2, WIDTH)
    assert rows[:, 3].tolist() == np.array([0.7, 0.0], np.float32).tolist()


def test_a_question_that_nothing_may_answer_has_no_rows() -> None:
    alone = Linked(0, (), np.zeros(0))
    assert Company(talked("ABCAB"), [alone]).rows(alone).shape == (0, WIDTH)
