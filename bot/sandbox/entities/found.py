"""Commands, mentions, hashtags, links and addresses that Telegram finds by itself."""

import re

from bot.sandbox.entities.units import Entity, utf16

_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")
_EMAIL = re.compile(
    r"(?<![\w.@-])[\w.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63})+", re.ASCII
)
_URL = re.compile(
    r"(?<![\w@./-])(?:https?://[^\s<>\"]+|"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|org|net|cn|io|me|dev|info|gov|edu|ru)(?![\w.-]*@)"
    r"(?![A-Za-z0-9-])(?:[/?][^\s<>\"]*)?)"
)
_HASHTAG = re.compile(r"(?<![\w#])#(?!\d+(?!\w))\w{1,256}(?![\w#])")
_KINDS = (
    ("/", "bot_command", _COMMAND),
    ("@", "email", _EMAIL),
    ("@", "mention", _MENTION),
    (".", "url", _URL),
    ("#", "hashtag", _HASHTAG),
)
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


def found(text: str, given: list[Entity]) -> list[Entity]:
    """The entities that stand in the plain text, outside of code and links."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _CLOSED]
    taken += [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _FOUND]
    entities: list[Entity] = []
    for sign, kind, pattern in _KINDS:
        if sign not in text:
            continue
        for match in pattern.finditer(text):
            offset = utf16(text[: match.start()])
            end = offset + utf16(match[0].rstrip(".,;:!?") if kind == "url" else match[0])
            if not any(start < end and offset < stop for start, stop in taken):
                taken.append((offset, end))
                entities.append({"type": kind, "offset": offset, "length": end - offset})
    return entities


_FOUND = frozenset(
    {"bot_command", "mention", "url", "email", "hashtag", "cashtag", "phone_number"}
)
