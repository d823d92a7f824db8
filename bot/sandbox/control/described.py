"""The control API described: as OpenAPI, and as a page for people."""

import functools
import inspect
from html import escape
from typing import Any

from pydantic import BaseModel

from bot.sandbox.control.table import WAYS, Way

Json = dict[str, Any]
REFUSAL = {
    "type": "object",
    "properties": {
        "ok": {"const": False},
        "error_code": {"type": "integer"},
        "description": {"type": "string"},
    },
}


@functools.cache
def openapi() -> Json:
    """The OpenAPI description of the control API."""
    paths: Json = {}
    for way in WAYS:
        paths.setdefault(way.path, {})[way.method.lower()] = _operation(way)
    info = {"title": "Linsheng sandbox: control API", "version": "1"}
    return {
        "openapi": "3.1.0",
        "info": info,
        "paths": paths,
        "components": {"schemas": _schemas() | {"Refusal": REFUSAL}},
    }


def _schemas() -> Json:
    found: Json = {}
    for way in WAYS:
        if way.form is not None and way.method == "POST":
            schema = _schema(way.form)
            found |= schema.pop("$defs", {})
            found[way.form.__name__] = schema
    return found


def _schema(form: type[BaseModel]) -> Json:
    return form.model_json_schema(ref_template="#/components/schemas/{model}")


def _summary(way: Way) -> str:
    return (inspect.getdoc(way.run) or "").split("\n")[0]


def _operation(way: Way) -> Json:
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    operation: Json = {
        "summary": _summary(way),
        "operationId": f"{way.method.lower()}_{way.path.removeprefix('/sandbox/')}",
        "responses": {
            "200": {"description": "done", "content": {"application/json": {}}},
            "4XX": {"description": "one plain line", "content": refusal},
        },
    }
    parameters = _parameters(way)
    if parameters:
        operation["parameters"] = parameters
    if way.form is not None and way.method == "POST":
        schema = {"$ref": f"#/components/schemas/{way.form.__name__}"}
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    return operation


def _parameters(way: Way) -> list[Json]:
    number = {"type": "integer"}
    path = [{"name": "chat", "in": "path", "required": True, "schema": number}]
    found = path if "{chat}" in way.path else []
    if way.form is None or way.method != "GET":
        return found
    schema = _schema(way.form)
    return found + [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", []),
            "schema": kind,
        }
        for name, kind in schema["properties"].items()
    ]


def page() -> str:
    """The same for people."""
    rows = "".join(_row(way) for way in WAYS)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Control API</title><h1>Control API of the sandbox</h1>"
        "<p>JSON in, JSON out; what cannot be done is answered with 4xx and one line. "
        '<a href="/sandbox/openapi.json">OpenAPI</a></p>'
        f"<table><tr><th>method<th>path<th>does<th>fields (* required)</tr>{rows}</table></html>"
    )


def _row(way: Way) -> str:
    fields = way.form.model_fields.items() if way.form else ()
    names = ", ".join(f"{name}{'*' if field.is_required() else ''}" for name, field in fields)
    return (
        f"<tr><td>{way.method}</td><td><code>{escape(way.path)}</code></td>"
        f"<td>{escape(_summary(way))}</td><td>{escape(names)}</td></tr>"
    )
