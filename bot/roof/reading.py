"""A file of messages read line by line: what was found goes to the output, nothing is kept."""

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from bot.analysis import PlainReader
from bot.analysis.batches import TOGETHER, batches
from bot.analysis.lines import BadLine, Given, Id, Line, given, shown, written
from bot.analysis.normal import LONGEST
from bot.analysis.spans import Names
from bot.domain.talk import REMEMBERED, Coming, Heard, Message, Reader, remembered
from bot.roof.afterwards import Afterwards
from bot.roof.bar import Bar
from bot.roof.wiring import reader_of
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
    reader = reader_of(settings) or PlainReader()
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A message that is read next; `at` is when it was written as far as the file tells."""

    id: Id
    message: Message
    at: datetime


class _LineByLine:
    """The messages so far; of those before only readings are remembered."""

    def __init__(self, reader: Reader, names: Names, afterwards: Afterwards, bar: Bar) -> None:
        self._reader, self._names = reader, names
        self._afterwards, self._bar = afterwards, bar
        self._before: deque[Heard] = deque(maxlen=REMEMBERED)
        self._at = UNDATED
        self._number = self._bad = 0

    def all(self, file: BinaryIO) -> int:
        """Reads every line; gives how many were bad. Only a file on disk is read ahead."""
        on_disk, done = S_ISREG(os.fstat(file.fileno()).st_mode), 0
        stop: list[UnreadableFile] = []
        for raws in batches(_up_to(stop, _lines(file)), len, TOGETHER if on_disk else 1):
            self._some([asked for raw in raws if (asked := self._asked(raw)) is not None])
            done += sum(map(len, raws))
            self._bar.to(done)
        if stop:
            raise stop[0]
        return self._bad

    def _asked(self, raw: bytes) -> _Asked | None:
        """The message of one line; None where there is none."""
        self._number += 1
        if not raw.strip():
            return None
        try:
            told = _message(raw)
        except BadLine as why:
            self._bar.say(f"line {self._number} is skipped: {why}")
            self._bad += 1
            return None
        return self._known(told)

    def _known(self, told: Given) -> _Asked:
        id = self._number if told.id is None else told.id
        reply_to = self._names.line(told.reply_to)
        self._names.put(self._number, id)
        self._at = told.at or self._at
        said = told.text, False, told.role, told.at, told.author, reply_to, self._number
        return _Asked(id, Message(*said), self._at)

    def _some(self, asked: Sequence[_Asked]) -> None:
        if len(asked) > 1:
            coming = tuple(one.message for one in asked)
            self._reader.ahead([Coming(coming, tuple(self._before))])
        for one in asked:
            self._one(one)
        sys.stdout.buffer.flush()

    def _one(self, asked: _Asked) -> None:
        message = asked.message
        reading = self._reader.read(message, tuple(self._before))
        sys.stdout.buffer.write(written(shown(asked.id, reading)))
        self._before.append(remembered(message, asked.at, reading))
        line, text = message.number, message.text[: LONGEST * 2]
        said = message.at, message.author, message.role, message.reply_to, text, reading
        self._afterwards.take(Line(line, *said))


def _up_to(stop: list[UnreadableFile], lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines before the one that cannot be read; why it cannot is put into `stop`."""
    try:
        yield from lines
    except UnreadableFile as why:
        stop.append(why)


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
