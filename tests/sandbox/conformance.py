"""Holds requests and answers against two clients' models of the Bot API: aiogram's and PTB's."""

import json
import types
import typing
from collections.abc import Iterable
from typing import Any

import aiogram.types
import telegram
from aiogram import methods
from aiogram.methods import TelegramMethod
from pydantic import TypeAdapter, ValidationError

Json = dict[str, Any]
METHODS: dict[str, type[TelegramMethod[Any]]] = {
    name.lower(): getattr(methods, name)
    for name in methods.__all__
    if name not in ("TelegramMethod", "Request", "Response")
}
OLDER = frozenset(
    {"reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview"}
)
"""Parameters aiogram still knows and Telegram no longer documents."""


class NotConforming(AssertionError):
    """Something that no Bot API client would send, or could read."""


def check_request(method: str, params: Json) -> None:
    """Raises `NotConforming` unless aiogram's model of the method takes these parameters."""
    model = METHODS.get(method.lower())
    if model is None:
        raise NotConforming(f"the Bot API has no method {method}")
    unknown = set(params) - set(model.model_fields)
    if unknown or set(params) & OLDER:
        raise NotConforming(f"{method} has no parameter {sorted(unknown or set(params) & OLDER)}")
    plain = {name: _plain(model, name, value) for name, value in params.items()}
    try:
        asked = model.model_validate(plain)
    except ValidationError as wrong:
        raise NotConforming(f"{method}: {wrong}") from None
    for name in params:
        _no_surplus(getattr(asked, name), f"{method}.{name}")


def _plain(model: type[TelegramMethod[Any]], name: str, value: Any) -> Any:
    """A parameter that came as text, read as what it stands for."""
    if not isinstance(value, str) or _is_text(model.model_fields[name].annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _is_text(annotation: Any) -> bool:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        parts = [part for part in typing.get_args(annotation) if part is not type(None)]
        return str in parts and not any(typing.get_origin(part) is list for part in parts)
    return annotation is str


def check_response(method: str, result: Any) -> Any:
    """Raises unless both clients can read this result; returns aiogram's object."""
    returned = METHODS[method.lower()].__returning__
    try:
        found = TypeAdapter(returned).validate_python(result)
    except ValidationError as wrong:
        raise NotConforming(f"{method}: {wrong}") from None
    _read_by_ptb(returned, result)
    return found


def _read_by_ptb(returned: Any, result: Any) -> None:
    if typing.get_origin(returned) in (typing.Union, types.UnionType):
        parts = typing.get_args(returned)
        if isinstance(result, bool):
            return
        returned = next(part for part in parts if part is not bool)
    if typing.get_origin(returned) is list:
        for one in result:
            _read_by_ptb(typing.get_args(returned)[0], one)
        return
    name = getattr(returned, "__name__", str(returned))
    kind = getattr(telegram, "ChatMember" if name.startswith("ChatMember") else name, None)
    if kind is not None and isinstance(result, dict) and kind.de_json(result, None) is None:
        raise NotConforming(f"PTB reads no {name} in {result}")


def check_log(calls: Iterable[Json]) -> int:
    """Checks each line of a world's call log, request and answer; returns how many it saw."""
    count = 0
    for count, call in enumerate(calls, 1):  # noqa: B007 - the last one is the answer
        check_request(call["method"], call["params"])
        if call["outcome"] == "ok":
            check_response(call["method"], call["result"])
    return count


def check_update(update: Json) -> aiogram.types.Update:
    """Raises unless both clients can read this update, and find the same in it."""
    try:
        found = aiogram.types.Update.model_validate(update)
    except ValidationError as wrong:
        raise NotConforming(f"aiogram: {wrong}") from None
    known = telegram.Update.de_json(update, None)
    kinds = set(update) - {"update_id"}
    if len(kinds) != 1 or getattr(known, (kind := kinds.pop()), None) is None:
        raise NotConforming(f"PTB finds nothing in {update}")
    if getattr(found, kind, None) is None:
        raise NotConforming(f"aiogram finds nothing in {update}")
    _no_surplus(getattr(found, kind), kind)
    return found


LEGACY = frozenset({"new_chat_member", "new_chat_participant"})
"""What Telegram sends without documenting it."""


def _no_surplus(value: Any, where: str) -> None:
    """Raises where something was sent that aiogram's model does not know."""
    if isinstance(value, list):
        for one in value:
            _no_surplus(one, where)
    if not isinstance(value, aiogram.types.TelegramObject):
        return
    surplus = set(value.model_extra or {}) - LEGACY
    if surplus:
        raise NotConforming(f"{where} holds {sorted(surplus)}")
    for name in type(value).model_fields:
        _no_surplus(getattr(value, name), f"{where}.{name}")
