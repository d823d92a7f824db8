"""How times and the values of a text are written into a row and read back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, cast

from bot.domain.letter import Button, Phrase, Rows, Value


def stamp(moment: datetime) -> str:
    """A moment as text whose alphabetical order is the order of time."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def moment(text: str) -> datetime:
    """The moment a `stamp` stands for, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def maybe_stamp(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: object) -> str:
    return _encoder.encode(value)


def load(text: str | None) -> Any:
    return json.loads(text) if text else {}


def pack_values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _pack(value) for name, value in values.items()}


def unpack_values(packed: Mapping[str, Any]) -> Mapping[str, Value]:
    return MappingProxyType({name: _unpack(value) for name, value in packed.items()})


def pack_rows(rows: Rows) -> list[Any]:
    return [[[_pack(b.label), b.data, b.url] for b in row] for row in rows]


def unpack_rows(packed: list[Any]) -> Rows:
    return tuple(
        tuple(Button(cast(Phrase, _unpack(label)), data, url) for label, data, url in row)
        for row in packed
    )


def _pack(value: Value) -> Any:
    match value:
        case datetime():
            return {"t": stamp(value)}
        case Phrase():
            return {"k": value.key, "v": pack_values(value.values)}
        case tuple():
            return [_pack(phrase) for phrase in value]
        case _:
            return value


def _unpack(packed: Any) -> Value:
    if isinstance(packed, list):
        return tuple(cast(Phrase, _unpack(item)) for item in packed)
    if isinstance(packed, dict):
        return (
            moment(packed["t"])
            if "t" in packed
            else Phrase(packed["k"], unpack_values(packed["v"]))
        )
    return cast("str | int", packed)
