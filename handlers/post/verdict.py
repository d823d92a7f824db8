"""What Telegram's answer to a request means for the letter that caused it."""

from dataclasses import dataclass
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.domain.basics import ChatId
from bot.domain.letter import REPEATABLE, Kind, Outcome

_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_DONE_ALREADY = (
    "message is not modified",
    "message to delete not found",
    "poll has already been closed",
)
_LATE = ("query is too old", "query id is invalid")
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to pin not found",
    "message_id_invalid",
    "message to be replied not found",
    "message to copy not found",
    "message can't be copied",
)
_NO_RIGHT = ("not enough rights", "have no rights", "chat_admin_required", "need administrator")
_AWAY = ("chat not found", "kicked", "not a member", "bot is not a participant", "deactivated")

ANSWER_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Again:
    """The letter provably did not leave: it waits, at least so long."""

    after: timedelta = timedelta(0)
    moved_to: ChatId | None = None


@dataclass(frozen=True, slots=True)
class Final:
    """The letter is settled."""

    outcome: Outcome
    reason: str = ""


def verdict_of(error: Exception, kind: Kind, attempts: int) -> Again | Final:
    """Only what is provably unsent, or harmless to repeat, is tried again by itself."""
    match error:
        case RetryAfter() if kind is Kind.ANSWER and attempts >= ANSWER_ATTEMPTS:
            return Final(Outcome.REFUSED, type(error).__name__)
        case RetryAfter():
            wait = error.retry_after
            return Again(wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        case ChatMigrated():
            return Again(moved_to=ChatId(error.new_chat_id))
        case InvalidToken():
            return Again(timedelta(seconds=30))
        case Forbidden():
            return Final(_forbidden(error.message), error.message)
        case BadRequest():
            return Final(_refused(error.message.lower(), kind), error.message)
        case NetworkError() if isinstance(error.__cause__, _UNSENT) or kind in REPEATABLE:
            return _patience(attempts, kind, error)
        case _:
            return Final(Outcome.UNCERTAIN, type(error).__name__)


def _patience(attempts: int, kind: Kind, error: TelegramError) -> Again | Final:
    """Growing pauses; answers to taps are soon worthless, the rest may wait for an hour."""
    limit = ANSWER_ATTEMPTS if kind is Kind.ANSWER else 120
    if attempts >= limit:
        return Final(Outcome.REFUSED, type(error).__name__)
    return Again(timedelta(seconds=min(2.0 ** min(attempts, 5), 30)))


def _forbidden(message: str) -> Outcome:
    text = message.lower()
    if "initiate conversation" in text or "blocked by the user" in text or "user is deact" in text:
        return Outcome.BLOCKED
    return Outcome.NO_RIGHT if any(sign in text for sign in _NO_RIGHT) else Outcome.KICKED


def _refused(text: str, kind: Kind) -> Outcome:
    if any(sign in text for sign in (*_DONE_ALREADY, *_LATE)):
        return Outcome.SENT
    if any(sign in text for sign in _GONE):
        return Outcome.GONE
    if any(sign in text for sign in _NO_RIGHT):
        return Outcome.NO_RIGHT
    if any(sign in text for sign in _AWAY):
        return Outcome.KICKED
    return Outcome.REFUSED
