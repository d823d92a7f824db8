"""The sandbox as PTB's own transport: no socket, no second process."""

import asyncio
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.sandbox.api import Api
from bot.sandbox.faces import answer


class SandboxRequest(BaseRequest):
    """Answers a PTB bot from a world in the same process."""

    def __init__(self, api: Api) -> None:
        self.api = api

    @property
    def read_timeout(self) -> float:
        return 30.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        token, _slash, name = url.partition("/bot")[2].partition("/")
        asked: dict[str, Any] = dict(request_data.parameters) if request_data else {}
        for key, (_name, content, _type) in (
            (request_data.multipart_data or {}) if request_data else {}
        ).items():
            asked[key] = content if isinstance(content, bytes) else content.read()
        reply = await answer(self.api, token, name, asked)
        await asyncio.sleep(0)
        if reply.cut:
            cause = httpx.ReadError("cut off") if reply.sent else httpx.ConnectError("refused")
            raise NetworkError(f"httpx.{type(cause).__name__}") from cause
        return reply.status, reply.body
