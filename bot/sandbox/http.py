"""The Bot API over HTTP: any Bot API client can be pointed at it."""

import json
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.api import Api
from bot.sandbox.control import routes
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.faces import answer

PAGE = Path(__file__).parent / "page"
BODY = 50 * 1024 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Cut(Exception):
    """The connection breaks off without an answer."""


def application(api: Api, extra: tuple[BaseRoute, ...] = ()) -> Starlette:
    """The whole server: Bot API, files, control API and chat page."""

    async def call(request: Request) -> Response:
        return await _call(api, request)

    async def file(request: Request) -> Response:
        api.bot(request.path_params["token"])
        content = api.world.files.get(request.path_params["path"].removeprefix("files/"))
        return Response(content) if content is not None else Response(status_code=404)

    everything: list[BaseRoute] = [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file),
        *routes(api),
        *extra,
        _page(),
    ]
    handlers: Any = {ApiError: _refused, HTTPException: _http_refused}
    return Starlette(
        routes=everything, exception_handlers=handlers, middleware=[Middleware(Headers)]
    )


class Headers(BaseHTTPMiddleware):
    """What keeps the page to itself."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        if not request.url.path.startswith("/bot"):
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Cache-Control"] = "no-store"
        return response


def _page() -> BaseRoute:
    if PAGE.is_dir():
        return Mount("/", StaticFiles(directory=PAGE, html=True))
    return Route("/", lambda _: PlainTextResponse("The sandbox is here. See /sandbox/docs."))


async def _call(api: Api, request: Request) -> Response:
    token, method = request.path_params["token"], request.path_params["method"]
    reply = await answer(api, token, method, await _asked(request))
    if reply.cut:
        raise Cut
    return Response(reply.body, reply.status, media_type="application/json")


async def _asked(request: Request) -> dict[str, Any]:
    """The parameters of a call, however they were sent. Raises `ApiError`."""
    asked: dict[str, Any] = dict(request.query_params)
    if request.method == "GET":
        return asked
    if int(request.headers.get("content-length") or 0) > BODY:
        raise ApiError(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "")
    try:
        if kind.startswith("application/json"):
            return asked | _object(await request.body())
        async with request.form() as form:
            for name, value in form.multi_items():
                asked[name] = await value.read() if isinstance(value, UploadFile) else value
    except (MultiPartException, HTTPException, ClientDisconnect, UnicodeDecodeError):
        raise bad("can't parse the request body") from None
    return _with_files(asked)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise bad("can't parse the request body as JSON") from None
    if not isinstance(found, dict):
        raise bad("object expected as request body")
    return found


def _with_files(asked: dict[str, Any]) -> dict[str, Any]:
    """`attach://name` stands for the part of that name."""
    for name, value in list(asked.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            asked[name] = asked.get(value.removeprefix("attach://"), value)
    return asked


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, ApiError):
        raise error
    return Response(json.dumps(error.body()), error.code, media_type="application/json")


async def _http_refused(_: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    return await _refused(_, ApiError(code, "Not Found" if code == 404 else "Bad Request"))
