"""What answers a question, and what only looks like it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from bot.analysis.lines import Line
from bot.analysis.threads import Thread, threads
from bot.analysis.threads.linker import answers_of
from bot.analysis.threads.links import FAR, NEAR, Linked, Talked, pair
from bot.analysis.threads.wanted import fits, offered, wanted
from bot.domain.talk import Reading

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
ASKED, TALK = Reading(asks=0.9), Reading()


def chat(*said: tuple[str, str, Reading, int | None]) -> list[Line]:
    return [
        Line(n, START + timedelta(minutes=n), author, "", reply, text, reading)
        for n, (author, text, reading, reply) in enumerate(said, 1)
    ]


def found(*said: tuple[str, str, Reading, int | None]) -> list[Thread]:
    return list(threads(chat(*said)))


def test_the_next_message_with_what_was_asked_for_answers() -> None:
    [thread] = found(
        ("a", "请问物业电话多少？", ASKED, None), ("b", "物业电话 6612****80", TALK, None)
    )
    assert (thread.question, thread.answers) == (1, (2,))


def test_the_same_question_again_and_a_shrug_do_not_answer() -> None:
    [thread] = found(
        ("a", "今天几点来暖气啊？", ASKED, None),
        ("b", "+1", TALK, None),
        ("c", "不知道啊", Reading(clueless=True), None),
    )
    assert thread.answers == ()


def test_an_answered_question_is_less_open_than_one_that_nobody_took_up() -> None:
    question = ("a", "请问快递柜取件码在哪里看？", ASKED, None)
    [answered] = found(
        question,
        ("b", "短信里有，打开就能看到", TALK, 1),
        ("a", "找到了 谢谢", Reading(cues="T"), None),
    )
    [alone] = found(question, ("b", "哈哈哈哈", TALK, None))
    assert 0 <= answered.open_score < alone.open_score <= 1


def test_nobody_answers_their_own_question() -> None:
    [thread] = found(
        ("a", "谁有梯子借一下？", ASKED, None), ("a", "我家有梯子 1号楼来拿", TALK, 1)
    )
    assert thread.answers == ()


def test_a_question_at_the_end_is_open_and_no_line_is_no_thread() -> None:
    [thread] = found(("a", "明天停水吗？", ASKED, None))
    assert thread.answers == ()
    assert thread.open_score > 0.5
    assert found() == []


def test_times_and_authors_may_be_missing() -> None:
    lines = [
        Line(7, None, "", "", None, "谁知道门禁卡在哪里办？", ASKED),
        Line(9, None, "", "property", 7, "在前台办，带身份证", TALK),
    ]
    [thread] = threads(lines)
    assert (thread.question, thread.answers) == (7, (9,))


def test_far_messages_are_looked_at_only_where_they_share_words() -> None:
    idle = [("b", "嗯嗯", TALK, None)] * (FAR - 2)
    lines = chat(("a", "电梯几时修好？", ASKED, None), *idle, ("c", "电梯修好了", TALK, None))
    talked = Talked(lines)
    assert list(talked.follows(0)) == [*range(1, NEAR + 1), FAR - 1]


def test_every_pair_is_finite_numbers_of_one_width() -> None:
    lines = chat(("a", "几点？", ASKED, None), ("b", "嗯", TALK, 1), ("c", "8点" * 900, TALK, 2))
    talked = Talked(lines)
    rows = np.array([pair(talked, 0, at) for at in talked.follows(0)])
    assert rows.shape[0] == 2
    assert np.isfinite(rows).all()


def test_meanings_are_numbers_of_the_pair_where_they_are_known() -> None:
    lines = chat(("a", "几点供暖？", ASKED, None), ("b", "暖气晚上来", TALK, None))
    near = {1: np.array([1.0, 0.0], np.float32), 2: np.array([0.6, 0.8], np.float32)}
    assert Talked(lines, vectors=near).meant(0, 1) == pytest.approx(0.6)
    assert Talked(lines).meant(0, 1) == 0.0


@pytest.mark.parametrize(
    ("question", "answer", "met"),
    [
        ("几点来水？", "晚上8点", True),
        ("几点来水？", "哈哈", False),
        ("垃圾站在哪里？", "南门旁边", True),
    ],
)
def test_what_is_wanted_is_met_by_what_is_offered(question: str, answer: str, met: bool) -> None:
    assert (fits(wanted(question), offered(answer))[0] > 0) is met


def test_answers_begin_with_the_likeliest_first_one() -> None:
    linked = Linked(0, (1, 2, 3, 4), np.array([0.05, 0.8, 0.1, 0.7]))
    assert answers_of(linked, 0.3) == (2, 4)
    assert answers_of(linked, 0.9) == ()


def test_a_formal_reply_counts_however_far_away_it_is() -> None:
    idle = [("b", "🙂", TALK, None)] * (FAR + 40)
    [thread] = found(("a", "电梯几时修好？", ASKED, None), *idle, ("c", "下午三点", TALK, 1))
    assert thread.answers == (FAR + 42,)


def test_the_same_word_joins_a_call_for_companions_and_answers_nothing_else() -> None:
    call, question = "明天去菜市场有没有一起拼车的？", "明天停水吗？"
    for text, joined in ((call, [1]), (question, [])):
        talked = Talked(chat(("a", text, ASKED, None), ("b", "+1", TALK, None)))
        assert list(talked.follows(0)) == joined
