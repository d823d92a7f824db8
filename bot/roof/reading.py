"""A file of messages read line by line: what was found goes to the output, nothing is kept."""

import os
import sys
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from bot.analysis import PlainReader, reader_named
from bot.analysis.lines import BadLine, Given, Line, given, shown, written
from bot.analysis.normal import LONGEST
from bot.analysis.spans import Names
from bot.domain.talk import REMEMBERED, Heard, Message, Reader
from bot.roof.afterwards import Afterwards
from bot.roof.bar import Bar
from bot.settings import Settings

LONGEST_LINE = 4 << 20
"""Bytes of one line; a longer one is a bad line and is never held as a whole."""
UTF8_MARK, OTHER_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
SOME_BAD, REFUSED = 1, 2


class UnreadableFile(Exception):
    """The file cannot be read; its text says why."""


def read(settings: Settings, path: Path, threads: bool, claims: bool) -> int:
    """Writes out what is found in each line, then threads and claims. Returns the status."""
    reader = reader_named(settings.reading.reader) or PlainReader()
    try:
        return _read(reader, path, threads, claims)
    except UnreadableFile as refused:
        return _refuse(f"{path} {refused}.")
    except BrokenPipeError:
        raise
    except OSError as error:
        # What still waits for the output would fail once more when it is closed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _refuse(f"what was found cannot be written ({error.strerror}).")


def _refuse(line: str) -> int:
    print(f"linsheng: {line}", file=sys.stderr)
    return REFUSED


def _read(reader: Reader, path: Path, threads: bool, claims: bool) -> int:
    names = Names()
    with _opened(path) as file, Afterwards(threads, claims, names.id) as afterwards:
        bar = Bar(os.fstat(file.fileno()).st_size, shown=not sys.stdout.isatty())
        bad = _LineByLine(reader, names, afterwards, bar).all(file)
        bar.end()
        afterwards.write(sys.stdout.buffer)
    return SOME_BAD if bad else 0


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no file has such a name"
        raise UnreadableFile(f"cannot be read ({why})") from error


class _LineByLine:
    """The messages so far; of those before only readings are remembered."""

    def __init__(self, reader: Reader, names: Names, afterwards: Afterwards, bar: Bar) -> None:
        self._reader, self._names = reader, names
        self._afterwards, self._bar = afterwards, bar
        self._before: deque[Heard] = deque(maxlen=REMEMBERED)
        self._at = UNDATED

    def all(self, file: BinaryIO) -> int:
        """Reads every line; gives how many were bad."""
        bad = done = 0
        for number, raw in enumerate(_lines(file), 1):
            done += len(raw)
            if raw.strip():
                try:
                    self._one(number, _message(raw))
                except BadLine as why:
                    self._bar.say(f"line {number} is skipped: {why}")
                    bad += 1
            self._bar.to(done)
        return bad

    def _one(self, number: int, message: Given) -> None:
        id = number if message.id is None else message.id
        reading = self._reader.read(Message(message.text, role=message.role), tuple(self._before))
        sys.stdout.buffer.write(written(shown(id, reading)))
        sys.stdout.buffer.flush()
        reply_to = self._names.line(message.reply_to)
        self._names.put(number, id)
        self._at = message.at or self._at
        self._before.append(
            Heard(number, self._at, message.author, message.role, reply_to, reading)
        )
        text = message.text[: LONGEST * 2]
        self._afterwards.take(
            Line(number, message.at, message.author, message.role, reply_to, text, reading)
        )


def _message(raw: bytes) -> Given:
    if len(raw) > LONGEST_LINE:
        raise BadLine(f"it is longer than {LONGEST_LINE >> 20} MB")
    return given(raw)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Line after line as they come in; of one that is too long only the beginning."""
    first = True
    while raw := _some(file):
        if first:
            if raw.startswith(OTHER_MARKS):
                raise UnreadableFile("is not UTF-8; save it as UTF-8, one JSON object a line")
            raw, first = raw.removeprefix(UTF8_MARK), False
        yield raw
        while len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            raw = _some(file)


def _some(file: BinaryIO) -> bytes:
    try:
        return file.readline(LONGEST_LINE + 1)
    except OSError as error:
        raise UnreadableFile(f"cannot be read to its end ({error.strerror})") from error
