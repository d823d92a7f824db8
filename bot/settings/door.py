"""The door: the file and the environment become Settings, or one plain line of refusal."""

import difflib
import os
import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_settings import EnvSettingsSource

from bot.settings.refused import BadSettings, quoted, shown
from bot.settings.sections import PREFIX, Settings

NOT_SETTINGS: Final = frozenset({f"{PREFIX}CONFIG", f"{PREFIX}DATA"})
MOST_BYTES: Final = 1 << 20

Tree = dict[str, Any]


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Read the settings file, if it is there; the environment wins over it."""
    written = _read(path) if path else {}
    chosen = _from_environment(environ)
    both = {name: _over(written.get(name, {}), chosen.get(name)) for name in written | chosen}
    try:
        settings = Settings(**both)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        raise BadSettings(_line(first["loc"], first["type"], path, chosen)) from None
    folder = path.parent.absolute() if path else Path.cwd()
    return settings.model_copy(update={"storage": settings.storage.under(folder)})


def _over(written: Any, chosen: Tree | None) -> Any:
    return written | chosen if chosen and isinstance(written, dict) else written


def _read(path: Path) -> Tree:
    try:
        raw, mode = _bytes(path)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise BadSettings(
            f"{shown(path)} cannot be read; see that it is a file and that you may read it."
        ) from None
    found = _parsed(path, raw)
    telegram = found.get("telegram")
    if mode & 0o077 and isinstance(telegram, dict) and telegram.get("token"):
        raise BadSettings(
            f"{shown(path)} holds telegram.token and others may read it; "
            f"run: chmod 600 {quoted(path)}"
        )
    return found


def _bytes(path: Path) -> tuple[bytes, int]:
    # O_NONBLOCK, or opening a pipe nobody writes to would wait forever.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise BadSettings(f"{shown(path)} is no regular file; name a settings file.")
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise BadSettings(f"{shown(path)} is too long for a settings file; name another one.")
    return raw, mode


def _parsed(path: Path, raw: bytes) -> Tree:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        number = raw.count(b"\n", 0, wrong.start) + 1
        raise BadSettings(
            f"{shown(path)}, line {number} is not UTF-8; save the file as UTF-8."
        ) from None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as wrong:
        # The parser's own words may quote a line, and a line may be a token.
        at = re.search(r"\(at line (\d+), column \d+\)$", str(wrong))
        number = int(at[1]) if at else text.rstrip("\n").count("\n") + 1
        raise BadSettings(
            f"{shown(path)}, line {number} is not TOML; correct it, "
            "config.example.toml shows the form."
        ) from None


def _from_environment(environ: Mapping[str, str]) -> Tree:
    mine = {name: text for name, text in environ.items() if name.upper().startswith(PREFIX)}
    known = [_variable(*key.split(".")) for key in _keys()]
    for name in mine:
        if name.upper() not in NOT_SETTINGS and name.upper() not in known:
            raise BadSettings(
                f"{_plain(name)} is no setting{_close(name.upper(), known)}; correct or unset it."
            )
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): text for name, text in mine.items() if text}
    return source()


def _line(loc: tuple[int | str, ...], kind: str, path: Path | None, chosen: Tree) -> str:
    key = ".".join(_plain(part) for part in loc[:2])
    if kind == "extra_forbidden":
        return (
            f"{shown(path)}: {key} is no setting{_close(key, _keys())}; "
            "config.example.toml shows them all."
        )
    section = Settings.model_fields[str(loc[0])]
    if len(loc) == 1:
        return f"{shown(path)}: {key} must be {section.description}; write it so."
    inside: Any = section.annotation
    wanted = inside.model_fields[str(loc[1])].description
    if loc[1] in chosen.get(str(loc[0]), {}):
        return f"{_variable(*map(str, loc[:2]))} must be {wanted}; correct or unset it."
    return f"{shown(path)}: {key} must be {wanted}; correct the line or leave it out."


def _keys() -> list[str]:
    sections: Iterable[tuple[str, Any]] = Settings.model_fields.items()
    return [f"{name}.{key}" for name, of in sections for key in of.annotation.model_fields]


def _variable(section: str, key: str) -> str:
    return f"{PREFIX}{section}__{key}".upper()


def _plain(name: object) -> str:
    # A token pasted as a key must not come back in the refusal.
    return str(name) if re.fullmatch(r"[\w-]{1,40}", str(name), re.ASCII) else "a key in it"


def _close(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
    return f" (did you mean {near[0]}?)" if near else ""
