"""The one error boundary: what goes wrong in a handler, a duty or an outcome ends here."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import TelegramError

from handlers.feature import Context

ANSWERS = (TelegramError, KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What a request may raise: Telegram's own errors, and answers of the wrong shape."""


class Suspended(RuntimeError):
    """A handler awaited something real while its work was open."""


async def on_error(update: object, context: Context) -> None:
    """Notes a handler's exception on the step; intake decides what follows."""
    context.step.error = context.error


def run_whole(coroutine: Coroutine[Any, Any, None]) -> None:
    """Runs a coroutine to its end without one suspension. Raises `Suspended` if it waits."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    coroutine.close()
    raise Suspended


def caught(action: Callable[[], object]) -> BaseException | None:
    """Does something and returns what it raised: any exception, or a stray cancellation."""
    try:
        action()
    except (Exception, asyncio.CancelledError) as error:
        return error
    return None
