"""Native polls: votes change them, and the bots that may know are told."""

from typing import Any

import pytest

from bot.sandbox import play
from bot.sandbox.actors import Chat
from bot.sandbox.errors import ApiError
from bot.sandbox.view import view
from tests.sandbox.town import Town


def opened(town: Town, group: Chat, **more: Any) -> int:
    asked = {
        "question": "几点？",
        "options": ["七点", {"text": "八点"}],
        "is_anonymous": False,
    } | more
    return int(town.call("sendPoll", chat_id=group.id, **asked)["message_id"])


def test_a_vote_counts_and_its_voter_is_told_to_the_bot(town: Town) -> None:
    group = town.group()
    id = opened(town, group)
    play.vote(town.world, town.li, group, id, [1])
    answer, poll = town.updates()
    assert answer["poll_answer"]["user"]["id"] == town.li.id
    assert answer["poll_answer"]["option_ids"] == [1]
    assert len(answer["poll_answer"]["option_persistent_ids"]) == 1
    assert [o["voter_count"] for o in poll["poll"]["options"]] == [0, 1]
    play.vote(town.world, town.li, group, id, [])
    answer, poll = town.updates()
    assert answer["poll_answer"]["option_ids"] == []
    assert poll["poll"]["total_voter_count"] == 0


def test_an_anonymous_vote_tells_only_the_totals(town: Town) -> None:
    group = town.group()
    play.vote(town.world, town.li, group, opened(town, group, is_anonymous=True), [0])
    assert town.kinds() == ["poll"]


def test_a_vote_may_be_changed_only_where_that_is_allowed(town: Town) -> None:
    group = town.group()
    id = opened(town, group, allows_revoting=False)
    play.vote(town.world, town.li, group, id, [1])
    with pytest.raises(ApiError, match="cannot be changed"):
        play.vote(town.world, town.li, group, id, [0])
    many = opened(town, group, allows_multiple_answers=True)
    play.vote(town.world, town.li, group, many, [1, 0])
    play.vote(town.world, town.li, group, many, [0])
    with pytest.raises(ApiError, match="only one option"):
        play.vote(town.world, town.li, group, id, [0, 1])
    with pytest.raises(ApiError, match="no such option"):
        play.vote(town.world, town.li, group, many, [5])


@pytest.mark.parametrize("when", [{"open_period": 60}, {"close_date": 1795399260}])
def test_a_poll_closes_at_its_time(town: Town, when: dict[str, int]) -> None:
    group = town.group()
    id = opened(town, group, **when)
    town.world.advance(59)
    assert town.updates() == []
    town.world.advance(1)
    assert town.updates()[0]["poll"]["is_closed"] is True
    with pytest.raises(ApiError, match="poll has already been closed"):
        play.vote(town.world, town.li, group, id, [0])


def test_hidden_results_show_after_closing_only(town: Town) -> None:
    group = town.group()
    id = opened(town, group, hide_results_until_closes=True)
    play.vote(town.world, town.li, group, id, [0])
    [poll] = [m["poll"] for m in view(town.world, town.li, group)["messages"] if "poll" in m]
    assert (poll["mine"], poll["options"][0]["votes"]) == ([0], None)
    assert town.call("stopPoll", chat_id=group.id, message_id=id)["is_closed"] is True
    [poll] = [m["poll"] for m in view(town.world, town.chen, group)["messages"] if "poll" in m]
    assert poll["options"][0] == {"text": "七点", "votes": 1, "who": ["李"]}
    assert "already been closed" in town.refusal("stopPoll", chat_id=group.id, message_id=id)


def test_a_quiz_knows_its_answer(town: Town) -> None:
    group = town.group()
    id = opened(town, group, type="quiz", correct_option_ids="[1]", explanation="因为")
    play.vote(town.world, town.li, group, id, [0])
    [poll] = [m["poll"] for m in view(town.world, town.li, group)["messages"] if "poll" in m]
    assert (poll["correct"], poll["explanation"]) == ([1], "因为")
    with pytest.raises(ApiError, match="cannot be changed"):
        play.vote(town.world, town.li, group, id, [1])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"question": ""}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 answer option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["x" * 101]}, "poll options length must not exceed 100"),
        ({"options": ["x", ""]}, "poll options must be non-empty"),
        ({"open_period": 4}, "can't use the close date specified for the poll"),
        ({"open_period": 2_628_001}, "can't use the close date specified for the poll"),
        ({"type": "quiz"}, "wrong correct option ID specified"),
        ({"type": "x"}, "unsupported poll type specified"),
    ],
)
def test_polls_keep_to_telegrams_limits(town: Town, asked: dict[str, Any], words: str) -> None:
    group = town.group()
    right = {"chat_id": group.id, "question": "?", "options": ["a", "b"]}
    assert town.refusal("sendPoll", **(right | asked)) == f"Bad Request: {words}"
