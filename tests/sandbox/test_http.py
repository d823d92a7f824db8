"""The Bot API over a real socket: however a call is sent, it is answered as Telegram answers."""

import asyncio
import json
import subprocess
import sys

import httpx
import pytest

from bot.sandbox.api import Api
from bot.sandbox.serve import PortTaken, listening, serve, served
from tests.canary import CANARY
from tests.sandbox.phone import Phone
from tests.sandbox.town import PNG, Town

BOT = int(CANARY.partition(":")[0])


async def started(phone: Phone) -> int:
    await phone.call(CANARY, "getMe")
    user = await phone.user("李")
    await phone.do("start", user=user, bot=BOT)
    return user


async def test_parameters_come_as_json_form_multipart_or_in_the_address(phone: Phone) -> None:
    user, path = await started(phone), f"/bot{CANARY}/sendMessage"
    asked = {"chat_id": str(user), "text": "x 你"}
    files = {"ignored": ("a.txt", b"x")}
    answers = [
        await phone.http.post(path, json=asked),
        await phone.http.post(path, data=asked),
        await phone.http.post(path, data=asked, files=files),
        await phone.http.get(path, params=asked),
        await phone.http.get(path.replace("sendMessage", "SENDMESSAGE"), params=asked),
    ]
    assert [a.json()["result"]["text"] for a in answers] == ["x 你"] * 5


async def test_files_go_up_and_down(phone: Phone) -> None:
    user = await started(phone)
    media = [
        {"type": "photo", "media": "attach://one"},
        {"type": "photo", "media": "attach://two"},
    ]
    answer = await phone.http.post(
        f"/bot{CANARY}/sendMediaGroup",
        data={"chat_id": user, "media": json.dumps(media)},
        files={"one": ("1.png", PNG), "two": ("2.png", PNG)},
    )
    first, _ = answer.json()["result"]
    id = first["photo"][0]["file_id"]
    path = (await phone.call(CANARY, "getFile", file_id=id))["result"]["file_path"]
    assert (await phone.http.get(f"/file/bot{CANARY}/{path}")).content == PNG
    assert (await phone.http.get(f"/sandbox/files/{id}")).content == PNG
    assert (await phone.http.get(f"/file/bot{CANARY}/files/none")).status_code == 404
    assert (await phone.http.get("/file/bot1:x/files/none")).status_code == 401


async def test_errors_have_telegrams_form_and_status(phone: Phone) -> None:
    await started(phone)
    for method, code in (("sendMessage", 400), ("nothing", 404)):
        answer = await phone.http.post(f"/bot{CANARY}/{method}", json={})
        assert (answer.status_code, answer.json()["error_code"]) == (code, code)
        assert answer.headers["content-type"] == "application/json"
    await phone.do("bots", bot=BOT, revoked=True)
    assert (await phone.call(CANARY, "getMe"))["description"] == "Unauthorized"


async def test_a_long_poll_waits_and_a_second_one_ends_it(phone: Phone) -> None:
    user = await started(phone)
    first = await phone.call(CANARY, "getUpdates", offset=-1)
    after = first["result"][0]["update_id"] + 1
    waiting = asyncio.create_task(phone.call(CANARY, "getUpdates", offset=after, timeout=30))
    assert await phone.do("idle", bot=BOT) == {"idle": True, "pending": 0}
    await phone.do("send", user=user, bot=BOT, text="x")
    assert (await waiting)["result"][0]["message"]["text"] == "x"
    before = phone.api.world.bots[BOT].polling
    waiting = asyncio.create_task(phone.call(CANARY, "getUpdates", offset=after + 1, timeout=30))
    while phone.api.world.bots[BOT].polling == before:
        await phone.see("state")
    await phone.call(CANARY, "getUpdates", offset=after + 1, timeout=0)
    ended = await waiting
    assert (ended["error_code"], ended["ok"]) == (409, False)
    assert ended["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_a_broken_connection_brings_not_one_byte(phone: Phone) -> None:
    user = await started(phone)
    await phone.do("faults", kind="lost", method="sendMessage")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await phone.call(CANARY, "sendMessage", chat_id=user, text="kept")
    assert (await phone.messages(user, bot=BOT))[-1]["text"] == "kept"
    await phone.do("faults", kind="bad_gateway", method="sendMessage")
    answer = await phone.http.post(
        f"/bot{CANARY}/sendMessage", json={"chat_id": user, "text": "x"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (
        502,
        "text/html; charset=utf-8",
    )


async def test_flood_limits_are_on_over_http_unless_turned_off() -> None:
    town = Town()
    group = town.group()
    async with served(town.world) as address, httpx.AsyncClient(base_url=address) as http:
        asked = {"chat_id": group.id, "text": "x"}
        codes = [
            (await http.post(f"/bot{CANARY}/sendMessage", json=asked)).status_code
            for _ in range(11)
        ]
        await http.post("/sandbox/flood", json={"on": False})
        codes.append((await http.post(f"/bot{CANARY}/sendMessage", json=asked)).status_code)
    assert codes == [200] * 10 + [429, 200]


async def test_a_port_in_use_is_told_in_one_line() -> None:
    sock = listening(0)
    port = sock.getsockname()[1]
    with pytest.raises(PortTaken, match=f"port {port} is in use"):
        async with served(Api(Town().world), port):
            raise AssertionError("it was served")
    sock.close()
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        serve(Town().world, host="0.0.0.0", port=0)  # noqa: S104 - it is refused


def test_a_served_world_says_where_it_is_and_ends_quietly_when_told() -> None:
    program = (
        "from bot.sandbox.clock import WorldClock; from bot.sandbox.serve import serve; "
        "from bot.sandbox.world import World; serve(World(WorldClock.running()), port=0)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as served:
        assert served.stdout is not None
        assert b"http://127.0.0.1:" in served.stdout.readline()
        served.terminate()
        assert served.wait(10) == 0


async def test_the_page_brings_its_guards(phone: Phone) -> None:
    page = await phone.http.get("/")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
