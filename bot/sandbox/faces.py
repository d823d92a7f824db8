"""What both faces do with a call: token, faults, the method, the log, the answer as bytes."""

import json
from dataclasses import dataclass, replace

from bot.sandbox.actors import Bot, Json
from bot.sandbox.api import Api
from bot.sandbox.errors import ApiError, flooded
from bot.sandbox.faults import Fault
from bot.sandbox.updates import get_updates, malformed

HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>"


@dataclass(frozen=True)
class Reply:
    """An answer on its way: status and body, or a connection that breaks off."""

    status: int = 200
    body: bytes = b""
    cut: bool = False
    sent: bool = True
    delay: float = 0.0
    media: str = "application/json"


async def answer(api: Api, token: str, method: str, asked: Json, waits: bool = True) -> Reply:
    """Does a call and dresses its result, or whatever a fault makes of it."""
    try:
        bot = api.bot(token)
    except ApiError as error:
        return refusal(error)
    fault = api.faults.next(method, str(asked.get("chat_id", "")))
    if fault is None:
        return await _called(api, bot, method, asked, waits)
    early = _before(fault)
    if early is not None:
        api.log(bot, method, asked, f"{early.status} {fault.kind}" if early.sent else fault.kind)
        return early
    if fault.kind == "malformed":
        malformed(api.world, bot)
    if fault.kind == "duplicate":
        bot.again = max(1, int(fault.seconds))
    return _after(fault, await _called(api, bot, method, asked, waits))


def _before(fault: Fault) -> Reply | None:
    """The answer where nothing is done."""
    if fault.kind == "flood":
        return refusal(flooded(max(1, int(fault.seconds))))
    if fault.kind == "dropped":
        return Reply(cut=True, sent=False)
    if fault.kind == "server_error":
        return refusal(ApiError(500, "Internal Server Error"))
    if fault.kind == "bad_gateway":
        return Reply(502, HTML, media="text/html")
    return None


def _after(fault: Fault, reply: Reply) -> Reply:
    """The answer where it was done."""
    if fault.kind == "lost":
        return Reply(cut=True)
    if fault.kind == "empty":
        return Reply(200, b"")
    if fault.kind == "no_result":
        return Reply(200, b'{"ok":true}')
    return replace(reply, delay=fault.seconds) if fault.kind == "delayed" else reply


async def _called(api: Api, bot: Bot, method: str, asked: Json, waits: bool) -> Reply:
    try:
        if method.lower() == "getupdates":
            result: object = await get_updates(api.world, bot, asked, waits)
        else:
            result = api.call(bot, method, asked)
    except ApiError as error:
        api.log(bot, method, asked, f"{error.code} {error.description}")
        return refusal(error)
    api.log(bot, method, asked, "ok", result)
    return Reply(200, json.dumps({"ok": True, "result": result}).encode())


def refusal(error: ApiError) -> Reply:
    return Reply(error.code, json.dumps(error.body()).encode())
