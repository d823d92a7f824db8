"""Learning from people: taps are labels, and words stay only where a community lends them."""

from bot.domain.label import Finding, Label, Sample
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.loop.test_rumours import POISON
from tests.played import Played

ASKED = "物业在吗？2号楼门禁什么时候修好？我的电话13812345678"


def labels(played: Played) -> tuple[Label, ...]:
    with played.database.work() as work:
        return work.labels.since(work.communities.all()[0].id, "")


def samples(played: Played) -> tuple[Sample, ...]:
    with played.database.work() as work:
        return work.labels.samples(work.communities.all()[0].id)


def bytes_of(played: Played) -> bytes:
    """Everything in the file and in its write-ahead log."""
    played.database.checkpoint()
    log = played.path.with_name(f"{played.path.name}-wal")
    return played.path.read_bytes() + (log.read_bytes() if log.exists() else b"")


async def lends(played: Played, chen: User, how: str = "打开") -> None:
    """陈雪 switches 〔用于改进识别〕."""
    await played.says(chen, "/settings")
    await played.taps(chen, "用于改进识别")
    await played.taps(chen, how)


async def test_what_staff_do_with_a_question_says_whether_it_was_one(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    said = await played.says(lin, ASKED, group)
    await played.taps(li, "我来处理")
    (one,) = labels(played)
    assert (one.finding, one.flagged, one.truth) == (Finding.QUESTION, True, True)
    assert (one.judge, one.message, one.audited) == ("property", said.id, False)
    assert one.score is not None
    assert one.score >= 0.4
    await played.taps(li, "不是问题")
    assert [each.truth for each in labels(played)] == [False]


async def test_a_label_knows_no_word_and_nobody(
    played: Played, li: User, lin: User, group: Chat
) -> None:
    await played.says(lin, ASKED, group)
    await played.taps(li, "我来处理")
    with played.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM labels").all()
        assert connection.exec_driver_sql("SELECT count(*) FROM samples").scalar() == 0
    assert len(rows) == 1
    assert not {str(lin.id), str(li.id)} & {str(value) for value in rows[0]}
    assert "门禁" not in str(rows[0])


async def test_an_answer_that_staff_write_says_that_it_was_a_question(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, ASKED, group)
    await played.says(chen, "/answer 1 周三修好，配件已经到了")
    assert [(one.finding, one.truth) for one in labels(played)] == [(Finding.QUESTION, True)]


async def test_a_danger_is_judged_as_a_danger(
    played: Played, chen: User, lin: User, group: Chat
) -> None:
    await played.says(lin, "3号楼楼道里有很浓的煤气味！", group)
    await played.taps(chen, "不是问题")
    assert [(one.finding, one.flagged, one.truth) for one in labels(played)] == [
        (Finding.HAZARD, True, False)
    ]


async def test_what_is_done_with_a_claim_says_whether_it_needed_checking(
    played: Played, chen: User, lin: User, wang: User, group: Chat
) -> None:
    await played.says(lin, POISON, group)
    await played.taps(chen, "发“正在核实”")
    assert [(one.finding, one.truth) for one in labels(played)] == [(Finding.CLAIM, True)]
    await played.says(wang, "听说下个月物业费要涨到每平米八块，转给邻居们", group)
    await played.taps(chen, "这不是说法")
    assert [one.truth for one in labels(played)] == [True, False]


async def test_the_asker_says_whether_a_neighbours_reply_was_the_answer(
    played: Played, lin: User, wang: User, group: Chat
) -> None:
    said = await played.says(lin, ASKED, group)
    reply = await played.says(wang, "物业说周三下午来换读卡器", group, reply_to=said.id)
    await played.taps(lin, "还没解决")
    (one,) = labels(played)
    assert (one.finding, one.message, one.truth, one.judge) == (
        Finding.ANSWER,
        reply.id,
        False,
        "asker",
    )
    again = await played.says(wang, "昨天下午真的换好了", group, reply_to=said.id)
    await played.taps(lin, "解决了")
    assert {(each.message, each.truth) for each in labels(played)} == {
        (reply.id, False),
        (again.id, True),
    }


async def test_no_word_stays_with_a_label_unless_the_community_lends_it(
    played: Played, chen: User, li: User, lin: User, wang: User, group: Chat
) -> None:
    await played.says(lin, ASKED, group)
    await played.taps(li, "不是问题")
    assert samples(played) == ()
    await lends(played, chen)
    await played.says(wang, ASKED.replace("2号楼", "3号楼"), group)
    await played.taps(li, "不是问题")
    (one,) = samples(played)
    assert one.text == "物业在吗？3号楼门禁什么时候修好？我的电话【电话】"
    assert (one.finding, one.truth) == (Finding.QUESTION, False)
    assert b"13812345678" not in bytes_of(played)


async def test_lent_words_are_gone_at_once_when_it_is_switched_off(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await lends(played, chen)
    said = await played.says(lin, ASKED, group)
    await played.taps(li, "不是问题")
    with played.database.work() as work:
        matter = work.matters.said_at(group.id, said.id)  # type: ignore[arg-type]  # a plain id
        assert matter is not None
        work.matters.drop(matter.id)
    assert "门禁什么时候修好".encode() in bytes_of(played)
    await lends(played, chen, "关掉")
    assert samples(played) == ()
    assert "门禁什么时候修好".encode() not in bytes_of(played)
    await played.says(chen, "/audit")
    assert played.shows(chen, "setting:samples_on")
    assert played.shows(chen, "setting:samples_off")


async def test_lent_words_go_with_whoever_said_them(
    played: Played, chen: User, li: User, lin: User, wang: User, group: Chat
) -> None:
    await lends(played, chen)
    for who, house in ((lin, "2号楼"), (wang, "3号楼")):
        await played.says(who, ASKED.replace("2号楼", house), group)
        await played.taps(li, "不是问题")
    await played.says(lin, "/mydata")
    assert played.shows(lin, "用于改进识别的句子：1 条")
    await played.says(lin, "/optout", group)
    assert [one.text[5:9] for one in samples(played)] == ["3号楼门"]
    await played.says(wang, "/optout", group)
    assert samples(played) == ()
    assert len(labels(played)) == 2


async def test_being_forgotten_takes_lent_words_along(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await lends(played, chen)
    await played.says(lin, ASKED, group)
    await played.taps(li, "不是问题")
    await played.says(lin, "/forget")
    await played.taps(lin, "确认删除")
    assert samples(played) == ()
    assert [one.message for one in labels(played)] == [None]


async def test_only_those_who_may_change_settings_lend_words_and_everybody_may_read_of_it(
    played: Played, lin: User, group: Chat
) -> None:
    await played.says(lin, "/settings")
    assert played.shows(lin, "用于改进识别") == 0
    await played.says(lin, "/privacy")
    assert played.shows(lin, "用于改进识别：默认关")


async def test_lent_words_go_when_the_bot_is_sent_away(
    played: Played, chen: User, li: User, lin: User, group: Chat
) -> None:
    await lends(played, chen)
    await played.says(lin, ASKED, group)
    await played.taps(li, "不是问题")
    assert len(samples(played)) == 1
    play.leave(played.telegram, group, played.bot.id, chen.id)
    await played.settle()
    assert samples(played) == ()
    assert [one.message for one in labels(played)] == [None]
