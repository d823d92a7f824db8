"""A played Telegram for the frame: it hands out what it is given and keeps what was sent."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

Answer = Callable[[dict[str, Any]], tuple[int, Any]]
NOW = 1_795_428_000
"""The moment at which the tests of the frame begin, in Telegram's seconds."""
TOP_RIGHTS = {"status": "creator", "is_anonymous": False}


class Played(BaseRequest):
    """Answers each method as told; everything else succeeds."""

    def __init__(self) -> None:
        self.updates: deque[list[Any]] = deque()
        self.offsets: list[int | None] = []
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, deque[Answer | Exception]] = {}
        self.members: dict[tuple[int, int], dict[str, Any]] = {}
        self.gate: asyncio.Event | None = None
        self._ids = iter(range(1000, 100_000))

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...

    def will(self, method: str, *answers: Answer | Exception) -> None:
        """The next answers of one method; a timeout of the way there is an exception."""
        self.answers.setdefault(method, deque()).extend(answers)

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [asked for name, asked in self.sent if name == method]

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        asked = dict(request_data.parameters) if request_data else {}
        if name == "getChatMember" and self.gate is not None:
            await self.gate.wait()
        queue = self.answers.get(name)
        if queue:
            return _given(queue.popleft(), asked, self._effect, name)
        return 200, _ok(self._effect(name, asked))

    def _effect(self, name: str, asked: dict[str, Any]) -> Any:
        if name == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "邻声", "username": "linsheng_bot"}
        if name == "getUpdates":
            self.offsets.append(asked.get("offset"))
            return self.updates.popleft() if self.updates else []
        if name == "getChatMember":
            return self._member(int(asked["chat_id"]), int(asked["user_id"]))
        self.sent.append((name, asked))
        if name in ("sendMessage", "editMessageText"):
            chat = {"id": int(asked["chat_id"]), "type": "private"}
            return {"message_id": next(self._ids), "date": 1, "chat": chat}
        return True

    def _member(self, chat: int, user: int) -> dict[str, Any]:
        known = self.members.get((chat, user), {"status": "left"})
        return known | {"user": {"id": user, "is_bot": False, "first_name": "x"}}


def _given(
    answer: Answer | Exception,
    asked: dict[str, Any],
    effect: Callable[[str, dict[str, Any]], Any],
    name: str,
) -> tuple[int, bytes]:
    if isinstance(answer, Exception):
        raise answer
    code, body = answer(asked)
    if body is EFFECT:
        return code, _ok(effect(name, asked))
    return code, body if isinstance(body, bytes) else json.dumps(body).encode()


EFFECT = object()


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def refused(code: int, description: str, **parameters: int) -> Answer:
    """An error as Telegram words it."""
    body = {"ok": False, "error_code": code, "description": description}
    return lambda _: (code, body | ({"parameters": parameters} if parameters else {}))


def lost() -> NetworkError:
    """The request arrived, its answer did not."""
    error = NetworkError("httpx.ReadError")
    error.__cause__ = httpx.ReadTimeout("no answer")
    return error


def unreached() -> NetworkError:
    """The request never left this machine."""
    error = NetworkError("httpx.ConnectError")
    error.__cause__ = httpx.ConnectError("refused")
    return error


def person(id: int, lang: str = "zh-hans") -> dict[str, Any]:
    return {"id": id, "is_bot": False, "first_name": f"n{id}", "language_code": lang}


def heard(id: int, chat: int, sender: int, text: str, **more: Any) -> dict[str, Any]:
    """A text message as an update."""
    kind = "private" if chat > 0 else "supergroup"
    place: dict[str, Any] = {"id": chat, "type": kind}
    if chat < 0:
        place["title"] = "群"
    message = {"message_id": id, "date": NOW, "chat": place, "from": person(sender)}
    return {"update_id": id, "message": message | {"text": text} | more}


def tapped(id: int, chat: int, sender: int, data: str) -> dict[str, Any]:
    """A tap on a button as an update."""
    message = heard(1, chat, 1, "?")["message"]
    query = {
        "id": f"q{id}",
        "from": person(sender),
        "chat_instance": "c",
        "data": data,
        "message": message,
    }
    return {"update_id": id, "callback_query": query}
