"""Numbers about few people are hidden, and cannot be worked out from the others."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announce.acknowledge import HIDDEN, suppressed

K = 5
counts = st.dictionaries(st.sampled_from("123456789"), st.integers(1, 40), max_size=9)


@given(counts)
def test_no_count_below_k_is_shown(given_counts: dict[str, int]) -> None:
    shown = suppressed(given_counts, K)
    assert all(count == HIDDEN or count >= K for count in shown.values())


@given(counts)
def test_the_total_gives_no_hidden_group_away(given_counts: dict[str, int]) -> None:
    shown = suppressed(given_counts, K)
    hidden = [given_counts[name] for name, count in shown.items() if count == HIDDEN]
    if hidden and len(hidden) < len(shown):
        assert len(hidden) >= 2
        assert sum(hidden) >= K


@given(counts)
def test_what_is_shown_is_true(given_counts: dict[str, int]) -> None:
    shown = suppressed(given_counts, K)
    assert shown.keys() == given_counts.keys()
    assert all(count in (HIDDEN, given_counts[name]) for name, count in shown.items())
