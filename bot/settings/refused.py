"""How the settings say no."""

import shlex
from pathlib import Path


class BadSettings(Exception):
    """The bot cannot start like this; `line` names what is wrong and what to do, in one line."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def shown(text: object) -> str:
    """A name from outside, fit for one line of a terminal."""
    return "".join(c if c.isprintable() else "?" for c in str(text))


def quoted(path: Path) -> str:
    """A path, fit to be typed into a shell."""
    return shlex.quote(shown(path))
