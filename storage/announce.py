"""Where an announcement stands in each group, and who took note of it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.domain.announce import Post, PostState
from bot.domain.basics import ChatId
from storage.tables import acknowledgements, posts


class SqlAnnouncements:
    """The rows of `posts` and `acknowledgements`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def posts(self, matter: str) -> tuple[Post, ...]:
        rows = self._connection.execute(
            select(posts).where(posts.c.matter == matter).order_by(posts.c.chat)
        )
        return tuple(_post(row) for row in rows)

    def post_in(self, matter: str, chat: ChatId) -> Post | None:
        row = self._connection.execute(
            select(posts).where(posts.c.matter == matter, posts.c.chat == chat)
        ).one_or_none()
        return None if row is None else _post(row)

    def put_post(self, post: Post) -> None:
        kept = {"letter": post.letter, "state": post.state, "reposted": post.reposted}
        self._connection.execute(
            insert(posts)
            .values(matter=post.matter, chat=post.chat, **kept)
            .on_conflict_do_update(index_elements=["matter", "chat"], set_=kept)
        )

    def only_in(self, chat: ChatId) -> tuple[str, ...]:
        """Matters that stand in this chat and nowhere else."""
        elsewhere = select(posts.c.matter).where(posts.c.chat != chat)
        rows = self._connection.execute(
            select(posts.c.matter).where(posts.c.chat == chat, posts.c.matter.not_in(elsewhere))
        )
        return tuple(rows.scalars())

    def acknowledge(self, matter: str, code: str, building: str) -> bool:
        """Notes one person's acknowledgement; false if it was there already."""
        done = self._connection.execute(
            insert(acknowledgements)
            .values(matter=matter, code=code, building=building)
            .on_conflict_do_nothing()
        )
        return done.rowcount == 1

    def acknowledged(self, matter: str) -> Mapping[str, int]:
        """How many acknowledged, by building ("" where it is not known)."""
        rows = self._connection.execute(
            select(acknowledgements.c.building, func.count())
            .where(acknowledgements.c.matter == matter)
            .group_by(acknowledgements.c.building)
            .order_by(acknowledgements.c.building)
        )
        return MappingProxyType({row[0]: row[1] for row in rows})

    def acknowledged_by(self, code: str) -> int:
        """How many notices one person took note of."""
        found: int = self._connection.execute(
            select(func.count()).where(acknowledgements.c.code == code)
        ).scalar_one()
        return found

    def loosen(self, code: str, fresh: Callable[[], str]) -> None:
        """Cuts the tie between acknowledgements and a person; the totals stay."""
        mine = self._connection.execute(
            select(acknowledgements.c.matter).where(acknowledgements.c.code == code)
        ).scalars()
        for matter in mine.all():
            self._connection.execute(
                update(acknowledgements)
                .where(acknowledgements.c.matter == matter, acknowledgements.c.code == code)
                .values(code=fresh(), building="")
            )


def _post(row: Row[Any]) -> Post:
    return Post(row.matter, ChatId(row.chat), row.letter, PostState(row.state), bool(row.reposted))
