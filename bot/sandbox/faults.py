"""Faults on script and on seed: what may go wrong between a bot and Telegram."""

import random
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal[
    "lost",
    "dropped",
    "delayed",
    "flood",
    "server_error",
    "bad_gateway",
    "empty",
    "no_result",
    "malformed",
    "duplicate",
]
ON_UPDATES = frozenset({"malformed", "duplicate"})
"""Faults of the queue: they strike getUpdates only."""


@dataclass
class Fault:
    """One fault: what, for which method and chat, how often, with which probability."""

    kind: Kind
    method: str = "*"
    chat: str = "*"
    count: int = 1
    probability: float = 1.0
    seconds: float = 1.0

    def fits(self, method: str, chat: str) -> bool:
        return (
            self.count != 0
            and (self.kind not in ON_UPDATES or method.lower() == "getupdates")
            and self.method.lower() in ("*", method.lower())
            and self.chat in ("*", chat)
        )


class Faults:
    """The faults that are set; a count of -1 never ends."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self.set: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.set.append(fault)

    def clear(self) -> None:
        self.set.clear()

    def next(self, method: str, chat: str) -> Fault | None:
        """The fault that strikes this call, if any; it is used up by one."""
        for fault in self.set:
            if fault.fits(method, chat) and self._strikes(fault):
                fault.count -= 1 if fault.count > 0 else 0
                return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        return fault.probability >= 1 or self._dice.random() < fault.probability

    def json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.set if fault.count]
