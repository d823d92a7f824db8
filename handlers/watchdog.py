"""Notices that the bot has gone deaf or is stuck, and ends it so that it is started again."""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

DEAF_AFTER, STUCK_AFTER = 300.0, 120.0
EXIT = 70


@dataclass
class Pulse:
    """When things last went well, in seconds of the monotonic clock."""

    polled: float
    moved: float
    ended: threading.Event = field(default_factory=threading.Event)
    """Set when the bot has ended by itself, and nobody needs to watch it any more."""

    def heard(self) -> None:
        self.polled = time.monotonic()

    def progressed(self) -> None:
        self.moved = time.monotonic()


def trouble(pulse: Pulse, now: float) -> str | None:
    """What is wrong at `now`, or None."""
    if now - pulse.polled > DEAF_AFTER:
        return f"no answer from Telegram for {DEAF_AFTER:.0f} s"
    if now - pulse.moved > STUCK_AFTER:
        return f"nothing was handled for {STUCK_AFTER:.0f} s"
    return None


def watch(
    pulse: Pulse, every: float = 5.0, end: Callable[[int], object] = os._exit
) -> threading.Thread:
    """A thread of its own, since a stuck event loop cannot watch itself."""

    def look() -> None:
        while not pulse.ended.wait(every):
            wrong = trouble(pulse, time.monotonic())
            if wrong is not None:
                log.critical("%s; ending, to be started again", wrong)
                end(EXIT)
                return

    thread = threading.Thread(target=look, name="watchdog", daemon=True)
    thread.start()
    return thread
