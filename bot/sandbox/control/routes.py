"""The table of the control API; routes and OpenAPI are both made from it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.api import Api
from bot.sandbox.control import doing, forms, people, running
from bot.sandbox.errors import bad


@dataclass(frozen=True)
class Way:
    """One route: what it takes and what does it."""

    method: str
    path: str
    run: Callable[..., Any]
    form: type[BaseModel] | None = None
    query: tuple[str, ...] = ()


WAYS = (
    Way("GET", "/sandbox/users", people.users),
    Way("POST", "/sandbox/users", people.new_user, forms.NewUser),
    Way("GET", "/sandbox/bots", people.bots),
    Way("POST", "/sandbox/bots", people.change_bot, forms.ChangeBot),
    Way("GET", "/sandbox/chats", people.chats),
    Way("POST", "/sandbox/chats", people.new_chat, forms.NewChat),
    Way("POST", "/sandbox/chats/{chat}/join", people.join, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/add", people.join, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/leave", people.leave, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/remove", people.leave, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/promote", people.promote, forms.Promote),
    Way("POST", "/sandbox/chats/{chat}/demote", people.demote, forms.Someone),
    Way("POST", "/sandbox/chats/{chat}/restrict", people.restrict, forms.Restrict),
    Way("POST", "/sandbox/chats/{chat}/migrate", people.migrate, forms.By),
    Way("POST", "/sandbox/chats/{chat}/topics", people.topic, forms.NewTopic),
    Way("POST", "/sandbox/chats/{chat}/title", people.rename, forms.Rename),
    Way("POST", "/sandbox/start", doing.start, forms.Start),
    Way("POST", "/sandbox/block", doing.block, forms.Pair),
    Way("POST", "/sandbox/unblock", doing.unblock, forms.Pair),
    Way("POST", "/sandbox/send", doing.send, forms.Send),
    Way("POST", "/sandbox/channel_post", doing.channel_post, forms.ChannelPost),
    Way("POST", "/sandbox/edit", doing.edit, forms.Edit),
    Way("POST", "/sandbox/delete", doing.delete, forms.OneMessage),
    Way("POST", "/sandbox/pin", doing.pin, forms.OneMessage),
    Way("POST", "/sandbox/unpin", doing.unpin, forms.OneMessage),
    Way("POST", "/sandbox/tap", doing.tap, forms.Tap),
    Way("POST", "/sandbox/vote", doing.vote, forms.Vote),
    Way("POST", "/sandbox/react", doing.react, forms.React),
    Way("GET", "/sandbox/clock", running.clock),
    Way("POST", "/sandbox/clock", running.change_clock, forms.Clock),
    Way("GET", "/sandbox/faults", running.faults),
    Way("POST", "/sandbox/faults", running.add_fault, forms.SetFault),
    Way("DELETE", "/sandbox/faults", running.clear_faults),
    Way("POST", "/sandbox/flood", running.flood, forms.Flood),
    Way("POST", "/sandbox/updates", running.inject, forms.Inject),
    Way("POST", "/sandbox/duplicate", running.duplicate, forms.Duplicate),
    Way("GET", "/sandbox/view", running.seen, None, ("user", "chat", "bot", "since", "wait")),
    Way("GET", "/sandbox/chatlist", running.chats_of, None, ("user",)),
    Way("GET", "/sandbox/calls", running.calls, None, ("method", "after")),
    Way("GET", "/sandbox/state", running.state),
    Way("POST", "/sandbox/idle", running.idle, forms.Idle),
)


def routes(api: Api) -> list[BaseRoute]:
    """The control API over one world."""
    described = openapi()

    async def document(_: Request) -> Response:
        return JSONResponse(described)

    async def docs(_: Request) -> Response:
        return HTMLResponse(_page())

    return [
        *(Route(way.path, _endpoint(api, way), methods=[way.method]) for way in WAYS),
        Route("/sandbox/openapi.json", document),
        Route("/sandbox/docs", docs),
    ]


def _endpoint(api: Api, way: Way) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        given: list[Any] = [api]
        if "chat" in request.path_params:
            given.append(_chat(request.path_params["chat"]))
        if way.form is not None:
            given.append(_filled(way.form, await request.body()))
        if way.query:
            given.append(dict(request.query_params))
        result = way.run(*given)
        return JSONResponse(await result if inspect.isawaitable(result) else result)

    return endpoint


def _chat(raw: str) -> int:
    try:
        return int(raw)
    except ValueError:
        raise bad("the chat is no number") from None


def _filled(form: type[BaseModel], body: bytes) -> BaseModel:
    try:
        return form.model_validate_json(body or b"{}")
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the body"
        raise bad(f"{place}: {first['msg']}") from None


def openapi() -> dict[str, Any]:
    """The OpenAPI description of the control API."""
    paths: dict[str, Any] = {}
    for way in WAYS:
        paths.setdefault(way.path, {})[way.method.lower()] = _operation(way)
    info = {"title": "Linsheng sandbox: control API", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def _operation(way: Way) -> dict[str, Any]:
    summary = (inspect.getdoc(way.run) or way.run.__name__.replace("_", " ")).split("\n")[0]
    path = [{"name": "chat", "in": "path", "required": True, "schema": {"type": "integer"}}]
    query = [{"name": n, "in": "query", "schema": {"type": "string"}} for n in way.query]
    operation: dict[str, Any] = {
        "summary": summary,
        "parameters": (path if "{chat}" in way.path else []) + query,
        "responses": {"200": {"description": "done"}, "400": {"description": "one plain line"}},
    }
    if way.form is not None:
        schema = way.form.model_json_schema()
        operation["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    return operation


def _page() -> str:
    rows = []
    for way in WAYS:
        fields = ", ".join(way.form.model_fields) if way.form else ", ".join(way.query)
        rows.append(
            f"<tr><td>{way.method}</td><td><code>{escape(way.path)}</code></td>"
            f"<td>{escape(fields)}</td></tr>"
        )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Control API</title>'
        "<h1>Control API of the sandbox</h1><p>JSON in, JSON out. "
        '<a href="/sandbox/openapi.json">OpenAPI</a>.</p>'
        f"<table><tr><th>method<th>path<th>fields</tr>{''.join(rows)}</table></html>"
    )
