"""A long chat is cut so that every line is judged once, with its surroundings in sight."""

import pytest

from bot.analysis.claims import ClaimThread
from bot.analysis.lines import Id, Line
from bot.analysis.spans import AFTER, BEFORE, BLOCK, KNOWN, MOST_TOLD, Names, Span, Spans, Tellings
from bot.domain.talk import Reading

NOTHING = Reading()


def line(id: int) -> Line:
    return Line(id, None, "", "", None, "", NOTHING)


def spans_of(ids: range) -> list[Span]:
    spans = Spans()
    found = [spans.put(line(id)) for id in ids]
    return [span for span in (*found, spans.rest()) if span is not None]


@pytest.mark.parametrize("count", [1, 2_999, 4_999, 5_000, 5_001, 8_000, 17_345])
@pytest.mark.parametrize("step", [1, 3])
def test_every_line_is_judged_once_with_its_surroundings(count: int, step: int) -> None:
    ids = range(1, 1 + count * step, step)
    judged = []
    for span in spans_of(ids):
        held = [each.id for each in span.lines]
        mine = [id for id in held if span.judges(id)]
        judged += mine
        assert held.index(mine[0]) >= min(BEFORE, ids.index(mine[0]))
        assert len(held) - 1 - held.index(mine[-1]) >= min(AFTER, count - 1 - ids.index(mine[-1]))
        assert len(held) <= BEFORE + BLOCK + AFTER
    assert judged == list(ids)


def test_no_line_is_no_span() -> None:
    assert spans_of(range(0)) == []


def test_the_last_line_with_an_id_is_meant() -> None:
    names = Names()
    names.put(1, "a")
    names.put(2, 7)
    names.put(3, "a")
    assert [names.line(id) for id in ("a", 7, "7", "b", None)] == [3, 2, 2, None, None]
    assert [names.id(n) for n in (1, 2, 3)] == ["a", 7, "a"]


def test_ids_far_back_are_forgotten_but_not_those_that_came_again() -> None:
    names = Names()
    names.put(1, "early")
    names.put(2, "again")
    for n in range(3, KNOWN + 3):
        names.put(n, "again" if n == 9 else n)
    assert names.line("early") is None
    assert names.line("again") == 9


def named(line: int) -> Id:
    return f"m{line}"


def told(number: int, *lines: int, act: str = "asserts") -> ClaimThread:
    return ClaimThread(number, tuple((line, act) for line in lines))


def span(first: int, last: int) -> Span:
    return Span((), first, last, kept=last - BEFORE)


def test_tellings_that_share_a_message_are_one_claim() -> None:
    tellings = Tellings(named)
    assert tellings.take([told(1, 10, 2_900), told(2, 2_950)], span(1, 3_000)) == []
    closed = tellings.take([told(1, 2_900, 4_000, act="refutes")], span(3_001, 6_000))
    assert closed == [
        {10: ("m10", "asserts"), 2_900: ("m2900", "refutes"), 4_000: ("m4000", "refutes")},
        {2_950: ("m2950", "asserts")},
    ]
    assert tellings.rest() == []


def test_a_claim_stays_open_while_a_later_span_may_add_to_it() -> None:
    tellings = Tellings(named)
    assert tellings.take([told(1, 2_000)], span(1, 3_000)) == []
    assert tellings.rest() == [{2_000: ("m2000", "asserts")}]


def test_two_claims_become_one_when_a_message_joins_them() -> None:
    tellings = Tellings(named)
    tellings.take([told(1, 2_100), told(2, 2_200)], span(1, 3_000))
    tellings.take([told(1, 2_100, 2_200, 5_500)], span(3_001, 6_000))
    assert [list(each) for each in tellings.rest()] == [[2_100, 2_200, 5_500]]


def test_a_claim_without_end_is_written_out_in_parts() -> None:
    tellings = Tellings(named)
    endless = told(1, *range(MOST_TOLD + 1))
    assert [len(each) for each in tellings.take([endless], span(1, 3_000))] == [MOST_TOLD + 1]
    assert tellings.rest() == []
