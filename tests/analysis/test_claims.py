"""Which messages tell the same claim."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.analysis import reader_named
from bot.analysis.claims import ClaimThread, claims
from bot.analysis.claims.pairs import Told, acting, same
from bot.analysis.claims.teller import ACTS, grouped
from bot.analysis.lines import Line
from bot.domain.talk import Message, Reading

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOLD = Reading(claim=0.9)


def chat(*texts: str) -> list[Line]:
    return [
        Line(n, START + timedelta(minutes=n), f"r{n}", "", None, text, TOLD)
        for n, text in enumerate(texts, 1)
    ]


def read(*texts: str) -> list[Line]:
    """The same chat as the reader that is shipped reads it."""
    reader = reader_named("plain")
    assert reader is not None
    return [replace(line, reading=reader.read(Message(line.text), ())) for line in chat(*texts)]


def messages(found: ClaimThread) -> list[int]:
    return [id for id, _ in found.messages]


def test_a_claim_told_again_is_one_and_another_is_another() -> None:
    lines = chat(
        "听说自来水厂管道爆了，明天全城停水三天，赶紧存水",
        "刚收到：自来水厂管道爆了 明天全城停水三天 大家存水",
    )
    later = START + timedelta(days=3)
    other = Line(9, later, "z", "", None, "据说三号楼要装基站 辐射超标", TOLD)
    found = list(claims([*lines, other]))
    assert [messages(each) for each in found] == [[1, 2], [9]]
    assert [each.claim for each in found] == [1, 2]


def test_every_message_of_a_claim_has_an_act() -> None:
    [*found] = claims(
        chat("听说要停水三天", "真的假的？停水三天？", "假的，没有停水这回事，别传了")
    )
    acts = {act for each in found for _, act in each.messages}
    assert acts <= set(ACTS)
    assert sum(len(each.messages) for each in found) == 3


def test_whoever_doubts_asks() -> None:
    said = "听说自来水厂管道爆了，明天全城停水三天，赶紧存水"
    [*found] = claims(read(said, "明天全城停水三天是真的假的？哪里说的？"))
    acts = dict(one for each in found for one in each.messages)
    assert acts[2] == "asks"


def test_a_chat_without_claims_has_none() -> None:
    assert list(claims([])) == []
    assert list(claims([Line(1, None, "", "", None, "早", Reading())])) == []


def test_groups_join_by_their_mean_likeness() -> None:
    scores = {(1, 2): 2.0, (1, 3): 1.0, (2, 3): -2.0, (1, 4): -3.0, (2, 4): -3.0, (3, 4): -3.0}
    assert grouped([1, 2, 3, 4], scores, 0.0) == [[1, 2], [3], [4]]
    assert grouped([1, 2, 3, 4], scores, -0.6) == [[1, 2, 3], [4]]


def test_pairs_and_acts_are_finite_numbers_without_times_and_authors() -> None:
    lines = [Line(n, None, "", "", None, text, TOLD) for n, text in enumerate(["", "停水"], 1)]
    told = Told(lines)
    assert np.isfinite(same(told, 0, 1)).all()
    assert np.isfinite(acting(told, 1, [0])).all()
    assert np.isfinite(acting(told, 0, [])).all()


def test_meanings_make_two_wordings_alike() -> None:
    alike = {1: np.array([1.0, 0.0], np.float32), 2: np.array([1.0, 0.0], np.float32)}
    lines = chat("几点供暖", "暖气啥时候来")
    assert Told(lines, vectors=alike).meant(0, 1) == 1.0
    assert Told(lines).meant(0, 1) == 0.0
