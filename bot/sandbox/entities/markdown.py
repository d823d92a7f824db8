"""Reads parse_mode MarkdownV2."""

from bot.sandbox.entities.units import Entity, Plain, byte_offset, link
from bot.sandbox.errors import ApiError, unparsed

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


def read_markdown(text: str) -> tuple[str, list[Entity]]:
    """Plain text and entities. Raises `ApiError` in Telegram's words."""
    return _Reading(text).read()


class _Reading:
    """One text on its way, sign by sign."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.plain = Plain()
        self.entities: list[Entity] = []
        self.opened: list[tuple[str, int, int, int]] = []
        self.quote: tuple[int, bool] | None = None

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text):
            self._step()
        self._end_quote()
        if self.opened:
            kind, _, start, _ = self.opened[-1]
            raise self._wrong(f"Can't find end of {_NAMES[kind]} entity at byte offset", start)
        return self.plain.text(), [e for e in self.entities if e["length"]]

    def _step(self) -> None:
        sign, following = self.text[self.at], self.text[self.at + 1 : self.at + 2]
        if sign == "\\" and following and 0 < ord(following) <= 126:
            self._take(following, 2)
        elif self._inside("code", "pre"):
            self._in_code(sign)
        elif sign == "\n":
            self._line_end()
        elif self._quote_begins() or self._expandable_ends():
            return
        elif sign not in _RESERVED:
            self._take(sign, 1)
        else:
            self._mark(sign)

    def _take(self, piece: str, length: int) -> None:
        self.plain.add(piece)
        self.at += length

    def _inside(self, *kinds: str) -> bool:
        return bool(self.opened) and self.opened[-1][0] in kinds

    def _in_code(self, sign: str) -> None:
        mark = "```" if self._inside("pre") else "`"
        if self.text.startswith(mark, self.at):
            self._close(len(mark))
        elif sign == "`":
            raise self._reserved(sign)
        else:
            self._take(sign, 1)

    def _line_end(self) -> None:
        if self.quote is not None and not self.text.startswith("\n>", self.at):
            self._end_quote()
        self._take("\n", 1)

    def _quote_begins(self) -> bool:
        if self.at and self.text[self.at - 1] != "\n":
            return False
        mark = next((m for m in ("**>", ">") if self.text.startswith(m, self.at)), None)
        if mark is None:
            return False
        if self.quote is None:
            self.quote = (self.plain.length, False)
        self.at += len(mark)
        return True

    def _expandable_ends(self) -> bool:
        """`||` at the end of a quotation folds it."""
        at_end = self.text.startswith("||", self.at) and self.text[self.at + 2 : self.at + 3] in (
            "",
            "\n",
        )
        if self.quote is None or not at_end or self._inside("spoiler"):
            return False
        self.quote = (self.quote[0], True)
        self.at += 2
        return True

    def _end_quote(self) -> None:
        if self.quote is not None:
            offset, folds = self.quote
            kind = "expandable_blockquote" if folds else "blockquote"
            length = self.plain.length - offset
            self.entities.append({"type": kind, "offset": offset, "length": length})
            self.quote = None

    def _mark(self, sign: str) -> None:
        mark = next((m for m in ("__", "||") if self.text.startswith(m, self.at)), sign)
        if mark in _MARKS:
            kind = _MARKS[mark]
            if self._inside("italic") and mark == "__" and not self._open_kind("underline"):
                kind, mark = "underline", "__"
            self._toggle(kind, mark)
        elif sign == "`":
            self._open_code()
        elif sign == "[" or self.text.startswith("![", self.at):
            self._open("custom_emoji" if sign == "!" else "text_link", 2 if sign == "!" else 1)
        elif sign == "]" and self._inside("text_link", "custom_emoji"):
            self._close_link()
        else:
            raise self._reserved(sign)

    def _open_kind(self, kind: str) -> bool:
        return any(opened[0] == kind for opened in self.opened)

    def _toggle(self, kind: str, mark: str) -> None:
        if self._inside(kind):
            self._close(len(mark))
        else:
            self._open(kind, len(mark))

    def _open(self, kind: str, length: int) -> None:
        self.opened.append((kind, self.plain.length, self.at, len(self.plain.parts)))
        self.at += length

    def _open_code(self) -> None:
        if not self.text.startswith("```", self.at):
            self._open("code", 1)
            return
        self._open("pre", 3)
        end = self.at
        while end < len(self.text) and not self.text[end].isspace() and self.text[end] != "`":
            end += 1
        if self.at < end < len(self.text) and self.text[end] != "`":
            self.entities.append(
                {"type": "language", "language": self.text[self.at : end], "length": 0}
            )
            self.at = end
        if self.text[self.at : self.at + 1] == "\n":
            self.at += 1

    def _close(self, length: int, more: Entity | None = None) -> None:
        kind, offset, _, _ = self.opened.pop()
        entity = {"type": kind, "offset": offset, "length": self.plain.length - offset}
        if kind == "pre" and self.entities and self.entities[-1]["type"] == "language":
            entity["language"] = self.entities.pop()["language"]
        self.entities.append(entity | (more or {}))
        self.at += length

    def _close_link(self) -> None:
        kind, _, _, since = self.opened[-1]
        url, length = self._address("".join(self.plain.parts[since:]))
        if kind == "custom_emoji":
            self._close(length, {"custom_emoji_id": url.partition("id=")[2] or "0"})
            return
        target = link(url)
        if target is None:
            self.opened.pop()
            self.at += length
        else:
            self._close(length, target)

    def _address(self, inside: str) -> tuple[str, int]:
        """The address of a link and the length of all that closes it."""
        if not self.text.startswith("](", self.at):
            return inside, 1
        address, at = "", self.at + 2
        while at < len(self.text) and self.text[at] != ")":
            at += self.text[at] == "\\" and at + 1 < len(self.text)
            address += self.text[at]
            at += 1
        if at >= len(self.text):
            raise self._wrong("Can't find end of a URL at byte offset", self.at + 2)
        return address, at + 1 - self.at

    def _reserved(self, sign: str) -> ApiError:
        return unparsed(
            f"Character '{sign}' is reserved and must be escaped with the preceding '\\'"
        )

    def _wrong(self, what: str, at: int) -> ApiError:
        return unparsed(f"{what} {byte_offset(self.text, at)}")
