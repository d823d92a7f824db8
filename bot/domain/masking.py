"""What never stands in a matter: identity numbers, door numbers, a resident's phone."""

import re

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d){8}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)")
_DOOR = re.compile(
    r"(?P<house>\d{1,3}\s*(?:号楼|號樓|栋|棟|幢|座)\s*(?:\d{1,2}\s*(?:单元|單元|门|門)\s*)?)"
    r"-?\s*\d{3,4}(?!\d)\s*(?:室|号|號|户|戶)?"
)
_ROOM = re.compile(r"(?<!\d)\d{3,4}\s*(?:室|户|戶)(?![外内])")
_DASHED = re.compile(r"(?<![\d-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d-])")


def masked(text: str, phones: bool = True) -> str:
    """The text with numbers hidden; a phone given as an answer stays where `phones` is false."""
    hidden = _IDENTITY.sub("【证件号】", text)
    hidden = _DOOR.sub(lambda found: f"{found['house']}【门牌】", hidden)
    hidden = _DASHED.sub("【门牌】", _ROOM.sub("【门牌】", hidden))
    if phones:
        hidden = _LANDLINE.sub("【电话】", _PHONE.sub("【电话】", hidden))
    return hidden
