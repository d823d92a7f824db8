"""What this machine lacks of the things some tests look for, and whom tests may call."""

import functools
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
FONTS: Final = Path("/usr/share/fonts")
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a disk in memory; pytest makes its own folder
ROOM: Final = 2 << 30
REMEDY: Final = "apt install chromium fonts-noto-cjk"
LEARNS: Final = find_spec("sklearn") is not None
"""Whether tables can be learned here; what learns them is imported by the tests that learn."""

outside: list[str] = []


class OutsideCall(BaseException):
    """A test tried to reach another machine; no code under test may swallow this."""


def browser() -> str | None:
    """The path of a Chromium, if there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def reads_chinese() -> bool:
    """Whether a page can show Chinese here."""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
        return bool(listed.stdout.strip())
    return any(FONTS.rglob("*CJK*")) or any(FONTS.rglob("wqy*"))


@functools.cache
def missing() -> str | None:
    """What the page cannot be looked at without, or nothing."""
    if browser() is None:
        return f"Chromium is not installed ({REMEDY})"
    return None if reads_chinese() else f"there are no Chinese fonts ({REMEDY})"


def roomy_memory() -> Path | None:
    """A disk in memory with room for all that the tests write: its fsync waits for nothing."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return MEMORY


def stay_inside() -> None:
    """Lets sockets reach this machine only, from now on."""
    for name in ("connect", "connect_ex"):
        _guard(socket.socket, name, lambda arguments: arguments[1])
    _guard(socket.socket, "sendto", lambda arguments: arguments[-1])
    _guard(socket, "getaddrinfo", lambda arguments: arguments[:1])


def _guard(owner: Any, name: str, address_in: Callable[[tuple[Any, ...]], Any]) -> None:
    real = getattr(owner, name)

    def guarded(*arguments: Any, **named: Any) -> Any:
        address = address_in(arguments)
        if isinstance(address, tuple) and not _is_here(address[0]):
            outside.append(str(address[0]))
            raise OutsideCall(f"tests reach no other machine, and not {address[0]}")
        return real(*arguments, **named)

    setattr(owner, name, guarded)


def _is_here(host: object) -> bool:
    name = host.decode(errors="replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


if __name__ == "__main__":
    sys.exit(missing())
