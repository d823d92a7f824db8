"""An export is read in a process of its own, so that nobody's tap waits for it.

Run as `python -m bot.roof.child READER FILE`, with the numbers of people who are not to be read
on the input; what it says are JSON lines: how far it has come, and at last what was found.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any, TextIO

from bot.domain.importing import BadExport, Forgotten, Imported, Progress

STEP = 256 * 1024
NICE = 5
"""The bot itself goes first."""


class ChildImporter:
    """Reads exports with the reader somebody chose."""

    def __init__(self, reader: str) -> None:
        self._reader = reader

    def read(
        self,
        path: Path,
        progress: Progress | None = None,
        unread: frozenset[int] = frozenset(),
    ) -> Imported:
        """What an export holds. Raises `BadExport`."""
        told: dict[str, Any] = {}
        for told in self._lines(path, unread):
            if progress is not None and "read" in told:
                progress(told["read"])
        if "found" in told:
            return unpacked(told["found"])
        raise BadExport(told.get("refused", "import.unreadable"))

    def _lines(self, path: Path, unread: frozenset[int]) -> Iterator[dict[str, Any]]:
        """Everything the child says; one that dies in between has said no last word."""
        command = [sys.executable, "-m", __name__, self._reader, str(path)]
        with subprocess.Popen(  # noqa: S603 - our own module, our own file
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as child:
            with suppress(BrokenPipeError):
                _tell(child.stdin, unread)
            for line in child.stdout or ():
                yield json.loads(line)


def _tell(to: IO[str] | None, unread: frozenset[int]) -> None:
    if to is not None:
        with to:
            to.write(" ".join(map(str, sorted(unread))))


def main(arguments: Sequence[str], given: TextIO, out: TextIO) -> int:
    """Reads one export; returns the exit status."""
    from bot.analysis import ExportReader, PlainReader, reader_named

    shown = 0

    def progress(done: int) -> None:
        nonlocal shown
        if done - shown >= STEP:
            shown = done
            _say(out, read=done)

    unread = frozenset(int(number) for number in given.read().split())
    reader = reader_named(arguments[0]) or PlainReader()
    try:
        found = ExportReader(reader).read(Path(arguments[1]), progress, unread)
    except BadExport as declined:
        _say(out, refused=declined.key)
        return 2
    _say(out, found=packed(found))
    return 0


def _say(out: TextIO, **told: object) -> None:
    print(json.dumps(told, ensure_ascii=False), file=out, flush=True)


def packed(found: Imported) -> dict[str, Any]:
    """What was found, as plain JSON."""
    body: dict[str, Any] = json.loads(json.dumps(asdict(found), default=datetime.isoformat))
    return body


def unpacked(body: dict[str, Any]) -> Imported:
    """The same, back again."""
    moments = {name: _moment(body[name]) for name in ("first", "last")}
    forgotten = tuple(
        Forgotten(one["text"], datetime.fromisoformat(one["at"]), one["score"])
        for one in body["forgotten"]
    )
    topics = tuple((str(word), int(count)) for word, count in body["topics"])
    return Imported(**{**body, **moments, "forgotten": forgotten, "topics": topics})


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


if __name__ == "__main__":
    os.nice(NICE)
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout))
