"""A Telegram that only replays: the same for every bot, as light as it can be.

Run as `python -m tests.bench.replay COUNT RATE KEY`; RATE 0 hands out as fast as asked. It prints
its port, then a line of JSON when everything was confirmed and every tap answered.
"""

import asyncio
import json
import sys
import time
from typing import Any

from handlers.say.buttons import Seals

ME = {"id": 1000001, "is_bot": True, "first_name": "邻声", "username": "linsheng_bot"}
TALK = (
    "今天菜场的青菜便宜，我买了两把",
    "2号楼门禁又刷不开了，有人知道找谁吗",
    "谢谢物业小李，十分钟就修好了",
    "楼下桂花开了，好香，大家下来走走",
    "昨晚楼上装修到十点，真是吵",
    "快递柜满了，取件的邻居抓紧",
    "早上好，今天降温多穿点",
    "门口新开了家面馆，味道不错",
    "收到",
    "电梯又停了一次，还好马上好了",
    "明天上午几点停水，要提前储水吗",
    "咱们小区的银杏真好看",
    "孩子考试顺利，谢谢大家关心",
    "垃圾桶满了，味道有点大",
    "晚上广场舞照旧，七点开始",
    "我家多了两把椅子，可以送人",
)
"""Two in sixteen ask something, as in the labelled chats."""
BEGUN = int(time.time())
GROUP, PEOPLE = -1001234567890, 200


def update(number: int, seals: Seals, mixed: bool) -> dict[str, Any]:
    """The update of one number: group talk, or mixed with 10 % taps and 5 % commands."""
    user = {
        "id": 5000 + number % PEOPLE,
        "is_bot": False,
        "first_name": f"邻居{number % PEOPLE}",
        "language_code": "zh-hans",
    }
    group = {"id": GROUP, "title": "春晖里1群", "type": "supergroup"}
    private = {"id": user["id"], "first_name": user["first_name"], "type": "private"}
    message = {"message_id": number, "from": user, "chat": group, "date": BEGUN}
    if not mixed or number % 20 < 17:
        said = f"{TALK[number % len(TALK)]}（{number}）"
        return {"update_id": number, "message": message | {"text": said}}
    if number % 20 < 19:
        query = {
            "id": str(number),
            "from": user,
            "chat_instance": "1",
            "message": message | {"chat": private, "text": "?"},
            "data": seals.seal("wl:langs"),
        }
        return {"update_id": number, "callback_query": query}
    entity = [{"type": "bot_command", "offset": 0, "length": 5}]
    command = message | {"chat": private, "text": "/help", "entities": entity}
    return {"update_id": number, "message": command}


class Replay:
    """Offsets as Telegram keeps them, and how long each tap waited for its answer."""

    def __init__(self, count: int, rate: float, key: bytes) -> None:
        seals = Seals(key)
        self.all = [update(n, seals, mixed=rate > 0) for n in range(1, count + 1)]
        self.rate, self.confirmed = rate, 0
        self.begun: float | None = None
        self.ended: float | None = None
        self.given: dict[str, float] = {}
        self.waits: list[float] = []

    async def updates(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        now = time.perf_counter()
        self.begun = self.begun or now
        self.confirmed = max(self.confirmed, int(asked.get("offset") or 0) - 1)
        if self.confirmed >= len(self.all):
            self.ended = self.ended or now
            await asyncio.sleep(0.05)
            return []
        last = len(self.all)
        if self.rate:
            await asyncio.sleep(1 / self.rate)
            last = min(last, int((time.perf_counter() - self.begun) * self.rate) + 1)
        page = self.all[self.confirmed : min(self.confirmed + 100, last)]
        moment = time.perf_counter()
        for one in page:
            if "callback_query" in one:
                self.given[one["callback_query"]["id"]] = moment
        return page

    async def answer(self, method: str, asked: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return await self.updates(asked)
        if method == "getMe":
            return ME
        if method == "answerCallbackQuery":
            given = self.given.pop(str(asked.get("callback_query_id")), None)
            if given is not None:
                self.waits.append(time.perf_counter() - given)
            return True
        if method == "getChatMember":
            user = {"id": int(asked["user_id"]), "is_bot": False, "first_name": "x"}
            return {"status": "member", "user": user}
        if method in ("sendMessage", "editMessageText"):
            return {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
        return True


async def serve(replay: Replay) -> None:
    """One connection after the other, keep-alive, nothing more of HTTP than the bots use."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = next(
                    (
                        int(line.split(":")[1])
                        for line in head.split("\r\n")
                        if line.lower().startswith("content-length")
                    ),
                    0,
                )
                body = await reader.readexactly(length)
                method = head.split(" ")[1].rsplit("/", 1)[1]
                result = await replay.answer(method, _asked(body))
                payload = json.dumps({"ok": True, "result": result}).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + str(len(payload)).encode()
                    + b"\r\n\r\n"
                    + payload
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while replay.ended is None or (replay.rate and replay.given):  # noqa: ASYNC110 - the end
        await asyncio.sleep(0.01)
    seconds = replay.ended - (replay.begun or 0.0)
    print(json.dumps({"seconds": seconds, "waits": replay.waits}), flush=True)
    await asyncio.sleep(60)


def _asked(body: bytes) -> dict[str, Any]:
    from urllib.parse import parse_qsl

    if body[:1] == b"{":
        found: dict[str, Any] = json.loads(body)
        return found
    return dict(parse_qsl(body.decode("utf-8", "replace")))


if __name__ == "__main__":
    asyncio.run(serve(Replay(int(sys.argv[1]), float(sys.argv[2]), bytes.fromhex(sys.argv[3]))))
