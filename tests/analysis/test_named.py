"""Who was spoken of before a message, as numbers."""

from datetime import UTC, datetime

import numpy as np
import pytest

from bot.analysis import marks
from bot.analysis.context import context
from bot.analysis.first import ACTORS, FINDINGS, PLACE
from bot.analysis.named import (
    LAST,
    LATELY,
    NEAR,
    NUMBERS,
    OWN,
    REPLIED,
    SHARE,
    SPEAKS,
    SPOKE,
    named_in,
    spoken_of,
)
from bot.analysis.second import Seen, candidates, heard_of
from bot.domain.talk import Heard, Message, Reading

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def heard(number: int, *names: str, author: str = "a", role: str = "") -> Heard:
    return Heard(number, NOON, author, role, None, Reading(names=names))


def told(
    actor: str, before: list[Heard], message: Message | None = None, weight: float = 0.5
) -> list[float]:
    """What is told of one actor, where everything has faded to the same weight."""
    message = message or Message("太过分了", author="b")
    numbers = spoken_of(message, before, [weight] * len(before))
    found: list[float] = numbers.reshape(len(ACTORS), NUMBERS)[ACTORS.index(actor)].tolist()
    return found


def test_the_actors_a_text_names_come_in_one_order() -> None:
    assert named_in({"owners": 1, "cries": 2, "property": 3}) == ("property", "owners")


def test_before_the_first_message_nobody_was_spoken_of() -> None:
    numbers = spoken_of(Message("太过分了"), (), ())
    assert numbers.shape == (len(ACTORS) * NUMBERS,)
    assert not numbers.any()


def test_whoever_was_named_last_is_told_in_every_span() -> None:
    row = told("property", [heard(1), heard(2, "property")])
    assert [row[n] for n in (LAST, NEAR, LATELY, SHARE)] == [0.5] * 4
    assert not any(told("grid", [heard(1), heard(2, "property")]))


def test_who_was_named_long_ago_only_has_a_share() -> None:
    row = told("grid", [heard(0, "grid"), *map(heard, range(1, 10))])
    assert row[SHARE] == pytest.approx(0.1)
    assert sum(row) == row[SHARE]


def test_named_often_tells_more_than_named_once() -> None:
    often = told("grid", [heard(n, "grid") for n in range(4)])
    assert often[LATELY] == 2.0
    assert often[NEAR] == 0.5


@pytest.mark.parametrize("role", ["committee", "manager", "secretary"])
def test_who_speaks_for_an_office_brings_it_up(role: str) -> None:
    row = told("committee", [heard(1, role=role), heard(2)])
    assert (row[SPEAKS], row[SPOKE], row[LAST]) == (0.5, 0.0, 0.0)
    assert told("committee", [heard(1), heard(2, role=role)])[SPOKE] == 0.5


def test_of_the_speakers_own_messages_only_the_last_counts() -> None:
    before = [heard(1, "property", author="b"), heard(2, author="b"), heard(3)]
    assert told("property", before)[OWN] == 0.0
    assert told("property", before[:1])[OWN] == 0.5
    nameless = Message("太过分了")
    assert told("property", [heard(1, "property", author="")], nameless)[OWN] == 0.0


def test_a_reply_is_about_what_it_replies_to() -> None:
    before = [heard(n) for n in range(1, 12)]
    before[0] = heard(1, "property", role="property")
    assert told("property", before, Message("又是这样", reply_to=1))[REPLIED] == 2.0
    assert told("property", before, Message("又是这样", reply_to=2))[REPLIED] == 0.0


def test_a_name_that_is_no_actor_any_more_tells_nothing() -> None:
    assert not spoken_of(Message("太过分了"), [heard(1, "landlord")], [1.0]).any()


def test_of_the_unlikely_only_who_was_heard_of_is_asked_about() -> None:
    message = Message("太过分了", at=NOON, author="b")
    logits = np.full(len(FINDINGS), -9.0, np.float32)
    logits[PLACE["blames"]] = 1.0
    logits[PLACE["about:property"]] = -1.0
    logits[[PLACE["about:grid"], PLACE["about:owners"]]] = -3.5
    place = context(message, [heard(1, "grid", "community")])
    seen = Seen(logits, np.zeros(len(marks.names()), np.float32), place, "")
    asked = [ACTORS[actor] for actor in heard_of(seen, candidates(seen))]
    assert asked == ["property", "grid"]
