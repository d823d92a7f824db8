"""What has to be done at a certain moment; a row, so that no restart forgets it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Due:
    """One duty: `kind` names who does it, `object` what it is about."""

    kind: str
    object: str
    at: datetime


class Dues(Protocol):
    """Where duties wait; one per kind and object, putting it again moves it."""

    def put(self, due: Due) -> None: ...
    def cancel(self, kind: str, object: str) -> None: ...
    def waits(self, kind: str, prefix: str) -> bool: ...
