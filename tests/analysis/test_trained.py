"""The reader that learned: its gates, its place in the talk, and its limits."""

from datetime import UTC, datetime, timedelta

import opencc
import pytest

from bot.analysis import reader_named
from bot.analysis.trained import TrainedReader
from bot.domain.talk import (
    ASKS,
    CLAIMS,
    Alone,
    Coming,
    Heard,
    Message,
    Mood,
    Reader,
    Reading,
    remembered,
)

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = reader_named("plain")
    assert found is not None
    return found


def read(reader: Reader, text: str) -> Reading:
    return reader.read(Message(text), ())


@pytest.mark.parametrize(
    "text",
    [
        "明天上午几点停水？",
        "请问物业电话多少",
        "快递柜在哪个门",
        "有没有人知道居住证怎么办",
        "收到",
        "好的，知道了",
        "收到，谢谢",
        "感谢反馈",
        "谢谢",
        "晚上七点开会",
        "【通知】明天上午 9 点至 11 点清洗水箱，请提前储水。",
        "温馨提示：本周六消防演练，请勿惊慌。",
    ],
)
def test_questions_thanks_acknowledgements_and_notices_read_neutral(
    reader: Reader, text: str
) -> None:
    assert read(reader, text).mood is Mood.NEUTRAL


@pytest.mark.parametrize(
    "text", ["呵呵，物业真负责", "呵呵 物业可真行，太棒了", "真会办事，厉害了我的物业，呵呵"]
)
def test_irony_is_never_taken_for_praise(reader: Reader, text: str) -> None:
    assert read(reader, text).mood in (Mood.UNKNOWN, Mood.NEGATIVE)


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("谢谢物业小李，十分钟就修好了，太给力了", Mood.POSITIVE),
        ("楼下桂花开了，好香，真开心", Mood.POSITIVE),
        ("物业光收钱不干活，太过分了", Mood.NEGATIVE),
        ("楼上天天半夜装修，吵死了，受不了", Mood.NEGATIVE),
    ],
)
def test_plain_praise_and_plain_anger_are_told_apart(
    reader: Reader, text: str, mood: Mood
) -> None:
    assert read(reader, text).mood is mood


@pytest.mark.parametrize(
    "text",
    ["2号楼门禁又刷不开了，有人知道找谁吗", "求一个靠谱的通下水道师傅电话", "物业在不在 几点来修"],
)
def test_what_needs_an_answer_asks_and_shows_its_words(reader: Reader, text: str) -> None:
    found = read(reader, text)
    assert found.asks >= ASKS
    assert any(words in text for words in found.evidence)


@pytest.mark.parametrize("text", ["吃了吗您", "难道我们交的钱是白交的？", "早上好", "我家也是"])
def test_what_needs_no_answer_does_not_ask(reader: Reader, text: str) -> None:
    assert read(reader, text).asks < ASKS


def test_hearsay_of_public_concern_is_a_claim_and_a_walk_is_none(reader: Reader) -> None:
    told = read(reader, "听说自来水厂出事了，大家千万别喝，赶紧转给家里人")
    assert told.claim >= CLAIMS
    assert told.high_risk
    assert read(reader, "吃完饭下楼走走").claim < CLAIMS


def test_whoever_is_judged_is_named_with_how(reader: Reader) -> None:
    assert ("property", -1) in read(reader, "物业太不负责了，电梯坏了三天没人管").targets
    assert ("property", 1) in read(reader, "给物业点赞，门禁半小时就修好了").targets


def test_what_was_said_before_changes_what_a_message_says(reader: Reader) -> None:
    doubtful = Message("真的假的", at=NOON, author="b")
    rumour = Reading(alone=Alone(0.2, 0.0, 0.0, 0.95))
    before = tuple(
        Heard(n, NOON - timedelta(minutes=3 - n), f"a{n}", "", None, rumour) for n in range(3)
    )
    assert reader.read(doubtful, before).claim > reader.read(doubtful, ()).claim


