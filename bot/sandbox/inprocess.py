"""The sandbox as PTB's own transport: no socket, no second process."""

import asyncio
from typing import Any

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.sandbox.api import Api
from bot.sandbox.faces import Reply, answer
from bot.sandbox.files import Uploaded
from bot.sandbox.waiting import passed


class SandboxRequest(BaseRequest):
    """Answers a PTB bot from a world in the same process.

    With `waits=False` getUpdates answers at once also where nothing waits.
    """

    def __init__(self, api: Api, waits: bool = True, read_timeout: float = 30.0) -> None:
        self.api, self.waits, self._read_timeout = api, waits, read_timeout

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return self._file(url)
        token, _slash, name = url.partition("/bot")[2].partition("/")
        reply = await answer(self.api, token, name, _asked(request_data), self.waits)
        await asyncio.sleep(0)
        return await self._delivered(reply)

    async def _delivered(self, reply: Reply) -> tuple[int, bytes]:
        """Raises what PTB's own transport raises where no answer comes."""
        if reply.cut:
            cause = httpx.ReadError("cut off") if reply.sent else httpx.ConnectError("refused")
            raise NetworkError(f"httpx.{type(cause).__name__}") from cause
        if reply.delay:
            await passed(self.api.world, min(reply.delay, self._read_timeout))
        if reply.delay > self._read_timeout:
            raise TimedOut from httpx.ReadTimeout("no answer in time")
        return reply.status, reply.body

    def _file(self, url: str) -> tuple[int, bytes]:
        found = self.api.world.files.get(url.rpartition("/")[2])
        return (200, found) if found is not None else (404, b"")


def _asked(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    asked: dict[str, Any] = dict(data.parameters)
    for key, (name, content, _type) in (data.multipart_data or {}).items():
        raw = content if isinstance(content, bytes) else content.read()
        asked[key] = Uploaded.of(raw, name)
    return asked
