"""Readings, labels, draws and gates: the contract that SQL and dicts fulfil."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.basics import ChatId
from bot.domain.label import Finding
from bot.domain.learning import Shown
from bot.domain.learning.values import Stratum
from bot.domain.talk import Alone, Heard, Mood, Reading, TextKind
from handlers.store import FullWork
from tests.storage.conftest import CONFLICTS
from tests.storage.made import (
    CHAT,
    DAY,
    HOME,
    HOSTILE,
    HOUR,
    NOW,
    NOWHERE,
    SECOND,
    SHANGHAI,
    WEEK,
    heard,
    label,
    lot,
    sample,
)

QUESTION, CLAIM = Finding.QUESTION, Finding.CLAIM


def test_of_a_reading_labels_and_scores_are_kept_and_no_evidence(work: FullWork) -> None:
    whole = Reading(
        TextKind.FORWARD,
        Mood.UNKNOWN,
        0.12345,
        0.98765,
        0.12344,
        high_risk=True,
        complaint=True,
        hazard=True,
        urgent=True,
        addressed=True,
        canned=True,
        clueless=True,
        office="property",
        cues="HT",
        topics=("门禁",),
        names=("property", "other"),
        targets=(("物业", -1),),
        personal=("phone",),
        alone=Alone(0.11111, 0.2, 0.33333, 0.9999),
        evidence=("听说",),
    )
    at = NOW.astimezone(SHANGHAI)
    work.talk.put(CHAT, Heard(5, at, "code", "grid", 4, whole, "plain-1"))
    kept = Reading(
        mood=Mood.UNKNOWN,
        asks=0.988,
        claim=0.123,
        complaint=True,
        hazard=True,
        office="property",
        cues="HT",
        names=("property", "other"),
        alone=Alone(0.111, 0.2, 0.333, 1.0),
    )
    row = Heard(5, NOW, "code", "grid", 4, kept, "plain-1")
    assert work.talk.last(CHAT, 1) == (row,)
    assert work.talk.get(CHAT, 5) == row
    assert work.talk.get(CHAT, 4) is None
    assert work.talk.get(SECOND, 5) is None


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_come_back_as_they_were(work: FullWork, words: str) -> None:
    put = Heard(
        5, NOW, words, words, None, Reading(office=words, cues=words, names=(words,)), words
    )
    work.talk.put(CHAT, put)
    assert work.talk.last(CHAT, 1) == (put,)
    assert work.talk.get(CHAT, 5) == put
    work.labels.keep(sample(5, words))
    assert [one.text for one in work.labels.samples(HOME)] == [words]
    assert work.labels.samples_by(words) == 1


def test_a_message_that_is_read_again_is_read_as_it_is_now(work: FullWork) -> None:
    work.talk.put(CHAT, heard(5, "a"))
    again = replace(heard(5, "b", NOW + HOUR, 0.1), reader="plain-2", role="grid", reply_to=3)
    work.talk.put(CHAT, again)
    assert work.talk.last(CHAT, 9) == (again,)


def test_the_newest_messages_come_oldest_first(work: FullWork) -> None:
    for message in (7, 5, 9, 6):
        work.talk.put(CHAT, heard(message))
    work.talk.put(SECOND, heard(8))
    assert [one.message for one in work.talk.last(CHAT, 3)] == [6, 7, 9]
    assert [one.message for one in work.talk.last(CHAT, 30)] == [5, 6, 7, 9]
    assert work.talk.last(CHAT, 0) == ()
    assert work.talk.last(ChatId(1), 3) == ()


def test_a_span_counts_messages_and_people_and_leaves_out_its_end(work: FullWork) -> None:
    for message, author, hours in ((5, "a", 0), (6, "a", 1), (7, "b", 2), (8, "c", 3)):
        work.talk.put(CHAT, heard(message, author, NOW + hours * HOUR))
    assert work.talk.counts(CHAT, NOW, NOW + 3 * HOUR) == (3, 2)
    assert work.talk.counts(CHAT, NOW + HOUR, NOW + HOUR) == (0, 0)
    assert work.talk.counts(SECOND, NOW, NOW + DAY) == (0, 0)


def test_what_was_read_under_a_code_goes_with_it(work: FullWork) -> None:
    for message, author in ((5, "a"), (6, "b")):
        work.talk.put(CHAT, heard(message, author))
        work.talk.put(SECOND, heard(message, author))
    work.talk.forget("a")
    work.talk.forget("A")
    assert [one.author for one in work.talk.last(CHAT, 9)] == ["b"]
    assert [one.author for one in work.talk.last(SECOND, 9)] == ["b"]


def test_the_second_word_on_a_message_takes_the_place_of_the_first(work: FullWork) -> None:
    for one in (label(5), label(6), label(5, truth=None), label(5, finding=CLAIM)):
        work.labels.put(one)
    assert work.labels.since(HOME, "") == (
        label(5, truth=None),
        label(6),
        label(5, finding=CLAIM),
    )
    for words in ("一", "二"):
        work.labels.keep(sample(5, words))
    assert work.labels.samples(HOME) == (sample(5, "二"),)


def test_what_chance_drew_stays_drawn_in_its_week(work: FullWork) -> None:
    work.labels.put(label(5, audited=True, week="2026-W47"))
    work.labels.put(label(5, truth=False, week="2026-W49"))
    assert work.labels.since(HOME, "") == (label(5, truth=False, audited=True, week="2026-W47"),)
    work.labels.put(label(6, week="2026-W47"))
    work.labels.put(label(6, audited=True, week="2026-W49"))
    assert work.labels.since(HOME, "2026-W48") == (label(6, audited=True, week="2026-W49"),)


def test_what_names_no_message_is_like_no_other(work: FullWork) -> None:
    for _ in range(2):
        work.labels.put(label(None))
        work.labels.keep(sample(None))
    assert len(work.labels.since(HOME, "")) == len(work.labels.samples(HOME)) == 2


def test_labels_are_counted_from_a_week_on_and_belong_to_a_community(work: FullWork) -> None:
    for message, week in ((5, "2026-W09"), (6, "2026-W10"), (7, "2026-W11")):
        work.labels.put(label(message, week=week))
    assert [one.message for one in work.labels.since(HOME, "2026-W10")] == [6, 7]
    assert work.labels.since(NOWHERE, "") == ()
    with pytest.raises(CONFLICTS):
        work.labels.put(replace(label(8), community=NOWHERE))
    with pytest.raises(CONFLICTS):
        work.labels.keep(replace(sample(8), community=NOWHERE))


def judged(work: FullWork) -> None:
    """Two messages of two people, each read, labelled, lent and drawn."""
    for message, author in ((5, "lin"), (6, "wang")):
        work.talk.put(CHAT, heard(message, author))
        work.labels.put(label(message))
        work.labels.keep(sample(message))
        work.draws.offer((lot(message, message / 10),), 3)


def test_whoever_goes_takes_words_and_draws_along_and_leaves_a_bare_count(
    work: FullWork,
) -> None:
    judged(work)
    mine = work.draws.of(HOME, WEEK)[0]
    work.draws.put(replace(mine, state=Shown.SHOWN, letter="l1"))
    assert work.labels.samples_by("lin") == 1
    work.labels.forget("lin")
    assert work.draws.forget("lin") == ("l1",)
    assert work.draws.forget("lin") == ()
    assert [one.message for one in work.labels.samples(HOME)] == [6]
    assert [one.message for one in work.labels.since(HOME, "")] == [None, 6]
    assert [one.message for one in work.draws.of(HOME, WEEK)] == [6]
    assert work.labels.samples_by("lin") == 0
    assert work.labels.samples_by("wang") == 1
    assert work.draws.strata(HOME, WEEK) == (Stratum(WEEK, QUESTION, True, 2),)


def test_of_a_group_that_was_left_no_words_are_kept(work: FullWork) -> None:
    judged(work)
    work.labels.left(SECOND)
    assert len(work.labels.samples(HOME)) == 2
    work.labels.left(CHAT)
    assert work.labels.samples(HOME) == ()
    assert [one.chat for one in work.labels.since(HOME, "")] == [None, None]


def test_a_community_that_lends_no_words_has_none(work: FullWork) -> None:
    judged(work)
    work.labels.drop_samples(NOWHERE)
    assert len(work.labels.samples(HOME)) == 2
    work.labels.drop_samples(HOME)
    assert work.labels.samples(HOME) == ()
    assert len(work.labels.since(HOME, "")) == 2


def messages(work: FullWork, week: str = WEEK) -> list[int]:
    """What is drawn of a week, the lowest lot first."""
    return [one.message for one in work.draws.of(HOME, week)]


def test_the_lowest_lots_of_a_stratum_are_kept_and_all_are_counted(work: FullWork) -> None:
    work.draws.offer((), 3)
    for message, low in enumerate((0.5, 0.9, 0.3, 0.7, 0.1, 0.95, 0.6)):
        work.draws.offer((lot(message, low),), 3)
    assert messages(work) == [4, 2, 0]
    assert work.draws.strata(HOME, WEEK) == (Stratum(WEEK, QUESTION, True, 7),)
    work.draws.offer((replace(lot(9, 0.99), flagged=False),), 3)
    assert messages(work) == [4, 2, 0, 9]


def test_each_finding_week_and_side_is_a_stratum_of_its_own(work: FullWork) -> None:
    both = lot(5, 0.5), replace(lot(5, 0.4, finding=CLAIM), flagged=False)
    work.draws.offer(both, 1)
    work.draws.offer((lot(6, 0.6), lot(6, 0.7, finding=CLAIM)), 1)
    work.draws.offer((lot(7, 0.8, week="2026-W49"),), 1)
    assert [(one.message, one.finding) for one in work.draws.of(HOME, WEEK)] == [
        (5, CLAIM),
        (5, QUESTION),
        (6, CLAIM),
    ]
    assert messages(work, "2026-W49") == [7]
    assert set(work.draws.strata(HOME, WEEK)) == {
        Stratum(WEEK, QUESTION, True, 2),
        Stratum(WEEK, CLAIM, False, 1),
        Stratum(WEEK, CLAIM, True, 1),
        Stratum("2026-W49", QUESTION, True, 1),
    }
    assert len(work.draws.strata(HOME, "2026-W49")) == 1
    with pytest.raises(CONFLICTS):
        work.draws.offer((replace(lot(8, 0.1), community=NOWHERE),), 1)


def test_a_message_is_drawn_once_and_counted_each_time(work: FullWork) -> None:
    work.draws.offer((lot(5, 0.5),), 3)
    work.draws.offer((lot(5, 0.2),), 3)
    (drawn,) = work.draws.of(HOME, WEEK)
    assert drawn.lot == 0.5
    assert work.draws.strata(HOME, WEEK)[0].seen == 2


def test_after_one_has_gone_there_is_no_room_for_higher_lots(work: FullWork) -> None:
    work.talk.put(CHAT, heard(5, "lin"))
    for message, low in ((5, 0.2), (6, 0.4), (9, 0.3)):
        work.draws.offer((lot(message, low),), 2)
    work.draws.forget("lin")
    work.draws.offer((lot(7, 0.35),), 2)
    assert messages(work) == [9]
    work.draws.offer((lot(8, 0.25),), 2)
    assert messages(work) == [8, 9]


def test_how_far_a_drawn_message_has_come_is_kept_and_nothing_else(work: FullWork) -> None:
    work.draws.offer((replace(lot(5, 0.5), state=Shown.LOST, letter="x"),), 3)
    (drawn,) = work.draws.of(HOME, WEEK)
    assert (drawn.state, drawn.letter) == (Shown.WAITING, "")
    assert work.draws.get(drawn.id) == drawn
    assert work.draws.get(drawn.id + 1) is None
    assert work.draws.shown_in("l1") is None
    work.draws.put(replace(drawn, state=Shown.SHOWN, letter="l1", message=99, lot=0.0))
    shown = replace(drawn, state=Shown.SHOWN, letter="l1")
    assert work.draws.shown_in("l1") == shown
    work.draws.put(replace(shown, state=Shown.JUDGED))
    assert work.draws.shown_in("l1") is None
    work.draws.put(replace(shown, id=drawn.id + 1))
    assert work.draws.of(HOME, WEEK) == (replace(shown, state=Shown.JUDGED),)


def test_older_weeks_are_dropped_and_their_counts_stay(work: FullWork) -> None:
    for message, week in ((5, "2026-W47"), (6, WEEK)):
        work.draws.offer((lot(message, 0.5, week),), 3)
    work.draws.drop_before(NOWHERE, "2027-W01")
    work.draws.drop_before(HOME, WEEK)
    assert (messages(work, "2026-W47"), messages(work)) == ([], [6])
    assert len(work.draws.strata(HOME, "")) == 2


def test_a_finding_is_on_until_it_is_switched_off(work: FullWork) -> None:
    assert work.gates.off(HOME) == frozenset()
    assert work.gates.fresh(HOME, QUESTION) == ""
    work.gates.put(HOME, QUESTION, off=True, fresh="2026-W40")
    work.gates.put(HOME, CLAIM, off=True, fresh="")
    work.gates.put(HOME, CLAIM, off=False, fresh=WEEK)
    assert work.gates.off(HOME) == {QUESTION}
    assert work.gates.fresh(HOME, QUESTION) == "2026-W40"
    assert work.gates.fresh(HOME, CLAIM) == WEEK
    assert work.gates.off(NOWHERE) == frozenset()
    with pytest.raises(CONFLICTS):
        work.gates.put(NOWHERE, CLAIM, off=True, fresh="")


def test_a_moment_is_kept_to_the_microsecond(work: FullWork) -> None:
    at = NOW + timedelta(microseconds=1)
    work.talk.put(CHAT, heard(5, at=at))
    assert work.talk.counts(CHAT, NOW, at) == (0, 0)
    assert work.talk.counts(CHAT, at, NOW + HOUR) == (1, 1)
