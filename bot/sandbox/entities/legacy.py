"""Reads the old parse_mode Markdown: no nesting, and a sign without its pair is an error."""

import re

from bot.sandbox.entities.units import Entity, Plain, byte_offset, link
from bot.sandbox.errors import unparsed

_KINDS = {"*": "bold", "_": "italic", "`": "code", "```": "pre"}
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def read_legacy(text: str) -> tuple[str, list[Entity]]:
    """Plain text and entities. Raises `ApiError` in Telegram's words."""
    plain, entities, at = Plain(), list[Entity](), 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] in ("_", "*", "`", "["):
            plain.add(text[at + 1])
            at += 2
        elif sign in "*_`[":
            at = _marked(text, at, plain, entities)
        else:
            plain.add(sign)
            at += 1
    return plain.text(), entities


def _marked(text: str, at: int, plain: Plain, entities: list[Entity]) -> int:
    offset, target = plain.length, None
    if text[at] == "[":
        found = _LINK.match(text, at)
        if found is None:
            plain.add("[")
            return at + 1
        inside, end, target = found[1], found.end(), link(found[2])
    else:
        mark = "```" if text.startswith("```", at) else text[at]
        stop = text.find(mark, at + len(mark))
        if stop < 0:
            where = byte_offset(text, at)
            raise unparsed(f"Can't find end of the entity starting at byte offset {where}")
        inside, end = text[at + len(mark) : stop], stop + len(mark)
        target = {"type": _KINDS[mark]}
    plain.add(inside)
    if target is not None and plain.length > offset:
        entities.append(target | {"offset": offset, "length": plain.length - offset})
    return end
