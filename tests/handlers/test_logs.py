"""The diary: one line an event, no token in any of them, and nobody's words."""

import asyncio
import io
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import httpx
import pytest
from telegram.error import BadRequest, InvalidToken

from handlers.logs import Redactor, set_up, told
from tests.canary import CANARY, SECRET, hear

ROOT = Path(__file__).parent.parent.parent
WORDS = "王阿姨家的电梯"


@contextmanager
def diary() -> Iterator[list[str]]:
    """Everything logged inside, line by line once it is closed; then all is as it was."""
    root = logging.getLogger()
    handlers, level, lines = root.handlers[:], root.level, list[str]()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    stderr = io.StringIO()
    try:
        with redirect_stderr(stderr):
            set_up("DEBUG", [CANARY])
            yield lines
    finally:
        logging.captureWarnings(capture=False)
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
        root.handlers[:] = handlers
        root.setLevel(level)
    assert SECRET not in stderr.getvalue()
    lines += stderr.getvalue().splitlines()


def failed(error: Exception) -> Exception:
    try:
        raise error
    except type(error):
        return error


def test_a_line_tells_when_how_grave_who_and_what() -> None:
    with diary() as lines:
        logging.getLogger("handlers.post").info("letter sent id=%d", 12)
    (line,) = lines
    time, rest = line.split(" ", 1)
    assert time.endswith("+00:00")
    assert rest == "INFO handlers.post: letter sent id=12"


def test_the_token_is_blotted_out_of_messages_and_arguments() -> None:
    log = logging.getLogger("handlers.post")
    with diary() as lines:
        log.info("going to /bot%s/getMe", CANARY)
        log.info({"token": CANARY})
        log.info("half of it: %s", SECRET)
        log.info("quoted: %s", CANARY.replace(":", "%3A"))
    assert len([line for line in lines if "[secret]" in line]) == 4


def test_another_bots_token_is_blotted_out_by_its_shape() -> None:
    with diary() as lines:
        logging.getLogger("x").error("bot999999999:" + "b" * 35)
    assert lines[0].endswith("x: bot[secret]")


def test_errors_and_where_they_came_from_hold_no_token() -> None:
    error = failed(httpx.ConnectError(f"no way to /bot{CANARY}/getMe"))
    error.__cause__ = failed(InvalidToken(f"The token `{CANARY}` was rejected by the server."))
    with diary() as lines:
        logging.getLogger("handlers.intake").error("poll failed", exc_info=error)
    (line,) = lines
    assert "ConnectError: no way to /bot[secret]/getMe at handlers/test_logs.py:" in line
    assert "< InvalidToken: The token `[secret]` was rejected" in line


def test_an_event_is_one_line_whatever_is_in_it() -> None:
    with diary() as lines:
        logging.getLogger("x").warning("a\nb\r\x1b[31m\u2028c\ud800 邻声")
    (line,) = lines
    assert line.endswith(r"a\nb\r\x1b[31m\u2028c\ud800 邻声")


def test_libraries_below_a_warning_are_not_heard() -> None:
    names = ("httpx", "httpcore.http11", "telegram.ext.Application", "uvicorn.access")
    with diary() as lines:
        for name in names:
            logging.getLogger(name).info("HTTP Request: POST /bot%s/getUpdates", CANARY)
        logging.getLogger("telegram.Bot").handle(
            logging.LogRecord("telegram.Bot", logging.DEBUG, "", 1, WORDS, None, None)
        )
    assert not lines


async def test_a_real_request_leaves_no_line() -> None:
    answer = httpx.MockTransport(lambda request: httpx.Response(200))
    with diary() as lines:
        async with httpx.AsyncClient(transport=answer) as client:
            await client.get(f"http://localhost/bot{CANARY}/getMe")
    assert not lines


