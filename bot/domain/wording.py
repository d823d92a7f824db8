"""What people type for names and buildings, checked and put into one form."""

import re
import unicodedata

from bot.domain.basics import Refusal

NAME, BUILDING, BUILDINGS = 60, 16, 60
_RANGE = re.compile(r"(\d{1,3})\s*[-~～—–至到]\s*(\d{1,3})")
_PARTS = re.compile(r"[,，、;；/\s]+")


def name_of(typed: str) -> str:
    """A community's name. Raises `Refusal` where it is empty or too long."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not any(character.isalnum() for character in name):
        raise Refusal("setup.name_empty")
    if len(name) > NAME:
        raise Refusal("setup.name_long", limit=NAME)
    return name


def buildings_of(typed: str) -> tuple[str, ...]:
    """Building labels from `1-6`, `1,2,3`, `A座、B座`. Raises `Refusal`."""
    text = unicodedata.normalize("NFKC", typed).replace("号楼", "").replace("號樓", "")
    found: list[str] = []
    for part in filter(None, _PARTS.split(_RANGE.sub(_spelled, text))):
        if len(part) > BUILDING or ":" in part:
            raise Refusal("setup.building_long", limit=BUILDING)
        if part not in found:
            found.append(part)
    if not found or not any(c.isalnum() for c in "".join(found)):
        raise Refusal("setup.buildings_empty")
    if len(found) > BUILDINGS:
        raise Refusal("setup.buildings_many", limit=BUILDINGS)
    return tuple(found)


def _spelled(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    if not 0 <= last - first <= BUILDINGS:
        raise Refusal("setup.buildings_many", limit=BUILDINGS)
    return ",".join(str(number) for number in range(first, last + 1))


def shortened(text: str, limit: int) -> str:
    """At most so many characters; what was left out is marked, never cut in silence."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
