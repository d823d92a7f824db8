"""Known runs are found all at once, and exactly those that a dictionary would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.folded import runs
from bot.analysis.grams import BETWEEN, Grams
from tests.chance import often

KNOWN = (
    "^",
    "$",
    "停",
    "水",
    "^停",
    "停水",
    "水$",
    "停水了",
    "明天停水",
    "😀",
    "𨋢",
    "a",
    "aa",
    "aaaa",
    "^a$",
)
GRAMS = Grams(BETWEEN.join(KNOWN))
characters = st.one_of(
    st.sampled_from("^$停水了明天😀𨋢a\n\ud83d\uffff\U0010ffff"), st.characters()
)
texts = st.text(characters, max_size=20)


def by_dictionary(text: str) -> list[int]:
    number = {run: n for n, run in enumerate(KNOWN)}
    return [number[run] for run in runs(text) if run in number]


@often(400)
@given(some=st.lists(texts, min_size=1, max_size=5))
def test_each_text_holds_what_it_holds_alone_short_runs_first(some: list[str]) -> None:
    assert GRAMS.held(some) == [by_dictionary(text) for text in some]


@often(100)
@given(known=st.sets(st.text(st.sampled_from("停水了^$a😀"), min_size=1, max_size=4), min_size=1))
def test_any_runs_find_a_place_of_their_own(known: set[str]) -> None:
    words = sorted(known)
    grams = Grams(BETWEEN.join(words))
    for n, word in enumerate(words):
        assert n in grams.held([word])[0]


def test_many_runs_find_their_places() -> None:
    words = [chr(0x4E00 + n % 250) + chr(0x5000 + n // 250) for n in range(60_000)]
    grams = Grams(BETWEEN.join(words))
    assert grams.held(words[:1_000]) == [[n] for n in range(1_000)]


def test_a_run_of_five_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        Grams("停水|明天停水了".replace("|", BETWEEN))
