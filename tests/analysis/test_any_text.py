"""Any text will do: the reader and the masking never raise, and both scripts say the same."""

import time
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.analysis import reader_named
from bot.analysis.lines import BadLine, shown, written
from bot.analysis.lines import given as line_given
from bot.domain.masking import masked
from bot.domain.personal import FEWEST, IDENTITY, found
from bot.domain.personal.identity import identities
from bot.domain.personal.phones import phones
from bot.domain.talk import Message, Mood, Reader, Reading, TextKind
from tests.analysis.test_cases import rows
from tests.chance import often

LONGEST_EVIDENCE, MOST_EVIDENCE = 60, 40
SLOWEST = 0.05
HOSTILE = {
    "one character": "好" * 10_000,
    "question marks": "？" * 4_000,
    "exclamations and questions": "?!" * 5_000,
    "nested quotes": "「" * 2_000 + "停水" + "」" * 2_000,
    "quotes in quotes": "“『" * 1_500 + "』”" * 1_500,
    "zalgo": "".join(letter + "\u0300\u0489\u035b\u0321" * 40 for letter in "几点停水吗" * 20),
    "half pairs": "\ud83d" * 3_000 + "\udc00" * 3_000,
    "right to left": "\u202e几点停水\u202c\u200f؟" * 500,
    "nothing to see": "\u200b\ufeff\u2060" * 3_000,
    "zeros": "\0" * 5_000,
    "digits": "1" * 10_000,
    "digits and dashes": "1-" * 5_000,
    "digits and spaces": "1 " * 5_000,
    "doors": "3号楼" * 3_000,
    "numbers in Chinese": "一二三四五六七八九零" * 1_000,
    "spaces": " " * 10_000 + "吗",
    "white": "\n\t\u3000" * 3_000,
    "letters": "a" * 10_000,
    "mentions": "@物业 " * 2_000,
    "brackets": "[" * 5_000 + "]" * 5_000,
    "chain": "1. 张 2份 " * 1_500,
    "not": "不" * 5_000 + "没" * 5_000,
    "families": "👨\u200d👩\u200d👧\u200d👦" * 1_500,
    "ligatures": "\ufdfa" * 3_000,
    "long": "听说明天要停水，是真的吗？物业出来说一下！" * 500,
}

PIECES = """
请问 几点 停水 电梯 困人 着火 听说 有毒 转发给家人 谢谢 物业 垃圾 不 没 吗 呢 ？ ！ 。 ， +1 接龙 @
/ 1. 13800000000 3号楼2单元1201 京A·00001 「 」 “ ” 呵呵 咱们小区 搬走 涨价
"""
pieces = st.sampled_from([*PIECES.split(), "\n", " "])
anything = st.one_of(
    st.text(st.characters(), max_size=300),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Co", "Cn"]), max_size=100),
    st.lists(pieces, max_size=60).map("".join),
    st.builds("".join, st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=40)),
    st.builds(
        lambda piece, count: piece * count, st.text(min_size=1, max_size=3), st.integers(0, 3_000)
    ),
)
roles = st.sampled_from(["", "property", "committee", "business", "?"])


@cache
def reader() -> Reader:
    found = reader_named("plain")
    assert found is not None
    return found


def reading_of(text: str, forwarded: bool = False, role: str = "") -> Reading:
    return reader().read(Message(text, forwarded, role), ())


def check(reading: Reading) -> None:
    """Every finding is what it may be."""
    assert -1 <= reading.score <= 1
    assert 0 <= reading.asks <= 1
    assert 0 <= reading.claim <= 1
    assert isinstance(reading.mood, Mood)
    assert isinstance(reading.kind, TextKind)
    assert set(reading.cues) <= set("WHTLX")
    assert len(set(reading.cues)) == len(reading.cues)
    assert all(stance in (-1, 1) and actor for actor, stance in reading.targets)
    assert set(reading.personal) <= {"phone", "identity", "plate", "address"}
    assert len(reading.evidence) <= MOST_EVIDENCE
    assert all(0 < len(each) <= LONGEST_EVIDENCE for each in reading.evidence)


