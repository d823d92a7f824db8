"""The first words of the house: who, where, when, and how the bot declines."""

import hmac
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Literal, NewType, get_args

MemberId = NewType("MemberId", int)
ChatId = NewType("ChatId", int)
CommunityId = NewType("CommunityId", str)

Clock = Callable[[], datetime]
"""The present moment, always with a zone."""

NewId = Callable[[], str]
"""A fresh identifier: ten letters and digits, safe in button data."""

Pseudonym = Callable[[CommunityId, MemberId], str]
"""A keyed code for a person in one community; two communities never share a code."""

Lang = Literal["zh-Hans", "zh-Hant", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


def lang_of(code: str | None, otherwise: Lang) -> Lang:
    """The catalogue that suits a Telegram language code such as `zh-hant` or `en-GB`."""
    plain = (code or "").lower()
    if plain.startswith("en"):
        return "en"
    if plain.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    return "zh-Hans" if plain.startswith("zh") else otherwise


def pseudonyms(key: bytes) -> Pseudonym:
    """Codes of 128 bits, HMAC-SHA256 under a key that is kept outside the database."""
    keyed = hmac.new(key, digestmod=sha256)

    @lru_cache(maxsize=1024)
    def code(community: CommunityId, member: MemberId) -> str:
        # To copy a keyed hash is many times cheaper than to key it anew for each message.
        one = keyed.copy()
        one.update(f"{community}:{member}".encode())
        return one.hexdigest()[:32]

    return code


class Refusal(Exception):
    """The bot declines, and says why: `key` names a text in the catalogue."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Denied(Refusal):
    """A refusal for want of a right; it leaves an audit row."""

    def __init__(self, act: str, key: str = "denied.role", **values: object) -> None:
        super().__init__(key, **values)
        self.act = act


class MemoryTrouble(Exception):
    """The store cannot keep anything just now: locked, full or read-only; nothing was changed."""
