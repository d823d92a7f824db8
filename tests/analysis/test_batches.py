"""Neighbours are taken together, few where they are long."""

import pytest

from bot.analysis import batches as module
from bot.analysis.batches import batches


def test_things_come_in_their_order_so_many_at_once() -> None:
    assert list(batches("abcde", len, 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batches("", len, 2)) == []


def test_a_long_thing_ends_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 4)
    assert list(batches(["a", "bcde", "f", "gh", "i"], len, 9)) == [
        ["a", "bcde"],
        ["f", "gh", "i"],
    ]


def test_what_is_not_there_yet_is_not_waited_for() -> None:
    things = iter(range(9))
    assert next(batches(things, int, 1)) == [0]
    assert next(things) == 1
