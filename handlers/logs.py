"""The bot's diary: one plain line an event, with no secret and no member's words in it."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Final

# What these libraries say below a warning holds addresses with the token, or whole updates.
QUIET: Final = (
    "aiohttp",
    "alembic",
    "apscheduler",
    "httpcore",
    "httpx",
    "jieba",
    "sqlalchemy",
    "telegram",
)
QUIET_TOO: Final = ("uvicorn.access",)
SHAPE: Final = r"\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}"
HIDDEN: Final = "[secret]"
# Whose errors speak of files, sockets and rights; every other text may quote a member.
PLAIN_SPOKEN: Final = ("bot.settings", "httpcore", "httpx", "sqlite3", "telegram.error")
FRAMES: Final = 12

log = logging.getLogger(__name__)


class Redactor:
    """Blots out every secret it was given, and whatever has the shape of a bot's token."""

    def __init__(self, secrets: Sequence[str]) -> None:
        halves = [secret.partition(":")[2] for secret in secrets]
        known = {secret for secret in (*secrets, *halves) if secret}
        longest_first = sorted(known, key=lambda secret: (-len(secret), secret))
        self._pattern = re.compile("|".join([*map(re.escape, longest_first), SHAPE]))

    def __call__(self, text: str) -> str:
        return self._pattern.sub(HIDDEN, text)

    def __repr__(self) -> str:
        return "Redactor()"


class OneLine(logging.Formatter):
    """Time, level, who and what, in one line whatever is in it."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = _said(record)
        if record.exc_info and record.exc_info[1]:
            said += f" [{told(record.exc_info[1])}]"
        line = self._redact(f"{time} {record.levelname} {record.name}: {said}")
        return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


class ToStderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to stderr, and complains of a broken record without printing it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """The standard complaint would print the record's arguments."""
        print(f"a log line of {record.name} could not be written", file=sys.stderr)  # noqa: T201


def set_up(level: str, secrets: Sequence[str]) -> None:
    """Send everything the process has to say through one redacting handler to stderr."""
    handler = ToStderr(sys.stderr)
    handler.addFilter(_worth_telling)
    handler.setFormatter(OneLine(Redactor(secrets)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in (*QUIET, *QUIET_TOO):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda what: _note("in clean-up", what.exc_value)
    threading.excepthook = lambda what: _note("in a thread", what.exc_value)


def told(error: BaseException) -> str:
    """An error as type and places, with its text only where that cannot hold a member's words."""
    return " < ".join(_one(each) for each in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        hidden = following.__suppress_context__
        following = following.__cause__ or (None if hidden else following.__context__)


def _one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = ", ".join(f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames)
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    parts = [type(error).__name__, _text(error), f" at {places}" if places else ""]
    return "".join(parts) + "".join(f" ({told(each)})" for each in inner)


def _text(error: BaseException) -> str:
    module = type(error).__module__
    plain = any(module == name or module.startswith(f"{name}.") for name in PLAIN_SPOKEN)
    if not plain and not isinstance(error, OSError | ImportError):
        return ""
    # Telegram quotes the place in our own message that it could not read.
    return ": " + re.sub(r'"[^"]*"', '"…"', str(error))


def _short(filename: str) -> str:
    return "/".join(PurePath(filename).parts[-2:])


def _said(record: logging.LogRecord) -> str:
    # A library's arguments may be an update; its template never is.
    if _is_quiet(record.name):
        return str(record.msg)
    # The event loop tells the task in its first line, and quotes its error in the others.
    if record.name == "asyncio":
        return record.getMessage().partition("\n")[0]
    return record.getMessage()


def _is_quiet(name: str) -> bool:
    return name.partition(".")[0] in QUIET or name in QUIET_TOO


def _worth_telling(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or not _is_quiet(record.name)


def _uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        log.info("stopped from the keyboard")
        return
    _note("and the process ends", error.with_traceback(trace))


def _note(where: str, error: BaseException | None) -> None:
    log.critical("an error nobody caught, %s", where, exc_info=error)
