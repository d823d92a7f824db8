"""What people said of findings, and the masked words that a community lends for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert

from bot.domain.basics import ChatId, CommunityId
from bot.domain.label import Finding, Label, Sample
from storage.codec import stamp
from storage.prepared import Prepared
from storage.tables import readings
from storage.tables.learning import labels, samples

PLACE = ("chat", "message", "finding")


def _place(table: Any) -> Any:
    return tuple_(table.c.chat, table.c.message)


_old = select(readings.c.chat, readings.c.message).where(readings.c.at < bindparam("before"))
_unname = tuple(
    Prepared(update(table).where(_place(table).in_(_old)).values(chat=None, message=None))
    for table in (labels, samples)
)
_drop_words = Prepared(delete(samples).where(samples.c.week <= bindparam("until")))
_drop_whole = Prepared(delete(labels).where(labels.c.week <= bindparam("until")))


class SqlLabels:
    """The rows of `labels` and `samples`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, label: Label) -> None:
        """One a message and finding; what chance drew stays drawn, whoever judges it again."""
        kept = {
            "community": label.community,
            "week": label.week,
            "flagged": label.flagged,
            "truth": label.truth,
            "score": label.score,
            "reader": label.reader,
            "judge": label.judge,
            "audited": label.audited,
        }
        fresh = kept if label.audited else _without(kept, "audited", "week")
        place = {"chat": label.chat, "message": label.message, "finding": label.finding}
        self._connection.execute(
            insert(labels)
            .values(**place, **kept)
            .on_conflict_do_update(index_elements=PLACE, set_=fresh)
        )

    def since(self, community: CommunityId, week: str) -> tuple[Label, ...]:
        """The labels of this week and the later ones."""
        rows = self._connection.execute(
            select(labels)
            .where(labels.c.community == community, labels.c.week >= week)
            .order_by(labels.c.seq)
        )
        return tuple(_label(row) for row in rows)

    def keep(self, sample: Sample) -> None:
        kept = {
            "community": sample.community,
            "week": sample.week,
            "truth": sample.truth,
            "text": sample.text,
        }
        place = {"chat": sample.chat, "message": sample.message, "finding": sample.finding}
        self._connection.execute(
            insert(samples)
            .values(**place, **kept)
            .on_conflict_do_update(index_elements=PLACE, set_=kept)
        )

    def samples(self, community: CommunityId) -> tuple[Sample, ...]:
        rows = self._connection.execute(
            select(samples).where(samples.c.community == community).order_by(samples.c.seq)
        )
        return tuple(_sample(row) for row in rows)

    def samples_by(self, author: str) -> int:
        """How many samples are words read under a code; none once the reading is gone."""
        found: int = self._connection.execute(
            select(func.count()).select_from(samples).where(_place(samples).in_(_said(author)))
        ).scalar_one()
        return found

    def drop_samples(self, community: CommunityId) -> None:
        self._connection.execute(delete(samples).where(samples.c.community == community))

    def forget(self, author: str) -> None:
        """Samples of a person's words go; labels stay as counts that name no message."""
        said = _said(author)
        self._connection.execute(delete(samples).where(_place(samples).in_(said)))
        self._connection.execute(
            update(labels).where(_place(labels).in_(said)).values(chat=None, message=None)
        )

    def left(self, chat: ChatId) -> None:
        """We left this group, or it became another: its words go, and no message is named."""
        self._connection.execute(delete(samples).where(samples.c.chat == chat))
        self._connection.execute(
            update(labels).where(labels.c.chat == chat).values(chat=None, message=None)
        )

    def purge(self, read: datetime, words: str, whole: str) -> None:
        """Messages are unnamed with their readings; words and labels go when their week is old.

        Runs before the readings of the same day go. `words` and `whole` are the newest weeks
        of which samples, and labels, are not kept any more.
        """
        for unname in _unname:
            unname.run(self._connection, before=stamp(read))
        _drop_words.run(self._connection, until=words)
        _drop_whole.run(self._connection, until=whole)


def _said(author: str) -> Any:
    return select(readings.c.chat, readings.c.message).where(readings.c.author == author)


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _label(row: Row[Any]) -> Label:
    return Label(
        CommunityId(row.community),
        row.week,
        Finding(row.finding),
        bool(row.flagged),
        None if row.truth is None else bool(row.truth),
        row.judge,
        row.score,
        row.reader,
        bool(row.audited),
        None if row.chat is None else ChatId(row.chat),
        row.message,
    )


def _sample(row: Row[Any]) -> Sample:
    chat = None if row.chat is None else ChatId(row.chat)
    return Sample(
        CommunityId(row.community),
        row.week,
        Finding(row.finding),
        bool(row.truth),
        row.text,
        chat,
        row.message,
    )
