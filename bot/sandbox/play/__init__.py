"""What people do: join, leave, write, edit, tap, vote, react."""

from bot.sandbox.play.coming import (
    block,
    demote,
    join,
    leave,
    promote,
    restrict,
    start,
    unblock,
)
from bot.sandbox.play.files import upload
from bot.sandbox.play.places import link, migrate, open_topic, pin, rename, unpin
from bot.sandbox.play.saying import auto_forward, delete, edit, forward, origin, write
from bot.sandbox.play.tapping import press, react, tap, vote

__all__ = [
    "auto_forward",
    "block",
    "delete",
    "demote",
    "edit",
    "forward",
    "join",
    "leave",
    "link",
    "migrate",
    "open_topic",
    "origin",
    "pin",
    "press",
    "promote",
    "react",
    "rename",
    "restrict",
    "start",
    "tap",
    "unblock",
    "unpin",
    "upload",
    "vote",
    "write",
]
