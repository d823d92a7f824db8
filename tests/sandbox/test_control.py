"""The control API: every way in is described, works, and declines in one line."""

import base64
from typing import Any

import pytest

from bot.sandbox.control.table import WAYS
from tests.canary import CANARY
from tests.sandbox.phone import Phone

BOT = int(CANARY.partition(":")[0])


async def test_every_way_in_is_described(phone: Phone) -> None:
    described = await phone.see("openapi.json")
    listed = {(path, verb) for path, verbs in described["paths"].items() for verb in verbs}
    assert listed == {(way.path, way.method.lower()) for way in WAYS}
    for verbs in described["paths"].values():
        assert all(operation["summary"] for operation in verbs.values())
    docs = (await phone.http.get("/sandbox/docs")).text
    assert all(way.path in docs for way in WAYS)
    assert "http://" not in docs.replace("http://127.0.0.1", "")


async def test_a_day_in_a_group_can_be_played(phone: Phone) -> None:
    await phone.call(CANARY, "getMe")
    wang, li = await phone.user("王"), await phone.user("李", username="li_wei")
    group = await phone.group(wang, li)
    await phone.do(f"chats/{group}/add", user=BOT, by=wang)
    await phone.do(f"chats/{group}/promote", user=BOT, rights={"can_pin_messages": True})
    said = (await phone.do("send", user=li, chat=group, text="*hi*", parse_mode="MarkdownV2"))[
        "message"
    ]
    await phone.do("edit", user=li, chat=group, message=said, text="hello")
    await phone.do("react", user=wang, chat=group, message=said, emoji=["👍"])
    await phone.do("pin", user=wang, chat=group, message=said)
    await phone.do("unpin", user=wang, chat=group, message=said)
    await phone.do("send", user=wang, chat=group, text="re", reply_to=said, anonymous=True)
    picture = {"kind": "photo", "base64": base64.b64encode(b"x").decode()}
    await phone.do("send", user=li, chat=group, upload=picture, text="门口", album="a")
    await phone.do("send", user=wang, chat=group, forward={"chat": group, "message": said})
    asked = {"question": "?", "options": ["a", "b"], "is_anonymous": False}
    poll = (await phone.do("send", user=li, chat=group, poll=asked))["message"]
    await phone.do("vote", user=wang, chat=group, message=poll, options=[0])
    await phone.do("delete", user=li, chat=group, message=said)
    seen = await phone.messages(li, chat=group)
    assert [m["text"] for m in seen if not m["service"]] == ["re", "门口", "hello", ""]
    await phone.do(f"chats/{group}/restrict", user=li, permissions={})
    await phone.do(f"chats/{group}/demote", user=BOT)
    await phone.do(f"chats/{group}/title", by=wang, title="新")
    await phone.do(f"chats/{group}/remove", user=BOT, by=wang)
    await phone.do(f"chats/{group}/leave", user=li)
    [listed] = await phone.see("chatlist", user=wang)
    assert listed["title"] == "新"


async def test_channels_forums_and_migration_can_be_played(phone: Phone) -> None:
    await phone.call(CANARY, "getMe")
    wang = await phone.user("王")
    forum = await phone.group(wang, BOT, kind="forum")
    topic = (await phone.do(f"chats/{forum}/topics", by=wang, name="停水"))["topic"]
    await phone.do("send", user=wang, chat=forum, topic=topic, text="x")
    assert (await phone.messages(wang, chat=forum))[-1]["topic"] == topic
    channel = (await phone.do("chats", type="channel", title="通知", creator=wang))["id"]
    await phone.do(f"chats/{channel}/link", group=forum)
    await phone.do("channel_post", channel=channel, text="停水")
    assert (await phone.messages(wang, chat=forum))[-1]["forwarded_from"] == "通知"
    basic = await phone.group(wang, BOT, kind="group")
    moved = await phone.do(f"chats/{basic}/migrate", by=wang)
    assert moved["type"] == "supergroup"
    answer = await phone.call(CANARY, "sendMessage", chat_id=basic, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": moved["id"]}


async def test_the_queue_the_clock_and_the_log_are_in_hand(phone: Phone) -> None:
    await phone.call(CANARY, "getMe")
    li = await phone.user("李")
    await phone.do("start", user=li, bot=BOT, payload="x")
    injected = (await phone.do("updates", bot=BOT, update={"poll": 5}, times=2))["update_ids"]
    await phone.do("malformed", bot=BOT)
    assert (await phone.see("state"))["pending"] == {str(BOT): 4}
    found = (await phone.call(CANARY, "getUpdates"))["result"]
    assert [u["update_id"] for u in found][1:3] == injected
    assert await phone.do("idle", bot=BOT, wait_seconds=0) == {"idle": False, "pending": 4}
    await phone.call(CANARY, "getUpdates", offset=found[-1]["update_id"] + 1)
    assert (await phone.do("idle", bot=BOT))["idle"] is True
    await phone.do("duplicate", bot=BOT, count=2)
    assert len((await phone.call(CANARY, "getUpdates"))["result"]) == 2
    await phone.do("clock", speed=0, set="2026-11-23T10:00:00+08:00")
    assert (await phone.do("clock", advance=60))["now"] == "2026-11-23T02:01:00+00:00"
    await phone.do("block", user=li, bot=BOT)
    await phone.do("unblock", user=li, bot=BOT)
    await phone.call(CANARY, "sendMessage", chat_id=li, text="x")
    [call] = await phone.see("calls", method="sendmessage")
    assert (call["outcome"], call["params"]["text"]) == ("ok", "x")
    assert await phone.see("calls", after=call["n"] + 1) == []
    await phone.do("faults", kind="flood", count=3)
    assert (await phone.see("faults"))[0]["count"] == 3
    await phone.http.delete("/sandbox/faults")
    assert await phone.see("faults") == []


@pytest.mark.parametrize(
    ("path", "asked", "code", "words"),
    [
        ("users", {}, 400, "first_name: Field required"),
        ("users", {"first_name": "x", "age": 5}, 400, "age: Extra inputs are not permitted"),
        ("send", {"user": 5, "text": "x"}, 404, "Not Found: there is no user 5"),
        ("chats/-5/join", {"user": 1}, 404, "Not Found: there is no chat -5"),
        ("chats/x/join", {"user": 1}, 400, "the chat is no number"),
        ("clock", {"set": "yesterday"}, 400, "the time is not ISO 8601"),
        ("clock", {"set": "2026-11-23T10:00:00"}, 400, "the time has no zone"),
        ("bots", {"bot": 5}, 404, "Not Found: there is no bot 5"),
    ],
)
async def test_what_cannot_be_done_is_told_in_one_line(
    phone: Phone, path: str, asked: dict[str, Any], code: int, words: str
) -> None:
    answer = await phone.http.post(f"/sandbox/{path}", json=asked)
    assert answer.status_code == code
    assert answer.json()["description"].removeprefix("Bad Request: ") == words
