"""Random series of calls, by room: what people and the clock might do to a store, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import strategies as st

from bot.domain.announce import Post, PostState
from bot.domain.basics import ChatId
from bot.domain.community import Community, Form, Invitation
from bot.domain.consult.values import Reason, Stance
from bot.domain.learning import Shown
from bot.domain.letter import Kind, Ledger, Outcome, Own, Priority
from bot.domain.people import Grant, Membership, Person
from bot.domain.privacy import Limits
from bot.domain.second import Found
from bot.domain.talk import Reading
from bot.domain.touch import Shown as Board
from tests.storage.drawn import (
    buildings,
    chats,
    codes,
    duties,
    findings,
    groups,
    homes,
    letter_ids,
    loose,
    matter_ids,
    matters,
    maybe,
    members,
    messages,
    moments,
    numbers,
    roles,
    simple_matters,
    texts,
    weeks,
    words,
)
from tests.storage.made import (
    CHAT,
    DAY,
    HOUR,
    NOWHERE,
    OTHER,
    SECOND,
    SUPER,
    heard,
    label,
    letter,
    lot,
    sample,
)


@dataclass(frozen=True, slots=True)
class Call:
    """One method of one store, and what it is given."""

    store: str
    method: str
    given: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """One work: when it begins after the one before, its calls, and how it ends."""

    calls: tuple[Call, ...]
    pause: timedelta
    end: str


Calls = st.SearchStrategy[Call]


def call(name: str, *given: st.SearchStrategy[object]) -> Calls:
    """Calls of `store.method`."""
    return st.builds(Call, *map(st.just, name.split(".")), st.tuples(*given))


def works(calls: Sequence[Calls]) -> st.SearchStrategy[list[Played]]:
    """A few works of a few calls each; most of them are kept."""
    each = st.lists(st.one_of(calls), min_size=5, max_size=24).map(tuple)
    end = st.sampled_from(["keep", "keep", "keep", "undo", "fail"])
    pause = st.sampled_from([timedelta(), timedelta(minutes=1), HOUR, DAY, 8 * DAY, 40 * DAY])
    return st.lists(st.builds(Played, each, pause, end), min_size=1, max_size=6)


put_matter = call("matters.put", matters, codes, moments)
MATTERS = (
    put_matter,
    put_matter,
    call("matters.drop", st.sampled_from(["m2", "m3", "m4"])),
    call("matters.next_number", homes),
    call("announcements.put_post", st.builds(Post, matter_ids, chats, letter_ids)),
    call(
        "announcements.put_post",
        st.builds(Post, matter_ids, chats, letter_ids, st.sampled_from(PostState), st.booleans()),
    ),
    call("announcements.acknowledge", matter_ids, codes, buildings),
    call("announcements.loosen", codes, loose),
    call(
        "consultations.take",
        matter_ids,
        codes,
        st.sampled_from(Stance),
        st.just("R"),
        st.just("now"),
    ),
    call("consultations.loosen", codes, loose),
    call("consultations.put_reason", st.builds(Reason, matter_ids, members, words)),
    call("consultations.drop_reason", matter_ids, members),
    call("consultations.drop_reasons", matter_ids),
    call("consultations.forget", members),
    call("retention.sweep", st.just(Limits(help=DAY))),
    call("communities.erase", st.sampled_from([OTHER, NOWHERE])),
)
LETTERS = (
    *(
        call(
            "letters.put",
            st.builds(
                letter,
                letter_ids,
                chats | members.map(lambda member: ChatId(member)),
                st.sampled_from(["a.b", "A.b", "a.bc"]),
                st.sampled_from([Kind.SEND, Kind.SEND, Kind.ANSWER, Kind.EDIT]),
                st.sampled_from([Priority.LIFE, Priority.VOTE]),
                st.sampled_from(["", "probe:1"]),
                maybe,
            ),
        ),
    )
    * 3,
    call("letters.withdraw", letter_ids),
    call("letters.supersede", chats, st.sampled_from(["a.b", "A.B", "a%"])),
    call("letters.release", members),
    call("letters.drop_for", chats),
    call("letters.erase", chats),
    call("letters.again", letter_ids),
    call("letters.arrived", letter_ids),
    call("letters.sending", letter_ids),
    call("letters.sending", letter_ids),
    call("letters.settle", letter_ids, st.sampled_from(Outcome), st.none() | messages),
    call("letters.settle", letter_ids, st.just(Outcome.UNCERTAIN), st.none()),
    call("letters.hold", letter_ids),
    call("letters.back", letter_ids, maybe, st.none() | chats),
    call("letters.interrupted"),
    call("letters.purge"),
    call("communities.migrate", st.just(CHAT), st.just(SUPER)),
)
DUES = (
    call("dues.put", duties),
    call("dues.put", duties),
    call("dues.cancel", st.sampled_from(["probe", "other"]), st.sampled_from(["m1", "M1", "m12"])),
    call(
        "dues.waits", st.sampled_from(["probe", "other"]), st.sampled_from(["m", "M", "m1", "%"])
    ),
    call("dues.due", moments, numbers),
    call("dues.claim", duties, moments),
    call("dues.claim", duties, moments),
    call("dues.failed", duties, words),
    call("dues.failed", duties, words),
    call("retention.sweep", st.just(Limits())),
)
TALK = (
    *(call("talk.put", chats, st.builds(heard, messages, codes, moments, st.floats(0.0, 1.0))),)
    * 2,
    call("talk.forget", codes),
    call(
        "labels.put",
        st.builds(label, st.none() | messages, st.booleans(), st.booleans(), weeks, findings),
    ),
    call("labels.keep", st.builds(sample, st.none() | messages, words, weeks)),
    call("labels.drop_samples", homes),
    call("labels.left", chats),
    call("labels.forget", codes),
    *(
        call(
            "draws.offer",
            st.tuples(st.builds(lot, messages, st.floats(0.0, 0.99), weeks)),
            st.just(2),
        ),
    )
    * 3,
    call(
        "draws.put",
        st.builds(
            lambda id, state: replace(lot(1, 0.5), id=id, state=state, letter=f"l{id}"),
            st.integers(1, 4),
            st.sampled_from(Shown),
        ),
    ),
    call("draws.forget", codes),
    call("draws.drop_before", homes, weeks),
    call("gates.put", homes, findings, st.booleans(), weeks),
    call("retention.sweep", st.just(Limits())),
    call("communities.migrate", st.just(CHAT), st.just(SUPER)),
)
PEOPLE = (
    call("people.put_person", st.builds(Person, members, st.sampled_from([None, "en"]))),
    call("people.put_membership", st.builds(Membership, homes, members, buildings, st.booleans())),
    call("people.grant", st.builds(Grant, homes, members, roles, st.booleans(), moments, maybe)),
    call("people.grant", st.builds(Grant, homes, members, roles, st.booleans(), moments, maybe)),
    call("people.revoke", homes, members, roles),
    call("people.forget", members),
    call("people.note_erasure", codes, moments, words),
    call(
        "communities.put",
        st.builds(Community, homes, words, st.just("en"), st.just("UTC"), moments),
    ),
    call("communities.put_group", groups),
    call("communities.put_group", groups),
    call("communities.drop_group", chats),
    call("communities.migrate", st.just(CHAT), st.just(SUPER)),
    call("communities.migrate", st.just(SECOND), st.just(SUPER)),
    call("communities.erase", homes),
    call("invitations.put", st.builds(Invitation, codes, st.none() | homes, roles, moments)),
    call("invitations.take", codes, moments),
    call(
        "forms.put",
        st.builds(Form, members, codes, codes, st.dictionaries(st.just("chats"), words)),
    ),
    call("forms.drop", members),
    call("matters.put", simple_matters, codes, moments),
    call("boards.put", st.builds(Board, chats, letter_ids, moments, codes)),
    call("boards.drop", chats),
    call(
        "noise.book",
        chats,
        moments.map(lambda at: at.date()),
        st.sampled_from(Ledger),
        st.sampled_from(Priority),
        st.none() | st.sampled_from(Own),
    ),
    call("health.put", codes, words),
    call("retention.sweep", st.just(Limits())),
)
WAITS = (
    call("arrivals.keep", st.lists(st.tuples(messages, words))),
    call("arrivals.keep", st.lists(st.tuples(st.just(-1), st.sampled_from(["{}", "["])))),
    call("arrivals.done", messages),
    call("arrivals.failed", messages, words, st.just(2)),
    call("waits.put", texts),
    call("waits.put", texts),
    call(
        "waits.answered",
        st.integers(-4, 4),
        texts,
        st.builds(Found, st.builds(Reading, asks=st.floats(0.0, 1.0))),
    ),
    call("waits.first"),
    call("waits.done", st.integers(-4, 4)),
    call("waits.drop", chats, messages),
    call("waits.drop_chats", st.lists(chats)),
    call("waits.forget", members),
    call("waits.expire", moments),
    call("retention.sweep", st.just(Limits())),
)
ROOMS = {
    "matters": MATTERS,
    "letters": LETTERS,
    "dues": DUES,
    "talk": TALK,
    "people": PEOPLE,
    "waits": WAITS,
}