def test_a_judgement_that_names_nobody_is_of_whom_was_just_spoken(reader: Reader) -> None:
    before: list[Heard] = []
    for n, text in enumerate(("街道说年底前修好路", "街道去年也这么说")):
        told = Message(text, at=NOON, author=f"a{n}", number=n)
        before.append(remembered(told, NOON, reader.read(told, before)))
    bitter = Message("收了钱就不管事了", at=NOON, author="b")
    assert ("government", -1) in reader.read(bitter, before).targets
    assert reader.read(bitter, ()).targets == ()


def test_who_feels_nothing_judges_nobody(reader: Reader) -> None:
    before = [Heard(1, NOON, "a", "", None, Reading(names=("property",)))]
    found = reader.read(Message("周三的垃圾车", at=NOON, author="b"), before)
    assert found.mood is Mood.NEUTRAL
    assert found.targets == ()


TALK = (
    "電梯又壞了，物業到底管不管？",
    "聽說明天停水，是真的嗎",
    "謝謝樓下王阿姨幫我收快遞",
    "請問垃圾幾點可以丟",
)


@pytest.mark.parametrize("text", TALK)
def test_both_scripts_read_the_same(reader: Reader, text: str) -> None:
    simplified = opencc.OpenCC("t2s").convert(text)
    assert simplified != text
    assert read(reader, simplified) == read(reader, text)


def test_staff_who_acknowledge_judge_nobody(reader: Reader) -> None:
    assert read(reader, "收到，谢谢").targets == ()


def test_what_was_looked_at_ahead_reads_the_same_and_is_forgotten() -> None:
    texts = ["明天上午几点停水？", "物业真负责，谢谢", "听说要拆了", "", "【通知】明天停电"]
    messages = [Message(text, role=role) for text in texts for role in ("", "property")]
    alone, ahead = reader_named("plain"), reader_named("plain")
    assert alone is not None
    assert ahead is not None
    ahead.ahead([Coming(tuple(messages))])
    assert [ahead.read(one, ()) for one in messages] == [alone.read(one, ()) for one in messages]
    ahead.ahead(())
    assert "停水" not in str(vars(ahead))


SPEECH = (
    ("lin", "明天上午几点停水？"),
    ("wang", "真是的，又停"),
    ("li", "听说是水管爆了"),
    ("", "【通知】明天停电"),
    ("lin", "谢谢物业，九点就来了"),
    ("li", "[捂脸]"),
    ("wang", "是真的吗"),
)


def spoken() -> Coming:
    """A talk of which each message has its place."""
    messages = tuple(
        Message(text, at=NOON + timedelta(minutes=n), author=author, reply_to=n - 1, number=n)
        for n, (author, text) in enumerate(SPEECH, 1)
    )
    return Coming(messages)


def after(one: Message, reading: Reading) -> Heard:
    """A message as it is remembered."""
    return remembered(one, one.at or NOON, reading)


@pytest.mark.parametrize("comes", ["all", "not the third", "backwards"])
def test_a_reading_never_depends_on_having_been_expected(comes: str) -> None:
    alone, ahead = reader_named("plain"), reader_named("plain")
    assert alone is not None
    assert ahead is not None
    coming = spoken()
    ahead.ahead([coming])
    heard = {
        "all": coming.messages,
        "not the third": coming.messages[:2] + coming.messages[3:],
        "backwards": coming.messages[::-1],
    }[comes]
    before: list[Heard] = []
    for one in heard:
        reading = alone.read(one, before)
        assert ahead.read(one, before) == reading
        before.append(after(one, reading))


def test_what_came_as_expected_is_not_weighed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, coming, before = reader_named("plain"), spoken(), list[Heard]()
    assert reader is not None
    reader.ahead([coming])
    monkeypatch.setattr(TrainedReader, "placed", None)
    for one in coming.messages:
        before.append(after(one, reader.read(one, before)))
