"""The Bot API over HTTP: any Bot API client can be pointed at it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive

from bot.sandbox.api import Api
from bot.sandbox.control import routes
from bot.sandbox.door import Door
from bot.sandbox.errors import NOT_UTF8, ApiError, bad
from bot.sandbox.faces import answer, refusal
from bot.sandbox.files import Uploaded
from bot.sandbox.limits import DOWNLOAD, UPLOAD
from bot.sandbox.waiting import passed

PAGE = Path(__file__).parent / "page"
SPARE = 1024 * 1024
"""What a body may hold beside a file of the largest size."""


def application(api: Api, extra: Sequence[BaseRoute] = ()) -> Starlette:
    """The whole server: Bot API, files, control API and chat page."""

    async def call(request: Request) -> Response:
        return await _call(api, request)

    async def file(request: Request) -> Response:
        api.bot(request.path_params["token"])
        content = api.world.files.get(request.path_params["path"].removeprefix("files/"))
        if content is None or len(content) > DOWNLOAD:
            raise ApiError(404, "Not Found")
        return Response(content, media_type="application/octet-stream")

    everything: list[BaseRoute] = [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file),
        *routes(api),
        *extra,
        _page(),
    ]
    handlers: Any = {ApiError: _refused, HTTPException: _http_refused}
    return Starlette(routes=everything, exception_handlers=handlers, middleware=[Middleware(Door)])


def _page() -> BaseRoute:
    if (PAGE / "index.html").is_file():
        return Mount("/", StaticFiles(directory=PAGE, html=True))
    return Route("/", lambda _: PlainTextResponse("The sandbox is here. See /sandbox/docs.\n"))


async def _call(api: Api, request: Request) -> Response:
    token, method = request.path_params["token"], request.path_params["method"]
    reply = await answer(api, token, method, await _asked(request))
    if reply.cut:
        request.scope["cut"]()
    if reply.delay:
        await passed(api.world, reply.delay)
    return Response(reply.body, reply.status, media_type=reply.media)


async def _asked(request: Request) -> dict[str, Any]:
    """The parameters of a call, however they were sent. Raises `ApiError`."""
    asked: dict[str, Any] = dict(request.query_params)
    if request.method == "GET":
        return asked
    limited = Request(request.scope, _limited(request))
    kind = request.headers.get("content-type", "").lower()
    try:
        if kind.startswith("application/json"):
            return asked | _object(await limited.body())
        return asked | await _form(limited)
    except (MultiPartException, HTTPException, ClientDisconnect, UnicodeDecodeError):
        raise bad("can't parse the request body") from None


def _limited(request: Request) -> Receive:
    """The body piece by piece, as long as it is not too large."""
    size = 0

    async def receive() -> Message:
        nonlocal size
        message = await request.receive()
        size += len(message.get("body", b""))
        if size > UPLOAD + SPARE:
            raise ApiError(413, "Request Entity Too Large")
        return message

    return receive


async def _form(request: Request) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    async with request.form(max_part_size=SPARE) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                asked[name] = Uploaded.of(await value.read(), value.filename)
            else:
                asked[name] = value
    return asked


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}", parse_constant=_no_number)
        if b"\\u" in body:
            json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad(NOT_UTF8) from None
    except (ValueError, RecursionError):
        raise bad("can't parse the request body as JSON") from None
    if not isinstance(found, dict):
        raise bad("object expected as request body")
    return found


def _no_number(name: str) -> None:
    raise ValueError(name)


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, ApiError):
        raise error
    reply = refusal(error)
    return Response(reply.body, reply.status, media_type=reply.media)


async def _http_refused(_: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "Not Found", 405: "Method Not Allowed"}.get(code, "Bad Request")
    return await _refused(_, ApiError(code, words))
