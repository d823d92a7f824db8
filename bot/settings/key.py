"""The key behind the pseudonyms: thirty-two random bytes in a file of their own."""

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from bot.settings.refused import BadSettings, quoted, shown

KEY_BYTES: Final = 32


def load_or_make_key(path: Path) -> bytes:
    """Read the key, or make it at the first start; what others may read is no key."""
    try:
        return _load(path)
    except FileNotFoundError:
        pass
    except OSError:
        raise BadSettings(
            f"{shown(path)} cannot be read; see that it is a file and that you may read it."
        ) from None
    try:
        _make(path)
        return _load(path)
    except OSError:
        raise BadSettings(
            f"{shown(path)} cannot be made; see that you may write to its folder, "
            "or set storage.key_file."
        ) from None


def _load(path: Path) -> bytes:
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise BadSettings(f"{shown(path)} is no regular file; set storage.key_file anew.")
        if mode & 0o077:
            raise BadSettings(
                f"{shown(path)} is the key file and others may read it; "
                f"run: chmod 600 {quoted(path)}"
            )
        key = file.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise BadSettings(
            f"{shown(path)} does not hold a key of {KEY_BYTES} bytes; "
            "put the right file back from your backup."
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and linked into place, so that a crash leaves a whole key or none.
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(descriptor)
        _link(aside, path)
    finally:
        aside.unlink()


def _link(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        return  # another start was quicker, and its key is the key
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
