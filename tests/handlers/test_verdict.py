"""What Telegram's answers mean: only the provably unsent is tried again by itself."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.domain.letter import Kind, Outcome
from handlers.post.verdict import Again, Final, verdict_of


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        caused(NetworkError("x"), httpx.ConnectError("refused")),
        caused(TimedOut(), httpx.ConnectTimeout("slow")),
        caused(TimedOut(), httpx.PoolTimeout("busy")),
    ],
)
def test_what_never_left_is_sent_again(error: TelegramError) -> None:
    assert isinstance(verdict_of(error, Kind.SEND, 0), Again)


@pytest.mark.parametrize(
    "error",
    [
        caused(TimedOut(), httpx.ReadTimeout("no answer")),
        caused(NetworkError("x"), httpx.RemoteProtocolError("cut")),
        NetworkError("Bad Gateway"),
        KeyError("result"),
        TypeError("wrong shape"),
    ],
)
def test_what_may_have_arrived_is_uncertain(error: Exception) -> None:
    verdict = verdict_of(error, Kind.SEND, 0)
    assert isinstance(verdict, Final)
    assert verdict.outcome is Outcome.UNCERTAIN


def test_an_edit_may_be_repeated_after_a_lost_answer() -> None:
    lost = caused(TimedOut(), httpx.ReadTimeout("no answer"))
    assert isinstance(verdict_of(lost, Kind.EDIT, 0), Again)


def test_an_answer_to_a_tap_is_not_repeated_for_ever() -> None:
    lost = caused(TimedOut(), httpx.ReadTimeout("no answer"))
    assert isinstance(verdict_of(lost, Kind.ANSWER, 3), Final)


def test_a_flood_wait_holds_the_letter_for_as_long_as_asked() -> None:
    verdict = verdict_of(RetryAfter(7), Kind.SEND, 0)
    assert verdict == Again(timedelta(seconds=7))


def test_a_migrated_group_is_followed() -> None:
    assert verdict_of(ChatMigrated(-1009), Kind.SEND, 0) == Again(moved_to=-1009)  # type: ignore[arg-type]  # a plain number is clearer here


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (
            Forbidden("Forbidden: bot can't initiate conversation with a user"),
            Outcome.BLOCKED,
        ),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Outcome.KICKED),
        (Forbidden("Forbidden: bot is not a member of the supergroup chat"), Outcome.KICKED),
        (BadRequest("Chat not found"), Outcome.KICKED),
        (BadRequest("Not enough rights to manage pinned messages in the chat"), Outcome.NO_RIGHT),
        (BadRequest("Message to edit not found"), Outcome.GONE),
        (BadRequest("Message can't be edited"), Outcome.GONE),
        (BadRequest("Message is not modified: same"), Outcome.SENT),
        (BadRequest("Message to delete not found"), Outcome.SENT),
        (BadRequest("Query is too old and response timeout expired"), Outcome.SENT),
        (BadRequest("Something quite new"), Outcome.REFUSED),
    ],
)
def test_a_refusal_of_telegram_has_a_meaning(error: TelegramError, outcome: Outcome) -> None:
    verdict = verdict_of(error, Kind.EDIT, 0)
    assert isinstance(verdict, Final)
    assert verdict.outcome is outcome
