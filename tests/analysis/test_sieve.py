"""A sieve finds in every text what its patterns find, and tries few of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import marks
from bot.analysis.hazard.dangers import DANGERS
from bot.analysis.kinds import advertisement, chain, forward, notice
from bot.analysis.threads.wanted import OFFERS, WANTS
from bot.domain.personal.doors import BARE, WHOLE
from bot.domain.sieve import Sieve, alternatives

ODD = "\u0130\u0131\u017f\u212aſK٣４x X\n"
"""Letters and digits that only seem to be others."""
MADE = (
    r"ab|c(?:d|e)f|[gh]i",
    r"(.)不\1|x",
    r"a*b?",
    r"k+s?i",
    r"\d\s?元|[^x]y|[a-c|]{2}\|",
    r"(?<!a)b(?=c)|^d|e$",
    r"[\]|]x|\|",
)
IN_USE = {
    "marks": [pattern.pattern for _, _, pattern in marks.patterns()],
    "dangers": [danger.words.pattern for danger in DANGERS],
    "wants": list(WANTS.values()),
    "offers": list(OFFERS.values()),
    "rows": [*chain.ROWS, *chain.IN_ANY_CASE],
    "forward": [sign.words for sign in forward.FORWARD],
    "notice": [sign.words for sign in notice.NOTICE],
    "advertisement": [sign.words for sign in advertisement.ADVERTISEMENT],
    "doors": [door.pattern for door in (*WHOLE, *BARE)],
    "made": MADE,
}


def words_of(pattern: str) -> list[str]:
    """Pieces of a pattern that a text may be made of."""
    return re.findall(r"[\u4e00-\u9fff]+|[A-Za-z]+|\W", pattern)


@pytest.mark.parametrize("name", IN_USE)
def test_a_sieve_finds_what_its_patterns_find(name: str) -> None:
    flags = 0 if name in ("marks", "wants", "offers") else re.IGNORECASE
    sieve, patterns = Sieve(IN_USE[name], flags), [re.compile(p, flags) for p in IN_USE[name]]
    pieces = [piece for pattern in IN_USE[name] for piece in words_of(pattern)]
    texts = st.lists(st.sampled_from([*pieces, *ODD, *"0123456789"]), max_size=12).map("".join)

    @given(texts | st.text(max_size=30))
    def holds(text: str) -> None:
        expected = [n for n, pattern in enumerate(patterns) if pattern.search(text)]
        assert list(sieve.found(text)) == expected
        assert sieve.finds(text) is bool(expected)

    holds()


def test_a_pattern_falls_apart_at_the_bars_that_stand_in_no_group() -> None:
    assert alternatives(r"a(?:b|c)|[|]d|\|e") == ["a(?:b|c)", "[|]d", r"\|e"]
    assert alternatives(r"x|(.)\1") == [r"x|(.)\1"]


def test_what_lacks_a_needed_character_is_not_even_compiled() -> None:
    sieve = Sieve(["电梯(?:坏|停)", "停水"])
    assert list(sieve.found("明天停电吗")) == []
    assert list(sieve.found("明天停水吗")) == [1]
    assert ["search" in vars(piece) for piece in sieve.pieces] == [False, True]
