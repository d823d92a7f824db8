"""Communities, groups and codes, and what goes with them: the contract of SQL and dicts."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.announce import Post
from bot.domain.basics import ChatId
from bot.domain.community import Community, Form, Group, GroupState, Invitation
from bot.domain.letter import Ledger, Outcome, Priority, Quiet, State
from bot.domain.matter import MatterKind
from bot.domain.people import Membership, Role
from bot.domain.touch import Shown
from handlers.store import FullWork
from tests.storage.conftest import CONFLICTS
from tests.storage.made import (
    CHAT,
    CHEN,
    DAY,
    HOME,
    HOUR,
    LIN,
    NOW,
    NOWHERE,
    OTHER,
    SECOND,
    SHANGHAI,
    SUPER,
    WEEK,
    grant,
    heard,
    label,
    letter,
    lot,
    matter,
    sample,
)


def test_communities_stand_from_the_oldest_on(work: FullWork) -> None:
    home = work.communities.get(HOME)
    older = Community(OTHER, "秋月园", "en", "UTC", NOW - DAY, Quiet(time(22, 0, 30), time(7)))
    work.communities.put(older)
    assert home is not None
    assert work.communities.all() == (replace(older, quiet=Quiet(time(22), time(7))), home)
    work.communities.put(replace(home, name="春晖里二期"))
    assert [one.name for one in work.communities.all()] == ["秋月园", "春晖里二期"]
    assert work.communities.get(NOWHERE) is None


def test_groups_stand_from_the_oldest_on_those_of_unknown_age_first(work: FullWork) -> None:
    whole = Group(
        SECOND,
        HOME,
        "二" * 300,
        GroupState.PAUSED,
        forum=True,
        notice_topic=3,
        board_topic=4,
        hears_all=True,
        can_pin=True,
        since=NOW - DAY,
        members=12,
        counted_at=NOW.astimezone(SHANGHAI),
    )
    work.communities.put_group(whole)
    work.communities.put_group(Group(ChatId(-50), HOME))
    work.communities.put_group(Group(ChatId(-60), HOME))
    work.communities.put_group(Group(ChatId(-70), None))
    chats = [one.chat for one in work.communities.groups(HOME)]
    assert chats == [-60, -50, SECOND, CHAT]
    assert work.communities.group(SECOND) == replace(whole, title="二" * 255)
    assert work.communities.groups(NOWHERE) == ()
    work.communities.drop_group(SECOND)
    work.communities.drop_group(SECOND)
    assert work.communities.group(SECOND) is None
    with pytest.raises(CONFLICTS):
        work.communities.put_group(Group(SECOND, NOWHERE))


def settled(work: FullWork) -> None:
    """A group in which there has been everything."""
    work.communities.put_group(replace(group(work, CHAT), hears_all=False, can_pin=False))
    work.communities.put_group(Group(SUPER, None, hears_all=True, can_pin=True))
    work.matters.put(matter("m1", 1, chats=f"{CHAT},{SECOND}", other=f"x{CHAT}"), "", NOW)
    work.announcements.put_post(Post("m1", CHAT, "l1"))
    work.boards.put(Shown(CHAT, "l1", NOW))
    work.boards.put(Shown(SUPER, "l2", NOW))
    work.noise.book(CHAT, NOW.date(), Ledger.ACT, Priority.VOTE)
    work.talk.put(CHAT, replace(heard(5), reply_to=4))
    work.labels.put(label(5))
    work.labels.keep(sample(5))
    work.draws.offer((lot(5, 0.5),), 3)
    work.forms.put(Form(CHEN, "poll", "words", {"chat": str(CHAT)}))
    work.letters.put(letter("sent"))
    work.letters.put(letter("wait"))
    work.letters.settle("sent", Outcome.SENT, 77)


def group(work: FullWork, chat: ChatId) -> Group:
    """The group, which is there."""
    found = work.communities.group(chat)
    assert found is not None
    return found


def test_a_group_that_became_a_supergroup_is_the_same_group(work: FullWork) -> None:
    settled(work)
    assert work.communities.migrate(CHAT, SUPER)
    moved = group(work, SUPER)
    assert group(work, CHAT) == moved
    assert (moved.chat, moved.community, moved.title) == (SUPER, HOME, "一号群")
    assert (moved.hears_all, moved.can_pin) == (True, True)
    assert [one.chat for one in work.communities.groups(HOME)] == [SUPER]
    assert work.announcements.post_in("m1", SUPER) == Post("m1", SUPER, "l1")
    assert work.boards.get(SUPER) == Shown(SUPER, "l1", NOW)
    assert work.boards.get(CHAT) is None
    assert work.noise.acts((SUPER,), NOW.date(), (NOW + DAY).date()) == 1
    assert not work.communities.migrate(CHAT, SUPER)
    assert group(work, SUPER) == moved


def test_what_a_matter_or_a_form_remembers_of_its_groups_moves_along(work: FullWork) -> None:
    settled(work)
    work.communities.migrate(CHAT, SUPER)
    found, form = work.matters.get("m1"), work.forms.get(CHEN)
    assert found is not None
    assert form is not None
    assert (found.chat, found.message) == (SUPER, None)
    assert found.facts == {"chats": f"{SUPER},{SECOND}", "other": f"x{CHAT}"}
    assert form.fields == {"chat": str(SUPER)}


def test_no_old_message_number_can_be_acted_upon_in_the_new_chat(work: FullWork) -> None:
    settled(work)
    work.communities.migrate(CHAT, SUPER)
    assert work.talk.get(SUPER, 5) is None
    assert work.talk.last(SUPER, 5) == (replace(heard(-5), reply_to=None),)
    assert work.letters.message_of("sent") is None
    assert (work.letters.chat_of("sent"), work.letters.chat_of("wait")) == (CHAT, SUPER)
    assert work.letters.state_of("wait") is State.PENDING
    assert work.labels.samples(HOME) == ()
    assert [(one.chat, one.message) for one in work.labels.since(HOME, "")] == [(None, None)]
    assert work.draws.of(HOME, WEEK) == ()


def test_the_move_of_an_unknown_group_is_remembered_and_changes_nothing(work: FullWork) -> None:
    assert not work.communities.migrate(SECOND, SUPER)
    assert work.communities.group(SECOND) is None
    work.communities.put_group(Group(SUPER, HOME, "新群"))
    assert group(work, SECOND).chat == SUPER
    assert not work.communities.migrate(SECOND, CHAT)
    assert group(work, SECOND).chat == SUPER


def test_an_erased_community_takes_along_what_hangs_on_it(work: FullWork) -> None:
    settled(work)
    work.communities.put(Community(OTHER, "秋月园", "en", "UTC", NOW))
    work.people.grant(grant(CHEN))
    work.people.put_membership(Membership(HOME, LIN, "1"))
    work.invitations.put(Invitation("code", HOME, Role.GRID, NOW + DAY))
    work.communities.migrate(SECOND, CHAT)
    work.communities.erase(HOME)
    work.communities.erase(HOME)
    assert [one.id for one in work.communities.all()] == [OTHER]
    assert [work.communities.group(chat) for chat in (CHAT, SECOND)] == [None, None]
    assert work.matters.of_kind(HOME, MatterKind.QUESTION) == ()
    assert work.announcements.posts("m1") == ()
    assert (work.people.grants(CHEN), work.people.memberships(LIN)) == ((), ())
    assert work.invitations.take("code", NOW) is None
    assert (work.labels.since(HOME, ""), work.labels.samples(HOME)) == ((), ())
    assert (work.draws.of(HOME, WEEK), work.draws.strata(HOME, "")) == ((), ())
    assert work.talk.last(CHAT, 5) == ()
    assert work.boards.get(CHAT) is None
    assert work.noise.acts((CHAT,), NOW.date(), (NOW + DAY).date()) == 0
    assert work.letters.state_of("wait") is State.PENDING


def test_a_code_opens_once_and_in_time(work: FullWork) -> None:
    for code, hours in (("good", 2), ("late", 1)):
        until = (NOW + hours * HOUR).astimezone(SHANGHAI)
        work.invitations.put(Invitation(code, HOME, Role.GRID, until))
    work.invitations.put(Invitation("door", None, Role.OWNER, NOW + DAY))
    now = NOW + HOUR
    assert work.invitations.take("Good", now) is None
    assert work.invitations.take("late", now) is None
    assert work.invitations.take("late", NOW) is None
    found = work.invitations.take("good", now)
    assert found == Invitation("good", HOME, Role.GRID, NOW + 2 * HOUR)
    assert work.invitations.take("good", now) is None
    assert work.invitations.take("door", now) == Invitation("door", None, Role.OWNER, NOW + DAY)


def test_a_code_is_given_out_once_and_for_a_community_that_is_there(work: FullWork) -> None:
    work.invitations.put(Invitation("code", HOME, Role.GRID, NOW))
    for other in (
        Invitation("code", None, Role.OWNER, NOW),
        Invitation("x", NOWHERE, Role.GRID, NOW),
    ):
        with pytest.raises(CONFLICTS):
            work.invitations.put(other)
