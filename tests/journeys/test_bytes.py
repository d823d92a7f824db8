"""The raw bytes of database and write-ahead log hold no words beyond the list of what is kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox import play
from tests.journeys.street import Street
from tests.loop.test_import import export, said

CLAIM = "【转发】紧急！小花园有毒蘑菇，千万别碰，赶紧转给家人！"
NEVER = {
    "chat": "晚霞",
    "reply": "枇杷",
    "edited": "芍药",
    "opted out": "木槿",
    "not understood": "海棠",
    "withdrawn": "蔷薇",
    "past": "栀子",
    "topic of the past": "忍冬",
    "canned": "转达了蜡梅",
    "recalled poll": "紫藤",
    "cancelled form": "丁香",
    "refused": "合欢",
    "dismissed later": "石榴",
    "masked": "13800001111",
    "a neighbour's name": "上官小满",
}
"""A word for every place where words come in and must not stay."""
KEPT = ("门禁", "毒蘑菇", "采光", "打气筒")
"""Words of open matters; they show that looking finds what is there."""


async def the_week(street: Street, folder: Path) -> None:
    """Everybody says something everywhere."""
    lin, wang, ming, group = street.lin, street.wang, street.ming, street.group
    stranger = street.played.person(NEVER["a neighbour's name"])
    play.join(street.played.telegram, group, stranger.id)
    talk = await street.says(stranger, f"今天的{NEVER['chat']}真好看", group)
    await street.says(wang, f"后院的{NEVER['reply']}也熟了", group, reply_to=talk.id)
    await street.edits(stranger, talk.id, f"改一下：是{NEVER['edited']}")
    await street.says(ming, f"物业在吗？{NEVER['opted out']}谁来浇水？", group)
    asked = await street.says(lin, f"物业在吗？{NEVER['withdrawn']}谁来修剪？", group)
    await street.says(street.li, f"收到，已{NEVER['canned']}", group, reply_to=asked.id)
    await street.says(lin, "撤回", group, reply_to=asked.id)
    await street.says(wang, f"物业在吗？门禁坏了，我的电话{NEVER['masked']}，谁来修？", group)
    await street.says(wang, CLAIM, group)
    await street.says(lin, f"我喜欢{NEVER['not understood']}")
    await street.says(lin, f"/answer 3 {NEVER['refused']}")
    await _votes(street)
    await _brings_the_past(street, folder)


async def _votes(street: Street) -> None:
    await street.types(street.chen, f"/poll {NEVER['recalled poll']}？|一|二")
    await street.taps(street.chen, "取消")
    await street.types(street.chen, f"/consult {NEVER['cancelled form']}")
    await street.taps(street.chen, "取消")
    await street.types(street.chen, "/consult 装电梯")
    await street.presses(street.chen, "没有材料", "不花钱", "3 天", "开始协商")
    await street.taps(street.lin, "反对（", street.group)
    await street.types(street.lin, "怕挡一楼采光")


async def _brings_the_past(street: Street, folder: Path) -> None:
    past = [
        said(2, f"请问{NEVER['past']}什么时候开？", 2, 1),
        said(3, "请问哪里有打气筒？", 3, 1),
        *(said(n, f"{NEVER['topic of the past']}花开了", n, 5000 + n) for n in range(10, 18)),
    ]
    telegram, chen = street.played.telegram, street.chen
    body = play.upload(telegram, "document", export(folder, past).read_bytes(), "result.json")
    play.write(telegram, chen, street.played.private(chen), body=body)
    await street.played.settle()
    await street.taps(chen, "记 2")


def raw(street: Street) -> str:
    """Every byte of the database, of its write-ahead log and of whatever else lies beside."""
    street.played.service.ticker.tidy()
    folder, name = street.played.path.parent, street.played.path.name
    return "\n".join(
        path.read_bytes().decode("utf-8", "replace")
        for path in sorted(folder.glob(f"{name}*"))
        if path.is_file()
    )


def unkept(bytes_: str) -> set[str]:
    return {where for where, words in NEVER.items() if words in bytes_}


async def test_no_word_stays_that_is_not_on_the_list(street: Street, tmp_path: Path) -> None:
    await the_week(street, tmp_path)
    found = raw(street)
    assert [word for word in KEPT if word not in found] == []
    assert unkept(found) == set()
    await street.played.restart()
    await street.played.later(minutes=2)
    assert unkept(raw(street)) == set()


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.timeout(120)
async def test_thirty_days_after_the_end_the_words_of_matters_are_gone_too(
    street: Street, tmp_path: Path
) -> None:
    await the_week(street, tmp_path)
    with street.played.database.work() as work:
        street.played.service.tools.desks.privacy.begin(work)
    await street.taps(street.chen, "这不是说法")
    await street.says(street.li, "/answer 2 读卡器坏了，周三换好")
    await street.played.later(days=3, minutes=1)
    await street.played.restart()
    await street.taps(street.chen, "先答复最多人的担心")
    await street.types(street.chen, "怕暗", "做了测算。")
    await street.taps(street.chen, "写结果")
    await street.types(street.chen, "再议。")
    await street.presses(street.chen, "1 个月后", "公布结果")
    await street.played.later(days=31)
    await street.taps(street.chen, "结束")
    await street.played.later(days=32)
    found = raw(street)
    assert [word for word in ("门禁", "毒蘑菇", "采光", "千万别碰") if word in found] == []


async def test_no_table_holds_a_name_or_the_words_of_an_update_that_is_done(
    street: Street, tmp_path: Path
) -> None:
    await the_week(street, tmp_path)
    street.played.service.ticker.tidy()
    with closing(sqlite3.connect(street.played.path)) as database:
        assert database.execute("SELECT count(*) FROM arrivals WHERE raw != ''").fetchone() == (0,)
        assert database.execute(
            "SELECT count(*) FROM letters WHERE state = 'sent' AND body IS NOT NULL"
        ).fetchone() == (0,)
        dump = "\n".join(database.iterdump())
    for user in (street.lin, street.wang, street.ming, *street.neighbours):
        assert user.first_name not in dump
