"""Lengths as Telegram counts them: UTF-16 units in texts, bytes in error messages."""

import re
from typing import Any

Entity = dict[str, Any]
_USER = re.compile(r"tg://user\?id=(\d{1,15})", re.IGNORECASE)


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def byte_offset(text: str, at: int) -> int:
    return len(text[:at].encode("utf-8", "surrogatepass"))


def link(url: str) -> Entity | None:
    """What stands behind a link: a person, an address, or nothing Telegram accepts."""
    user = _USER.fullmatch(url)
    if user:
        known = {"id": int(user[1]), "is_bot": False, "first_name": "user"}
        return {"type": "text_mention", "user": known}
    if not url or any(sign.isspace() for sign in url):
        return None
    if "://" not in url and not url.startswith(("mailto:", "tel:")):
        url = f"http://{url}" if "." in url else ""
    return {"type": "text_link", "url": url} if url else None


class Plain:
    """A text as it grows, with its length in UTF-16 units."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, piece: str) -> None:
        self.parts.append(piece)
        self.length += utf16(piece)

    def text(self) -> str:
        return "".join(self.parts)
