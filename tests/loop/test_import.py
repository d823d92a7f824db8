"""A group's past: read once, shown once, kept only where somebody taps."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.analysis import ExportReader, PlainReader
from bot.domain.importing import BadExport
from bot.sandbox import play
from bot.sandbox.actors import Chat, User
from tests.played import Played

BEGIN = datetime(2026, 8, 1, 1, 0, tzinfo=UTC)


def said(id: int, text: object, author: int = 1, minutes: int = 0, **more: Any) -> dict[str, Any]:
    at = BEGIN + timedelta(minutes=minutes)
    return {
        "id": id,
        "type": "message",
        "date": at.replace(tzinfo=None).isoformat(),
        "date_unixtime": str(int(at.timestamp())),
        "from": f"人{author}",
        "from_id": f"user{author}",
        "text": text,
    } | more


MESSAGES = [
    {"id": 1, "type": "service", "action": "create_group", "date": "2026-08-01T00:00:00"},
    said(2, "请问2号楼门禁坏了找谁修？", 1, 1),
    said(3, ["请问 ", {"type": "bold", "text": "居住证"}, " 在哪里办？"], 2, 2),
    said(4, "居委会一楼，带身份证", 3, 5, reply_to_message_id=3),
    said(5, "早上好", 4, 10),
    said(6, "有人知道北门的路灯什么时候修吗？", 5, 20, edited="2026-08-01T02:00:00"),
    said(7, "我也想知道", 6, 25, reply_to_message_id=6),
    said(8, "快递柜的取件码收不到怎么办？", 7, 30, topic_id=3),
    said(9, "快递柜取件码收不到就打柜子上的电话", 8, 33),
    said(10, "", 8, 34, media_type="sticker"),
    said(11, "今天天气不错", 9, 60 * 24 * 30),
]


def export(folder: Path, messages: object = MESSAGES, **more: Any) -> Path:
    path = folder / "result.json"
    body = {"name": "春晖里", "type": "private_supergroup", "id": 1, "messages": messages}
    path.write_text(json.dumps(body | more, ensure_ascii=False), "utf-8")
    return path


def test_an_export_yields_what_nobody_answered_with_its_age(tmp_path: Path) -> None:
    found = ExportReader(PlainReader()).read(export(tmp_path))
    assert (found.messages, found.people, found.days) == (10, 9, 30)
    assert [q.text for q in found.forgotten] == [
        "请问2号楼门禁坏了找谁修？",
        "有人知道北门的路灯什么时候修吗？",
    ]
    assert {found.age(q) for q in found.forgotten} == {29}


def test_topics_are_words_of_five_people_or_more(tmp_path: Path) -> None:
    messages = [said(n, f"电梯又停在{n}楼了", n, n) for n in range(2, 9)]
    assert ExportReader(PlainReader()).read(export(tmp_path, messages)).topics[0] == ("电梯", 7)
    few = [said(n, f"电梯又停在{n}楼了", n % 3, n) for n in range(2, 9)]
    assert ExportReader(PlainReader()).read(export(tmp_path, few)).topics == ()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "import.no_json"),
        (b"not json at all", "import.no_json"),
        (b'{"messages": [{"id": 1, "type": "mess', "import.no_json"),
        (b'{"chats": {"list": []}}', "import.no_messages"),
        (b'{"messages": []}', "import.no_messages"),
        (b'{"messages": [1, "x", null, {"type": "message"}]}', "import.no_messages"),
        (b"[1, 2, 3]", "import.no_messages"),
        (b"\xff\xfe\x00\x01", "import.no_json"),
    ],
)
def test_other_files_are_declined(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(content)
    with pytest.raises(BadExport) as declined:
        ExportReader(PlainReader()).read(path)
    assert declined.value.key == key


def test_strange_messages_are_passed_over(tmp_path: Path) -> None:
    strange = [
        said(1, None),
        said(2, {"type": "bold"}),
        said(3, [None, 5, {"text": 7}]),
        said(4, "好吗\u0000", 2),
        {"id": 5, "type": "message", "date": "x", "text": "a"},
        said("x", "请问几点开门？"),  # type: ignore[arg-type]  # an id that is no number
        said(7, "请问几点开门？", date_unixtime="9" * 30),
    ]
    found = ExportReader(PlainReader()).read(export(tmp_path, strange))
    assert found.messages == 5


async def sends(played: Played, user: User, content: bytes, name: str = "result.json") -> None:
    body = play.upload(played.telegram, "document", content, name)
    play.write(played.telegram, user, played.private(user), body=body)
    await played.settle()


@pytest.mark.http
async def test_a_manager_sends_the_export_and_a_tap_makes_a_matter(
    played: Played, chen: User, lin: User, group: Chat, tmp_path: Path
) -> None:
    await sends(played, chen, export(tmp_path).read_bytes())
    assert played.shows(chen, "可能没人回的问题 2 个（最久 29 天）")
    assert played.shows(chen, "1. 「请问2号楼门禁坏了找谁修？」（29 天前）")
    played.database.checkpoint()
    assert "北门的路灯".encode() not in played.path.read_bytes()
    await played.restart()
    assert "记成事项了，#1" in await played.taps(chen, "记 1")
    assert "已经记过了，#1" in await played.taps(chen, "记 1")
    await played.says(chen, "/inbox")
    played.button(played.private(chen), "门禁")
    raw = played.path.read_bytes()
    assert "居住证".encode() not in raw


async def test_nobody_else_can_bring_a_past(
    played: Played, lin: User, group: Chat, tmp_path: Path
) -> None:
    await sends(played, lin, export(tmp_path).read_bytes())
    assert played.shows(lin, "相应的管理角色")
    assert not [c for c in played.telegram.calls if c["method"] == "getFile"]


async def test_another_file_gets_one_clear_line(played: Played, chen: User, group: Chat) -> None:
    await sends(played, chen, b"hello", "notes.txt")
    await sends(played, chen, b"hello", "result.json")
    assert played.shows(chen, "不是一份聊天记录导出") == 2