def test_a_librarys_complaint_tells_its_template_and_no_update() -> None:
    with diary() as lines:
        logging.getLogger("telegram.Bot").critical(
            "Error while parsing updates! Received data was %r",
            [{"text": WORDS}],
            exc_info=failed(KeyError(WORDS)),
        )
    (line,) = lines
    assert WORDS not in line
    assert "Received data was %r [KeyError at handlers/test_logs.py:" in line


def test_the_text_of_an_error_is_told_only_where_it_cannot_quote_a_member() -> None:
    assert WORDS not in told(failed(ValueError(WORDS)))
    assert WORDS not in told(failed(BadRequest(f'Unsupported start tag "{WORDS}" at 5')))
    assert WORDS not in told(failed(ExceptionGroup(WORDS, [KeyError(WORDS), ValueError(WORDS)])))
    assert "No space left" in told(failed(OSError(28, "No space left on device")))
    assert "(KeyError)" in told(ExceptionGroup("", [KeyError(WORDS)]))


def test_errors_that_name_each_other_end() -> None:
    one, other = KeyError(1), KeyError(2)
    one.__context__, other.__context__ = other, one
    assert told(one) == "KeyError < KeyError"


def test_a_hidden_error_stays_hidden() -> None:
    error = KeyError(1)
    error.__context__, error.__suppress_context__ = ValueError(2), True
    assert told(error) == "KeyError"


async def test_a_task_nobody_waited_for_is_told_without_its_words() -> None:
    future = f"<Task exception=KeyError('{WORDS} {CANARY}')>"
    with diary() as lines:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "Task failed", "exception": KeyError(WORDS), "future": future}
        )
    (line,) = lines
    assert line.endswith("Task failed [KeyError]")


def test_a_thread_that_fails_is_told() -> None:
    with diary() as lines:
        thread = threading.Thread(target=lambda: int(CANARY))
        thread.start()
        thread.join()
    assert "in a thread [ValueError at" in lines[0]


def test_an_error_nobody_caught_is_told_and_the_keyboard_is_no_error() -> None:
    error, keyboard = failed(KeyError(WORDS)), KeyboardInterrupt(CANARY)
    with diary() as lines:
        sys.excepthook(KeyError, error, error.__traceback__)
        sys.excepthook(KeyboardInterrupt, keyboard, None)
    assert "CRITICAL" in lines[0]
    assert "the process ends [KeyError at handlers/test_logs.py" in lines[0]
    assert lines[1].endswith("INFO handlers.logs: stopped from the keyboard")


class Unclean:
    """Fails when it is thrown away."""

    def __del__(self) -> None:
        raise OSError(CANARY)


def test_a_clean_up_that_fails_is_told() -> None:
    with diary() as lines:
        Unclean()
    assert "in clean-up [OSError: [secret] at" in lines[0]


def test_a_record_that_cannot_be_written_is_not_printed() -> None:
    with diary() as lines:
        logging.getLogger("x").error("%d people", CANARY)
    assert lines == ["a log line of x could not be written"]


def test_warnings_go_the_same_way() -> None:
    with diary() as lines:
        warnings.warn(f"old {CANARY}", stacklevel=1)
    assert " py.warnings: " in lines[0]


def test_setting_up_twice_does_not_say_things_twice() -> None:
    with diary() as lines:
        set_up("INFO", ["", CANARY])
        logging.getLogger("x").info("once")
        logging.getLogger("x").debug("never")
    assert len(lines) == 1


def test_a_redactor_does_not_tell_what_it_hides() -> None:
    assert SECRET not in repr(Redactor([CANARY]))
    assert Redactor(["ab", "abc"])("xabcx") == "x[secret]x"


@pytest.mark.parametrize("ending", ["raise KeyError('{0}')", "raise KeyboardInterrupt('{0}')"])
def test_a_process_that_dies_tells_where_and_not_what(ending: str) -> None:
    program = f"from handlers.logs import set_up; set_up('INFO', ['{CANARY}'])\n"
    done = subprocess.run(
        [sys.executable, "-c", program + ending.format(CANARY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = hear(done.stdout + done.stderr, "a dying process")
    assert done.returncode != 0
    assert SECRET not in said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1
