"""Who may do what: role, standing and its age, with denial as the default."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.basics import ChatId, CommunityId, Denied, MemberId, lang_of
from bot.domain.people import (
    ADMINS,
    FRESH_ACTS,
    MAY,
    PRESENT,
    Act,
    Grant,
    Role,
    Seen,
    Status,
    authorize,
    require_member,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HALL, CHEN, GROUP = CommunityId("hall"), MemberId(7), ChatId(-100)
DECIDED = [act for act in Act if act in MAY]


def held(role: Role, by_admin: bool = False, expires: datetime | None = None) -> Grant:
    return Grant(HALL, CHEN, role, by_admin, NOW, expires)


def seen(status: Status | None, age: timedelta = timedelta(0)) -> dict[ChatId, Seen]:
    return {GROUP: Seen(status, NOW - age)}


@pytest.mark.parametrize(("role", "act"), list(itertools.product(Role, DECIDED)))
def test_each_role_may_do_what_the_table_says_and_nothing_else(role: Role, act: Act) -> None:
    standing = seen(Status.ADMINISTRATOR)
    if role in MAY[act]:
        assert authorize(act, (held(role),), (GROUP,), standing, NOW).role is role
    else:
        with pytest.raises(Denied, match=r"denied\.role"):
            authorize(act, (held(role),), (GROUP,), standing, NOW)


@pytest.mark.parametrize(("status", "by_admin"), list(itertools.product(Status, (True, False))))
def test_a_role_that_rests_on_being_admin_ends_with_it(status: Status, by_admin: bool) -> None:
    grants = (held(Role.MANAGER, by_admin),)
    if status in (ADMINS if by_admin else PRESENT):
        assert authorize(Act.PUBLISH, grants, (GROUP,), seen(status), NOW) == grants[0]
    else:
        with pytest.raises(Denied, match=r"denied\.standing"):
            authorize(Act.PUBLISH, grants, (GROUP,), seen(status), NOW)


@pytest.mark.parametrize("act", DECIDED)
def test_old_knowledge_is_no_knowledge(act: Act) -> None:
    role = next(iter(MAY[act]))
    limit = timedelta(seconds=10) if act in FRESH_ACTS else timedelta(minutes=10)
    fresh, old = seen(Status.CREATOR, limit), seen(Status.CREATOR, limit + timedelta(seconds=1))
    assert authorize(act, (held(role),), (GROUP,), fresh, NOW).role is role
    with pytest.raises(Denied, match=r"denied\.unsure"):
        authorize(act, (held(role),), (GROUP,), old, NOW)


@pytest.mark.parametrize("standing", [{}, seen(None)])
def test_a_standing_that_could_not_be_asked_denies(standing: dict[ChatId, Seen]) -> None:
    with pytest.raises(Denied, match=r"denied\.unsure"):
        authorize(Act.PUBLISH, (held(Role.OWNER),), (GROUP,), standing, NOW)
    with pytest.raises(Denied):
        require_member(GROUP, standing, NOW)


def test_without_a_group_there_is_nothing_to_decide_on() -> None:
    with pytest.raises(Denied):
        authorize(Act.PUBLISH, (held(Role.OWNER),), (), {}, NOW)


def test_one_group_too_many_denies_all() -> None:
    other = ChatId(-200)
    with pytest.raises(Denied):
        authorize(Act.PUBLISH, (held(Role.OWNER),), (GROUP, other), seen(Status.CREATOR), NOW)


def test_an_expired_role_is_no_role() -> None:
    grants = (held(Role.OWNER, expires=NOW),)
    with pytest.raises(Denied, match=r"denied\.role"):
        authorize(Act.PUBLISH, grants, (GROUP,), seen(Status.CREATOR), NOW)


@pytest.mark.parametrize("status", list(Status))
def test_only_members_take_part(status: Status) -> None:
    if status in PRESENT:
        require_member(GROUP, seen(status), NOW)
    else:
        with pytest.raises(Denied, match=r"denied\.member"):
            require_member(GROUP, seen(status), NOW)


@pytest.mark.parametrize(
    ("code", "lang"),
    [
        ("zh-hans", "zh-Hans"),
        ("zh-hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("en-GB", "en"),
        ("fr", "zh-Hant"),
        (None, "zh-Hant"),
        ("", "zh-Hant"),
    ],
)
def test_a_language_code_finds_its_catalogue(code: str | None, lang: str) -> None:
    assert lang_of(code, "zh-Hant") == lang
