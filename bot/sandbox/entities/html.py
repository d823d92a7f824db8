"""Reads parse_mode HTML."""

import re
from html import unescape

from bot.sandbox.entities.units import Entity, Plain, byte_offset, link
from bot.sandbox.errors import ApiError, unparsed

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_OTHERS = frozenset({"a", "span", "tg-emoji", "tg-time"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)/?>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
Opened = tuple[str, int, dict[str, str], int]


def read_html(text: str) -> tuple[str, list[Entity]]:
    """Plain text and entities. Raises `ApiError` in Telegram's words."""
    plain, entities, opened, at = Plain(), list[Entity](), list[Opened](), 0
    while at < len(text):
        start = text.find("<", at)
        plain.add(_unescaped(text[at : start if start >= 0 else len(text)]))
        if start < 0:
            break
        tag = _tag(text, start)
        if tag[1]:
            entities += _close(opened, tag, plain, text)
        else:
            opened.append(_open(tag, plain, text))
        at = tag.end()
    if opened:
        raise unparsed(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return plain.text(), _joined(entities)


def _tag(text: str, start: int) -> re.Match[str]:
    tag = _TAG.match(text, start)
    if tag is not None:
        return tag
    if text.startswith("</", start):
        raise _wrong("Unclosed end tag at byte offset", text, start)
    name = re.split(r"[\s<>/=\"']", text[start + 1 :], maxsplit=1)[0].lower()
    if name in _KINDS or name in _OTHERS:
        raise _wrong(f'Unclosed start tag "{name}" at byte offset', text, start)
    raise _wrong(f'Unsupported start tag "{name}" at byte offset', text, start)


def _open(tag: re.Match[str], plain: Plain, text: str) -> Opened:
    name = tag[2].lower()
    if name not in _KINDS and name not in _OTHERS:
        raise _wrong(f'Unsupported start tag "{name}" at byte offset', text, tag.start())
    values = {
        one[1].lower(): _unescaped(one[2] or one[3] or one[4] or "")
        for one in _ATTRIBUTE.finditer(tag[3])
    }
    if name == "span" and values.get("class") != "tg-spoiler":
        raise _wrong('Tag "span" must have class "tg-spoiler" at byte offset', text, tag.start())
    return name, plain.length, values, len(plain.parts)


def _close(opened: list[Opened], tag: re.Match[str], plain: Plain, text: str) -> list[Entity]:
    if not opened:
        raise _wrong("Unexpected end tag at byte offset", text, tag.start())
    name, offset, values, since = opened.pop()
    if tag[2].lower() != name:
        raise unparsed(
            f"Unmatched end tag at byte offset {byte_offset(text, tag.start())}, "
            f'expected "</{name}>", found "</{tag[2].lower()}>"'
        )
    entity = _entity(name, values, "".join(plain.parts[since:]))
    if entity is None or plain.length == offset:
        return []
    return [entity | {"offset": offset, "length": plain.length - offset}]


def _entity(name: str, values: dict[str, str], inside: str) -> Entity | None:
    if name == "a":
        return link(values.get("href") or inside)
    if name == "span":
        return {"type": "spoiler"}
    if name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": values.get("emoji-id", "0")}
    if name == "tg-time":
        unix = values.get("unix", "")
        return {"type": "date_time", "unix_time": int(unix)} if unix.isdecimal() else None
    if name == "blockquote" and "expandable" in values:
        return {"type": "expandable_blockquote"}
    if name == "code" and values.get("class", "").startswith("language-"):
        return {"type": "code", "language": values["class"].removeprefix("language-")}
    return {"type": _KINDS[name]}


def _joined(entities: list[Entity]) -> list[Entity]:
    """`<pre><code class="language-x">` is one entity: pre with a language."""
    spans = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    kept = []
    for entity in entities:
        if entity["type"] != "code":
            kept.append(entity)
            continue
        language = entity.pop("language", None)
        outer = spans.get((entity["offset"], entity["length"]))
        if outer is None:
            kept.append(entity)
        elif language:
            outer["language"] = language
    return kept


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return _ESCAPE.sub(lambda match: unescape(match[0]), text)


def _wrong(what: str, text: str, at: int) -> ApiError:
    return unparsed(f"{what} {byte_offset(text, at)}")
