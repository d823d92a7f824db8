"""What a button carries: a prefix and a few fields, sealed so that nobody can make one up."""

import base64
import hmac
from dataclasses import dataclass
from hashlib import sha256

LIMIT = 64
SEAL = 8


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button somebody pressed, taken apart."""

    prefix: str
    fields: tuple[str, ...]


def packed(prefix: str, *fields: object) -> str:
    """`prefix:field:field`. ValueError past 55 bytes or where a field holds a colon."""
    parts = [prefix, *(str(field) for field in fields)]
    data = ":".join(parts)
    if any(":" in part for part in parts) or len(data.encode()) > LIMIT - SEAL - 1:
        raise ValueError(f"button data does not fit: {prefix}")
    return data


class Seals:
    """Adds and checks the short keyed mark at the end of button data."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"buttons", sha256)

    def seal(self, data: str) -> str:
        return f"{data}:{self._mark(data)}"

    def open(self, sealed: str) -> Pressed | None:
        """The button behind sealed data; None where we never made it."""
        data, _, mark = sealed.rpartition(":")
        if not hmac.compare_digest(mark.encode(errors="replace"), self._mark(data).encode()):
            return None
        prefix, *fields = data.split(":")
        return Pressed(prefix, tuple(fields))

    def _mark(self, data: str) -> str:
        digest = hmac.digest(self._key, data.encode(errors="replace"), sha256)
        return base64.urlsafe_b64encode(digest).decode()[:SEAL]
