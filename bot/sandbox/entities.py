"""Marked-up text as plain text and entities, with offsets in UTF-16 units."""

import re
from html import unescape
from typing import Any

from bot.sandbox.errors import ApiError, bad

Entity = dict[str, Any]
_SIMPLE = {
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
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)>")
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")
_URL = re.compile(r"https?://[^\s<>]+")
_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parsed(text: str, mode: str | None, given: Any) -> tuple[str, list[Entity]]:
    """Plain text and its entities, found ones included. Raises `ApiError`."""
    if not mode:
        entities = [dict(e) for e in given or [] if isinstance(e, dict) and "type" in e]
    elif mode.lower() == "html":
        text, entities = _html(text)
    elif mode.lower() in ("markdown", "markdownv2"):
        text, entities = _markdown(text)
    else:
        raise bad("unsupported parse_mode")
    text, entities = _stripped(text, entities)
    return text, sorted([*entities, *_found(text, entities)], key=lambda e: e["offset"])


def _html(text: str) -> tuple[str, list[Entity]]:
    plain: list[str] = []
    length, at = 0, 0
    open_tags: list[tuple[str, int, str]] = []
    entities: list[Entity] = []
    while at < len(text):
        start = text.find("<", at)
        piece = _unescaped(text[at : start if start >= 0 else len(text)])
        plain.append(piece)
        length += utf16(piece)
        if start < 0:
            break
        tag = _TAG.match(text, start)
        if tag is None:
            raise _wrong(
                f'Unsupported start tag "{_name(text[start:])}" at byte offset', text, start
            )
        if tag[1]:
            entities += _closed(open_tags, tag, length, text, start)
        else:
            open_tags.append(_opened(tag, length, text, start))
        at = tag.end()
    if open_tags:
        raise bad(
            f"can't parse entities: Can't find end tag corresponding to start tag "
            f'"{open_tags[-1][0]}"'
        )
    return "".join(plain), [entity for entity in entities if entity["length"]]


def _opened(tag: re.Match[str], length: int, text: str, start: int) -> tuple[str, int, str]:
    name = tag[2].lower()
    if name not in _SIMPLE and name not in ("a", "span", "tg-emoji"):
        raise _wrong(f'Unsupported start tag "{name}" at byte offset', text, start)
    href = _HREF.search(tag[3])
    found = next((g for g in href.groups() if g), "") if href else ""
    return name, length, _unescaped(found) if name == "a" else tag[3].strip()


def _closed(
    open_tags: list[tuple[str, int, str]], tag: re.Match[str], length: int, text: str, start: int
) -> list[Entity]:
    if not open_tags:
        raise _wrong("Unexpected end tag at byte offset", text, start)
    name, offset, extra = open_tags.pop()
    if name != tag[2].lower():
        raise bad(
            f"can't parse entities: Unmatched end tag at byte offset {_bytes(text, start)}, "
            f'expected "</{name}>", found "</{tag[2].lower()}>"'
        )
    entity: Entity = {"offset": offset, "length": length - offset}
    if name == "a":
        return [_link(extra) | entity] if extra else []
    if name == "span":
        return [{"type": "spoiler"} | entity]
    if name == "tg-emoji":
        return []
    kind = "expandable_blockquote" if "expandable" in extra else _SIMPLE[name]
    return [{"type": kind} | entity]


def _link(href: str) -> Entity:
    user = re.fullmatch(r"tg://user\?id=(\d+)", href)
    if user:
        known = {"id": int(user[1]), "is_bot": False, "first_name": "user"}
        return {"type": "text_mention", "user": known}
    return {"type": "text_link", "url": href}


_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}


def _markdown(text: str) -> tuple[str, list[Entity]]:
    plain: list[str] = []
    entities: list[Entity] = []
    open_marks: list[tuple[str, int]] = []
    length, at = 0, 0
    while at < len(text):
        mark = next((m for m in ("__", "||", "*", "_", "~", "`") if text.startswith(m, at)), None)
        if text[at] == "\\" and at + 1 < len(text):
            plain.append(text[at + 1])
            length += utf16(text[at + 1])
            at += 2
        elif mark is None:
            plain.append(text[at])
            length += utf16(text[at])
            at += 1
        elif open_marks and open_marks[-1][0] == mark:
            _, offset = open_marks.pop()
            entities.append(
                {"type": _MARKS.get(mark, "code"), "offset": offset, "length": length - offset}
            )
            at += len(mark)
        else:
            open_marks.append((mark, length))
            at += len(mark)
    if open_marks:
        raise bad(
            "can't parse entities: Can't find end of the entity starting at byte offset "
            f"{open_marks[-1][1]}"
        )
    return "".join(plain), entities


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    """Commands, mentions and links that Telegram finds by itself."""
    code = [e for e in taken if e["type"] in ("code", "pre", "text_link")]
    entities = []
    for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION), ("url", _URL)):
        for match in pattern.finditer(text):
            offset, length = utf16(text[: match.start()]), utf16(match[0])
            inside = any(
                e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in code
            )
            if not inside and not any(e["type"] == kind and e["offset"] == offset for e in taken):
                entities.append({"type": kind, "offset": offset, "length": length})
    return entities


def _stripped(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space around it, as Telegram sends it."""
    cut = len(text) - len(text.lstrip())
    shift, kept = utf16(text[:cut]), text.strip()
    end = utf16(kept)
    moved = []
    for entity in entities:
        start = max(0, int(entity["offset"]) - shift)
        stop = min(end, int(entity["offset"]) + int(entity["length"]) - shift)
        if stop > start:
            moved.append(entity | {"offset": start, "length": stop - start})
    return kept, moved


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: unescape(match[0]), text)


def _name(text: str) -> str:
    return re.split(r"[\s<>/]", text[1:], maxsplit=1)[0].lower()


def _bytes(text: str, at: int) -> int:
    return len(text[:at].encode("utf-8", "surrogatepass"))


def _wrong(what: str, text: str, at: int) -> ApiError:
    return bad(f"can't parse entities: {what} {_bytes(text, at)}")
