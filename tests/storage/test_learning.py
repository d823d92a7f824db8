"""Labels, lent words and draws: what replaces what, what goes when, and that chance is fair."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.domain.basics import ChatId, CommunityId
from bot.domain.community import Community, Group
from bot.domain.label import Finding, Label, Sample, week_of
from bot.domain.learning import Draw
from bot.domain.privacy import Limits
from bot.domain.talk import Heard, Reading
from storage.database import Database
from storage.schema import prepare
from storage.work import SqlWork

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
HOME, CHAT, WEEK = CommunityId("home"), ChatId(-100), "2026-W48"
QUESTION, CLAIM = Finding.QUESTION, Finding.CLAIM


class Moving:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def database(tmp_path: Path, clock: Moving) -> Database:
    prepare(tmp_path / "a.db")
    database = Database(tmp_path / "a.db", clock)
    with database.work() as work:
        work.communities.put(Community(HOME, "春晖里", "zh-Hans", "Asia/Shanghai", NOW))
        work.communities.put_group(Group(CHAT, HOME))
    return database


def heard(work: SqlWork, message: int, author: str = "a", at: datetime = NOW) -> None:
    work.talk.put(CHAT, Heard(message, at, author, "", None, Reading(asks=0.9), "plain-1"))


def label(message: int, truth: bool | None = True, audited: bool = False) -> Label:
    week = WEEK if audited else "2026-W49"
    return Label(
        HOME, week, QUESTION, True, truth, "manager", 0.9, "plain-1", audited, CHAT, message
    )


def sample(message: int, text: str = "门禁坏了吗") -> Sample:
    return Sample(HOME, WEEK, QUESTION, True, text, CHAT, message)


def test_a_changed_mind_takes_the_place_of_the_first_word(database: Database) -> None:
    with database.work() as work:
        work.labels.put(label(7, truth=True))
        work.labels.put(label(7, truth=False))
        work.labels.keep(sample(7))
        work.labels.keep(sample(7, "门禁坏了"))
        assert work.labels.since(HOME, "") == (label(7, truth=False),)
        assert [one.text for one in work.labels.samples(HOME)] == ["门禁坏了"]


def test_what_chance_drew_stays_drawn_when_somebody_taps_its_card_later(
    database: Database,
) -> None:
    with database.work() as work:
        work.labels.put(label(7, truth=True, audited=True))
        work.labels.put(label(7, truth=False))
        (kept,) = work.labels.since(HOME, "")
        assert (kept.truth, kept.audited, kept.week) == (False, True, WEEK)


def test_a_reading_comes_back_with_the_version_of_its_reader(database: Database) -> None:
    with database.work() as work:
        heard(work, 7)
        found = work.talk.get(CHAT, 7)
        assert found is not None
        assert (found.reader, found.reading.asks) == ("plain-1", 0.9)
        assert work.talk.get(CHAT, 8) is None


def test_whoever_goes_takes_words_and_draws_along_and_leaves_a_bare_count(
    database: Database,
) -> None:
    with database.work() as work:
        for message, author in ((7, "lin"), (8, "wang")):
            heard(work, message, author)
            work.labels.put(label(message))
            work.labels.keep(sample(message))
            work.draws.offer((Draw(HOME, WEEK, QUESTION, True, CHAT, message, 0.5),), 30)
        assert work.labels.samples_by("lin") == 1
        work.labels.forget("lin")
        work.draws.forget("lin")
        work.talk.forget("lin")
        assert [one.message for one in work.labels.samples(HOME)] == [8]
        assert [one.message for one in work.draws.of(HOME, WEEK)] == [8]
        assert {(one.message, one.truth) for one in work.labels.since(HOME, "")} == {
            (None, True),
            (8, True),
        }
        assert work.labels.samples_by("lin") == 0


def test_words_go_after_ninety_days_and_nobody_can_tell_whose_they_were_after_thirty_five(
    database: Database, clock: Moving
) -> None:
    with database.work() as work:
        heard(work, 7)
        work.labels.put(label(7))
        work.labels.keep(sample(7))
    assert _swept(database, clock, 34).message == 7
    kept = _swept(database, clock, 36)
    assert (kept.text, kept.message, kept.chat) == ("门禁坏了吗", None, None)
    with database.work() as work:
        assert work.labels.since(HOME, "")[0].message is None
    clock.now = NOW + timedelta(days=90)
    with database.work() as work:
        work.retention.sweep(Limits())
        assert work.labels.samples(HOME) == ()
        assert len(work.labels.since(HOME, "")) == 1
    clock.now = NOW + timedelta(days=740)
    with database.work() as work:
        work.retention.sweep(Limits())
        assert work.labels.since(HOME, "") == ()


def _swept(database: Database, clock: Moving, days: int) -> Sample:
    clock.now = NOW + timedelta(days=days)
    with database.work() as work:
        work.retention.sweep(Limits())
        (kept,) = work.labels.samples(HOME)
    return kept


def test_no_word_is_older_than_ninety_days_on_any_day(database: Database, clock: Moving) -> None:
    said = NOW - timedelta(days=3)
    week = week_of(said, "Asia/Shanghai")
    with database.work() as work:
        work.labels.keep(Sample(HOME, week, QUESTION, True, "门禁坏了吗", CHAT, 7))
    for days in range(80, 93):
        clock.now = said + timedelta(days=days)
        with database.work() as work:
            work.retention.sweep(Limits())
            assert days < 90 or work.labels.samples(HOME) == ()


@pytest.mark.no_cover
def test_every_message_of_a_week_has_the_same_chance(database: Database) -> None:
    dice, drawn = Random(11), Counter[int]()
    for round in range(200):
        week = f"W{round:03}"
        with database.work() as work:
            for message in range(40):
                place = 1000 * round + message
                lot = Draw(HOME, week, QUESTION, False, CHAT, place, dice.random())
                work.draws.offer((lot,), 10)
            kept = work.draws.of(HOME, week)
            assert len(kept) == 10
            assert work.draws.strata(HOME, week)[0].seen == 40
            drawn.update(one.message % 1000 for one in kept)
    # 200 weeks at 10 of 40: 50 times each, with a standard deviation of about 6.
    assert all(25 <= drawn[message] <= 75 for message in range(40))
    halves = sum(drawn[message] for message in range(20))
    assert 900 <= halves <= 1100


def test_the_lowest_lots_are_kept_whatever_their_order(database: Database) -> None:
    with database.work() as work:
        for message, lot in enumerate((0.9, 0.1, 0.5, 0.3, 0.7, 0.2)):
            work.draws.offer((Draw(HOME, WEEK, CLAIM, True, CHAT, message, lot),), 3)
        assert [one.message for one in work.draws.of(HOME, WEEK)] == [1, 5, 3]


def test_a_group_that_became_another_leaves_nothing_that_could_be_shown(
    database: Database,
) -> None:
    with database.work() as work:
        heard(work, 7)
        work.labels.put(label(7))
        work.labels.keep(sample(7))
        work.draws.offer((Draw(HOME, WEEK, QUESTION, True, CHAT, 7, 0.5),), 30)
        work.communities.migrate(CHAT, ChatId(-200))
        assert work.labels.samples(HOME) == ()
        assert work.draws.of(HOME, WEEK) == ()
        assert work.labels.since(HOME, "")[0].message is None


def test_nothing_is_left_of_a_community_that_is_erased(database: Database) -> None:
    with database.work() as work:
        work.labels.put(label(7))
        work.labels.keep(sample(7, "canaryword"))
        work.draws.offer((Draw(HOME, WEEK, QUESTION, True, CHAT, 7, 0.5),), 30)
        work.gates.put(HOME, QUESTION, off=True, fresh=WEEK)
        assert work.gates.off(HOME) == {QUESTION}
        assert work.gates.fresh(HOME, QUESTION) == WEEK
        work.communities.erase(HOME)
        assert work.labels.since(HOME, "") == ()
        assert work.labels.samples(HOME) == ()
        assert work.draws.of(HOME, WEEK) == ()
        assert work.draws.strata(HOME, "") == ()
        assert work.gates.off(HOME) == frozenset()
    database.checkpoint()
    assert database.path is not None
    assert b"canaryword" not in database.path.read_bytes()
