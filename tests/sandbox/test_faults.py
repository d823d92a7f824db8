"""Faults strike as they were set, once or for ever, and the same with the same seed."""

import json

import pytest

from bot.sandbox.faces import Reply, answer
from bot.sandbox.faults import Fault, Kind
from tests.canary import CANARY
from tests.sandbox.town import Town


async def sent(town: Town, chat: int, text: str = "x") -> Reply:
    return await answer(town.api, CANARY, "sendMessage", {"chat_id": chat, "text": text})


@pytest.mark.parametrize(
    ("kind", "effect", "status", "cut", "body"),
    [
        ("lost", True, 200, True, b""),
        ("dropped", False, 200, True, b""),
        ("flood", False, 429, False, b'"retry_after": 3'),
        ("server_error", False, 500, False, b"Internal Server Error"),
        ("bad_gateway", False, 502, False, b"<html>"),
        ("empty", True, 200, False, b""),
        ("no_result", True, 200, False, b'{"ok":true}'),
        ("delayed", True, 200, False, b"message_id"),
    ],
)
async def test_a_fault_strikes_once(
    town: Town, kind: Kind, effect: bool, status: int, cut: bool, body: bytes
) -> None:
    group = town.group()
    town.api.faults.add(Fault(kind, method="sendMessage", seconds=3))
    before = len(group.messages)
    reply = await sent(town, group.id)
    assert (reply.status, reply.cut, body in reply.body) == (status, cut, True)
    assert (len(group.messages) > before) is effect
    assert reply.delay == (3 if kind == "delayed" else 0)
    assert json.loads((await sent(town, group.id)).body)["ok"] is True
    assert town.api.faults.json() == []


async def test_a_fault_strikes_only_its_method_and_chat(town: Town) -> None:
    one, two = town.group(), town.group(title="二")
    town.api.faults.add(Fault("dropped", method="sendmessage", chat=str(two.id), count=-1))
    assert not (await sent(town, one.id)).cut
    assert [(await sent(town, two.id)).cut for _ in range(3)] == [True, True, True]
    town.api.faults.clear()
    assert not (await sent(town, two.id)).cut


async def test_the_same_seed_strikes_the_same_calls() -> None:
    async def struck() -> list[bool]:
        town = Town()
        group = town.group()
        town.api.faults.add(Fault("dropped", count=-1, probability=0.4))
        return [(await sent(town, group.id)).cut for _ in range(40)]

    first = await struck()
    assert first == await struck()
    assert {True, False} == set(first)


async def test_the_queue_can_hold_unreadable_and_repeated_updates(town: Town) -> None:
    group = town.group()
    town.api.faults.add(Fault("malformed"))
    town.api.faults.add(Fault("duplicate", seconds=1))
    assert not (await sent(town, group.id)).cut
    first = json.loads((await answer(town.api, CANARY, "getUpdates", {})).body)["result"]
    assert len(first) == 1
    again = {"offset": first[0]["update_id"] + 1}
    repeated = json.loads((await answer(town.api, CANARY, "getUpdates", again)).body)["result"]
    assert repeated == first


async def test_the_call_log_tells_what_became_of_each_call(town: Town) -> None:
    group = town.group()
    town.api.faults.add(Fault("dropped"))
    await sent(town, group.id)
    await sent(town, group.id)
    await sent(town, 5)
    lost, done, declined = town.world.calls[-3:]
    assert (lost["outcome"], done["outcome"]) == ("dropped", "ok")
    assert declined["outcome"] == "400 Bad Request: chat not found"
    assert done["params"] == {"chat_id": group.id, "text": "x"}
    assert done["result"]["text"] == "x"
    assert done["n"] == lost["n"] + 1
