"""Every question one can put to the stores about the few things that a series of calls names."""

from itertools import product

from bot.domain.letter import State
from bot.domain.matter import MatterKind, Stage
from tests.storage.made import (
    CHAT,
    CHEN,
    DAY,
    HOME,
    HOUR,
    LIN,
    NOW,
    OTHER,
    SECOND,
    SUPER,
    WANG,
)
from tests.storage.series import Call

CHATS, HOMES, MEMBERS = (CHAT, SECOND, SUPER, *(LIN, WANG)), (HOME, OTHER), (LIN, WANG, CHEN)
MATTERS, CODES, NUMBERS = ("m1", "m2", "m3", "m4"), ("x", "y", "z", "w"), range(1, 7)
LETTERS, KINDS = ("l1", "l2", "l3", "l4", "l5"), (MatterKind.QUESTION, MatterKind.NOTICE)
STAGES, WEEKS = (Stage.OPEN, Stage.TAKEN, Stage.CLOSED), ("2026-W47", "2026-W48", "2026-W49")
UNORDERED = {
    *("said_in", "of_community", "kept_by", "only_in", "strata", "interrupted"),
    *("erasures", "everyone", "forget"),
}
"""Answers of which only the members are promised."""


def _ask(name: str, *pools: object) -> list[Call]:
    """One question for each way to fill it."""
    store, method = name.split(".")
    filled = product(*(pool if isinstance(pool, (tuple, range)) else (pool,) for pool in pools))
    return [Call(store, method, given) for given in filled]


LOOKS = {
    "matters": [
        *_ask("matters.get", MATTERS),
        *_ask("matters.history", MATTERS),
        *_ask("matters.next_number", HOMES),
        *_ask("matters.numbered", HOMES, NUMBERS),
        *_ask("matters.of_owner", MEMBERS),
        *_ask("matters.kept_by", MEMBERS),
        *_ask("matters.said_in", CHATS),
        *_ask("matters.said_at", CHATS, NUMBERS),
        *_ask("matters.of_community", HOMES),
        *_ask("matters.of_kind", HOMES, KINDS),
        *_ask("matters.of_kind", HOMES, KINDS, (NOW, NOW + HOUR)),
        *_ask("matters.open_in", HOMES, KINDS, STAGES),
        *_ask("announcements.posts", MATTERS),
        *_ask("announcements.post_in", MATTERS, CHATS),
        *_ask("announcements.only_in", CHATS),
        *_ask("announcements.acknowledged", MATTERS),
        *_ask("announcements.acknowledged_by", CODES),
        *_ask("consultations.tally", MATTERS),
        *_ask("consultations.stance_of", MATTERS, CODES),
        *_ask("consultations.taken_by", CODES),
        *_ask("consultations.reasons", MATTERS),
        *_ask("people.everyone"),
    ],
    "letters": [
        *_ask("letters.state_of", LETTERS),
        *_ask("letters.chat_of", LETTERS),
        *_ask("letters.message_of", LETTERS),
        *_ask("letters.about", LETTERS),
        *_ask("letters.about_message", CHATS, NUMBERS),
        *_ask("letters.next_for", CHATS),
        *_ask("letters.last_held", CHATS),
        *_ask("letters.count", tuple(State)),
        *_ask("letters.lanes"),
        *_ask("letters.answers"),
        *_ask("letters.interrupted"),
        *_ask("vitals.take", NOW),
    ],
    "dues": [
        *_ask("dues.due", (NOW, NOW + DAY)),
        *_ask("dues.next_at"),
        *_ask("dues.waits", ("probe", "other"), ("", "m1", "M", "m12")),
        *_ask("vitals.take", NOW),
    ],
    "talk": [
        *_ask("talk.get", CHATS, NUMBERS),
        *_ask("talk.last", CHATS, (1, 9)),
        *_ask("talk.counts", CHATS, NOW - DAY, (NOW, NOW + DAY)),
        *_ask("labels.since", HOMES, WEEKS),
        *_ask("labels.samples", HOMES),
        *_ask("labels.samples_by", CODES),
        *_ask("draws.of", HOMES, WEEKS),
        *_ask("draws.get", NUMBERS),
        *_ask("draws.shown_in", LETTERS),
        *_ask("draws.strata", HOMES, WEEKS),
        *_ask("gates.off", HOMES),
    ],
    "people": [
        *_ask("people.person", MEMBERS),
        *_ask("people.membership", HOMES, MEMBERS),
        *_ask("people.memberships", MEMBERS),
        *_ask("people.unread", HOMES),
        *_ask("people.opted_out", HOMES),
        *_ask("people.grants", MEMBERS),
        *_ask("people.grants_in", HOMES),
        *_ask("people.erasures"),
        *_ask("people.everyone"),
        *_ask("communities.all"),
        *_ask("communities.get", HOMES),
        *_ask("communities.group", CHATS),
        *_ask("communities.groups", HOMES),
        *_ask("forms.get", MEMBERS),
        *_ask("matters.get", MATTERS),
        *_ask("boards.get", CHATS),
        *_ask("noise.spent", CHATS, (NOW.date(), (NOW + DAY).date())),
        *_ask("noise.acts", ((CHAT, SECOND),), NOW.date(), (NOW + DAY).date()),
        *_ask("health.get", CODES),
    ],
    "waits": [
        *_ask("arrivals.waiting", -1, 9),
        *_ask("arrivals.pending"),
        *_ask("arrivals.newest"),
        *_ask("arrivals.count", ("pending", "done", "quarantined", "second")),
        *_ask("waits.oldest"),
        *_ask("vitals.take", NOW),
    ],
}