@often(400)
@given(text=anything, forwarded=st.booleans(), role=roles)
def test_no_text_raises_and_every_finding_is_within_its_bounds(
    text: str, forwarded: bool, role: str
) -> None:
    check(reading_of(text, forwarded, role))


@often(200)
@given(text=anything)
def test_the_same_text_is_read_the_same_twice(text: str) -> None:
    assert reading_of(text) == reading_of(text)


@often(300)
@given(text=anything, phones=st.booleans())
def test_masking_takes_any_text_and_has_no_more_to_hide_the_second_time(
    text: str, phones: bool
) -> None:
    once = masked(text, phones)
    assert masked(once, phones) == once


numberlike = st.lists(st.sampled_from("1234567890-+(). AaXx电话身份证"), max_size=18).map("".join)


@often(800)
@given(text=numberlike)
def test_no_telephone_and_no_card_has_fewer_figures_than_are_asked_for(text: str) -> None:
    assume(sum(map(str.isdecimal, text)) < FEWEST)
    assert [*identities(text), *phones(text)] == []


def test_the_shortest_card_has_as_many_figures_as_are_asked_for() -> None:
    (card,) = found("身份证 A123456(A)")
    assert card.kind == IDENTITY


@often(200)
@given(text=anything)
def test_any_text_can_be_written_out_and_read_back(text: str) -> None:
    line = written(shown(text, reading_of(text)))
    assert line.count(b"\n") == 1
    assert line_given(line.replace(b'"id"', b'"text"', 1)).text == text


@often(300)
@given(raw=st.one_of(st.binary(max_size=200), anything.map(lambda text: written({"text": text}))))
def test_any_line_is_a_message_or_a_bad_line(raw: bytes) -> None:
    try:
        message = line_given(raw)
    except BadLine as bad:
        why = str(bad)
    else:
        why = "-"
        check(reading_of(message.text, role=message.role))
    assert why.isprintable()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_and_masked_at_once(name: str) -> None:
    text = HOSTILE[name]
    check(reading_of(text))
    assert min(seconds(lambda: reading_of(text)) for _ in range(3)) <= SLOWEST
    assert min(seconds(lambda: masked(text)) for _ in range(3)) <= SLOWEST


def seconds(work: Any) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@cache
def converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)


def simplified(text: str) -> str:
    return str(converter("t2s").convert(text))


def traditional(text: str) -> str:
    return str(converter("s2t").convert(text))


SAID = [
    simplified(text) for name in ("hazard", "personal", "kind") for _, text in rows(f"{name}.tsv")
]
FAITHFUL = [text for text in SAID if simplified(traditional(text)) == text]
"""Texts that come back the same from the other script; opencc turns a few into another word."""


def test_nearly_every_text_has_its_like_in_the_other_script() -> None:
    assert len(FAITHFUL) >= 0.95 * len(SAID)


def test_both_scripts_say_the_same() -> None:
    assert {
        text for text in FAITHFUL if reading_of(traditional(text)) != reading_of(text)
    } == set()


@often(300)
@given(texts=st.lists(st.sampled_from(FAITHFUL), min_size=1, max_size=4))
def test_both_scripts_say_the_same_in_longer_texts_too(texts: list[str]) -> None:
    text = "，".join(texts)
    assume(simplified(traditional(text)) == text)
    assert reading_of(traditional(text)) == reading_of(text)


@often(200)
@given(
    text=st.sampled_from(SAID), at=st.integers(0, 30), mark=st.sampled_from("\u200b\ufeff\u2060")
)
def test_what_cannot_be_seen_changes_nothing(text: str, at: int, mark: str) -> None:
    assert reading_of(text[:at] + mark + text[at:]) == reading_of(text)
