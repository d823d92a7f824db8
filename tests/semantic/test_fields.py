"""A reading survives the way through a pipe, and nothing else passes for one."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import PlainReader, trained_reader
from bot.analysis.semantic.mind import REMEMBERED, Mind, Vectors
from bot.domain.second import Scope, wanted
from bot.domain.second.fields import BadFields, fields_of, reading_of
from bot.domain.talk import Message, Reading, TextKind

WHOLE = fields_of(Reading())


@given(st.text(max_size=60), st.booleans())
def test_every_reading_comes_back_as_it_was(text: str, forwarded: bool) -> None:
    reading = PlainReader().read(Message(text, forwarded), ())
    assert reading_of(json.loads(json.dumps(fields_of(reading)))) == reading


def test_whom_it_judges_comes_back_too() -> None:
    reading = Reading(targets=(("property", -1), ("community", 1)), personal=("phone",))
    assert reading_of(json.loads(json.dumps(fields_of(reading)))) == reading


@pytest.mark.parametrize(
    "spoiled",
    [
        None,
        [],
        {},
        WHOLE | {"more": 1},
        WHOLE | {"mood": "!"},
        WHOLE | {"asks": 1.5},
        WHOLE | {"asks": float("nan")},
        WHOLE | {"score": "0"},
        WHOLE | {"hazard": 1},
        WHOLE | {"office": None},
        WHOLE | {"topics": "水"},
        WHOLE | {"evidence": [1]},
        WHOLE | {"targets": ["property"]},
        WHOLE | {"targets": [["property", 2]]},
    ],
)
def test_anything_else_is_refused(spoiled: object) -> None:
    with pytest.raises(BadFields):
        reading_of(spoiled)


@pytest.mark.parametrize(
    ("scope", "reading", "read"),
    [
        (Scope.OFF, Reading(asks=0.9), False),
        (Scope.QUESTIONS, Reading(asks=0.1, claim=0.2), False),
        (Scope.QUESTIONS, Reading(asks=0.2), True),
        (Scope.QUESTIONS, Reading(claim=0.3), True),
        (Scope.QUESTIONS, Reading(asks=0.9), True),
        (Scope.ALL, Reading(), True),
        (Scope.ALL, Reading(TextKind.ADVERTISEMENT, asks=0.9), False),
    ],
)
def test_the_setting_says_what_is_read_twice(scope: Scope, reading: Reading, read: bool) -> None:
    assert wanted(scope, reading) is read


def test_a_mind_works_out_each_text_once_and_keeps_no_words() -> None:
    met: list[str] = []

    def embed(texts: list[str]) -> Vectors:
        met.extend(texts)
        return np.array([[1.0, 0.0]] * len(texts), np.float32)

    mind = Mind(embed, trained_reader("first", "second"))
    assert mind.alike("水", ["电", "水", "电"]) == [1.0, 1.0, 1.0]
    assert mind.alike("电", ["水"]) == [1.0]
    assert met == ["水", "电"]
    assert mind.alike("水", []) == []
    assert "水" not in repr(mind.__dict__)
    for n in range(REMEMBERED + 10):
        mind.directions([f"第{n}句"])
    assert len(mind.directions(["水"])) == 1
    assert met[-1] == "水"
