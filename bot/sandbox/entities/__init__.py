"""Marked-up text as plain text and entities, with offsets in UTF-16 units."""

from typing import Any

from bot.sandbox.entities.found import found
from bot.sandbox.entities.html import read_html
from bot.sandbox.entities.legacy import read_legacy
from bot.sandbox.entities.markdown import read_markdown
from bot.sandbox.entities.units import Entity, utf16
from bot.sandbox.errors import bad
from bot.sandbox.limits import ENTITIES

__all__ = ["Entity", "parsed", "utf16"]
READERS = {"html": read_html, "markdownv2": read_markdown, "markdown": read_legacy}


def parsed(text: str, mode: object, given: Any) -> tuple[str, list[Entity]]:
    """Plain text and its entities, found ones included. Raises `ApiError`."""
    if not mode:
        entities = _explicit(text, given)
    else:
        reader = READERS.get(str(mode).lower())
        if reader is None:
            raise bad("unsupported parse_mode")
        text, entities = reader(text)
    text, entities = _stripped(text, entities[:ENTITIES])
    every = [*entities, *found(text, entities)] if text else []
    return text, sorted(every, key=lambda e: (e["offset"], -e["length"]))


KNOWN = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)


def _explicit(text: str, given: Any) -> list[Entity]:
    if given in (None, ""):
        return []
    if not isinstance(given, list):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    return [one for one in (_one(text, entity) for entity in given) if one["length"] > 0]


def _one(text: str, given: Any) -> Entity:
    if not isinstance(given, dict):
        raise bad("can't parse MessageEntity: expected an Object")
    kind, offset, length = given.get("type"), given.get("offset"), given.get("length")
    if kind not in KNOWN:
        raise bad("can't parse MessageEntity: unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0:
        raise bad("can't parse MessageEntity: field must be of type Integer")
    total = utf16(text)
    if offset + length > total:
        raise bad(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 "
            f"offset {total}"
        )
    return dict(given)


def _stripped(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space around it, as Telegram sends it."""
    kept = text.strip()
    if kept == text:
        return text, entities
    shift, end = utf16(text[: len(text) - len(text.lstrip())]), utf16(kept)
    moved = []
    for entity in entities:
        start = max(0, int(entity["offset"]) - shift)
        stop = min(end, int(entity["offset"]) + int(entity["length"]) - shift)
        if stop > start:
            moved.append(entity | {"offset": start, "length": stop - start})
    return kept, moved
