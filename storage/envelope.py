"""A letter as a row, and back."""

from datetime import datetime
from typing import Any

from bot.domain.basics import ChatId
from bot.domain.letter import Ballot, Kind, Ledger, Letter, Priority, Spot, State
from storage.codec import (
    dump,
    load,
    moment,
    pack_rows,
    pack_values,
    stamp,
    unpack_rows,
    unpack_values,
)
from storage.prepared import Row


def row_of(letter: Letter, now: datetime) -> dict[str, object]:
    body = {
        "key": letter.key,
        "values": pack_values(letter.values),
        "rows": pack_rows(letter.rows),
        "lang": letter.lang,
        "ledger": letter.ledger,
        "topic": letter.topic,
        "target": letter.target,
        "query": letter.query,
        "alert": letter.alert,
        "silent": letter.silent,
        "poll": None if letter.poll is None else _pack_poll(letter.poll),
        "instead": _pack_spot(letter.instead),
        "source": letter.source,
    }
    return {
        "id": letter.id,
        "chat": letter.to,
        "kind": letter.kind,
        "priority": letter.priority,
        "state": State.PENDING,
        "body": dump(body),
        "about": letter.about,
        "refers": letter.refers,
        "not_before": stamp(letter.not_before) if letter.not_before else "",
        "created_at": stamp(now),
        "attempts": 0,
        "reason": "",
    }


def letter_of(row: Row) -> Letter:
    body = load(row.body)
    return Letter(
        id=row.id,
        to=ChatId(row.chat),
        kind=Kind(row.kind),
        priority=Priority(row.priority),
        about=row.about,
        refers=row.refers,
        attempts=row.attempts,
        **body
        | {
            "values": unpack_values(body["values"]),
            "rows": unpack_rows(body["rows"]),
            "instead": _unpack_spot(body["instead"]),
            "poll": _unpack_poll(body.get("poll")),
            "ledger": Ledger(body["ledger"]),
        },
    )


def _pack_poll(poll: Ballot) -> list[object]:
    return [poll.question, list(poll.options), stamp(poll.closes_at), poll.multiple]


def _unpack_poll(packed: list[Any] | None) -> Ballot | None:
    if packed is None:
        return None
    question, options, closes_at, multiple = packed
    return Ballot(question, tuple(options), moment(closes_at), bool(multiple))


def _pack_spot(spot: Spot | None) -> list[int | None] | None:
    return None if spot is None else [spot.chat, spot.message, spot.topic]


def _unpack_spot(packed: list[int] | None) -> Spot | None:
    return None if packed is None else Spot(ChatId(packed[0]), packed[1], packed[2])
