"""The control API as routes; each is made from one line of the table."""

import inspect
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.api import Api
from bot.sandbox.control.described import openapi, page
from bot.sandbox.control.table import WAYS, Way
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.limits import UPLOAD

BODY = UPLOAD * 3 // 2
"""A file of the largest size, in base64."""


def routes(api: Api) -> list[BaseRoute]:
    """The control API over one world."""
    described = openapi()

    async def document(_: Request) -> Response:
        return JSONResponse(described)

    async def docs(_: Request) -> Response:
        return HTMLResponse(page())

    async def file(request: Request) -> Response:
        content = api.world.files.get(request.path_params["id"])
        if content is None:
            raise ApiError(404, "Not Found: there is no such file")
        return Response(content, media_type="application/octet-stream")

    return [
        *(Route(way.path, _endpoint(api, way), methods=[way.method]) for way in WAYS),
        Route("/sandbox/files/{id}", file),
        Route("/sandbox/openapi.json", document),
        Route("/sandbox/docs", docs),
    ]


def _endpoint(api: Api, way: Way) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        given: list[Any] = [api]
        if "chat" in request.path_params:
            given.append(_chat(request.path_params["chat"]))
        if way.form is not None:
            given.append(await _filled(way.form, request))
        result = way.run(*given)
        return JSONResponse(await result if inspect.isawaitable(result) else result)

    return endpoint


def _chat(raw: str) -> int:
    try:
        return int(raw)
    except ValueError:
        raise bad("the chat is no number") from None


async def _filled(form: type[BaseModel], request: Request) -> BaseModel:
    try:
        if request.method == "GET":
            return form.model_validate(dict(request.query_params))
        return form.model_validate_json(await _body(request) or b"{}")
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the body"
        raise bad(f"{place}: {first['msg']}") from None


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > BODY:
            raise ApiError(413, "Request Entity Too Large")
    return b"".join(parts)
