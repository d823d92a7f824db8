"""What both faces do with a call: token, faults, the method, the log, the answer as bytes."""

import asyncio
import json
from dataclasses import dataclass

from bot.sandbox.actors import Bot, Json
from bot.sandbox.api import Api
from bot.sandbox.errors import ApiError
from bot.sandbox.updates import get_updates


@dataclass(frozen=True)
class Reply:
    """An answer on its way: status and body, or a connection that breaks off."""

    status: int = 200
    body: bytes = b""
    cut: bool = False
    sent: bool = True


async def answer(api: Api, token: str, method: str, asked: Json) -> Reply:
    """Does a call and dresses its result, or whatever a fault makes of it."""
    try:
        bot = api.bot(token)
    except ApiError as error:
        return _refused(error)
    fault = api.faults.next(method, str(asked.get("chat_id", "")))
    kind = fault.kind if fault else ""
    if fault and kind == "flood":
        wait = max(1, int(fault.seconds))
        api.log(bot, method, asked, "429")
        return _refused(ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait))
    if kind == "dropped":
        return Reply(cut=True, sent=False)
    if kind == "server_error":
        return _refused(ApiError(500, "Internal Server Error"))
    if kind == "bad_gateway":
        return Reply(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>")
    if fault and kind == "delayed":
        await asyncio.sleep(fault.seconds)
    reply = await _called(api, bot, method, asked)
    if kind == "lost":
        return Reply(cut=True)
    if kind == "empty":
        return Reply(200, b"")
    return Reply(200, b'{"ok":true}') if kind == "no_result" else reply


async def _called(api: Api, bot: Bot, method: str, asked: Json) -> Reply:
    try:
        if method.lower() == "getupdates":
            result: object = await get_updates(api.world, bot, asked)
        else:
            result = api.call(bot, method, asked)
    except ApiError as error:
        api.log(bot, method, asked, f"{error.code} {error.description}")
        return _refused(error)
    api.log(bot, method, asked, "ok")
    return Reply(200, json.dumps({"ok": True, "result": result}).encode())


def _refused(error: ApiError) -> Reply:
    return Reply(error.code, json.dumps(error.body()).encode())
