"""Letters on their way: kept with the change that caused them, emptied once they are out."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from bot.domain.basics import ChatId, MemberId
from bot.domain.letter import Kind, Letter, Outcome, State
from storage.codec import dump, moment, stamp
from storage.envelope import letter_of, row_of
from storage.prepared import Prepared
from storage.tables import letters

_insert = Prepared(
    insert(letters),
    "id",
    "chat",
    "kind",
    "priority",
    "state",
    "body",
    "about",
    "refers",
    "not_before",
    "created_at",
    "attempts",
    "reason",
)
_lanes = Prepared(
    select(letters.c.chat, letters.c.kind, func.min(letters.c.not_before))
    .where(letters.c.state == State.PENDING)
    .group_by(letters.c.chat, letters.c.kind == Kind.ANSWER)
)
_next = Prepared(
    select(letters)
    .where(
        letters.c.state == State.PENDING,
        letters.c.chat == bindparam("chat"),
        letters.c.kind != Kind.ANSWER,
        letters.c.not_before <= bindparam("now"),
    )
    .order_by(letters.c.priority, letters.c.seq)
    .limit(1)
)
_answers = Prepared(
    select(letters)
    .where(
        letters.c.state == State.PENDING,
        letters.c.kind == Kind.ANSWER,
        letters.c.not_before <= bindparam("now"),
    )
    .order_by(letters.c.seq)
    .limit(64)
)
_settle = Prepared(
    update(letters)
    .where(letters.c.id == bindparam("which"))
    .values(
        state=bindparam("new_state"),
        body=None,
        message_id=bindparam("message"),
        reason=bindparam("why"),
    )
)
_sending = Prepared(
    update(letters)
    .where(letters.c.id == bindparam("which"), letters.c.state == State.PENDING)
    .values(state=State.SENDING)
)
_unopened, _unconfirmed = (
    Prepared(
        update(letters)
        .where(letters.c.state == state, letters.c.created_at < bindparam("before"))
        .values(state=State.FAILED, body=None, reason=reason)
    )
    for state, reason in (
        (State.HELD, "never opened"),
        (State.UNCERTAIN, "never confirmed"),
    )
)
_over = Prepared(
    delete(letters).where(
        or_(letters.c.state == State.SENT, letters.c.state == State.FAILED),
        letters.c.created_at < bindparam("before"),
    )
)
_full = letters.c.body.is_not(None)
"""A letter that was emptied meanwhile has nothing left that could be sent."""


class SqlLetters:
    """The rows of `letters`."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now
        self.wrote = False

    def put(self, letter: Letter) -> None:
        self.wrote = True
        _insert.run(self._connection, **row_of(letter, self._now))

    def message_of(self, id: str) -> int | None:
        """The message a sent letter became, if it became one."""
        found: int | None = self._connection.execute(
            select(letters.c.message_id).where(letters.c.id == id)
        ).scalar_one_or_none()
        return found

    def chat_of(self, id: str) -> ChatId | None:
        """Where a letter goes or went."""
        found = self._connection.execute(
            select(letters.c.chat).where(letters.c.id == id)
        ).scalar_one_or_none()
        return None if found is None else ChatId(found)

    def state_of(self, id: str) -> State | None:
        found = self._connection.execute(
            select(letters.c.state).where(letters.c.id == id)
        ).scalar_one_or_none()
        return None if found is None else State(found)

    def about(self, id: str) -> str:
        found: str | None = self._connection.execute(
            select(letters.c.about).where(letters.c.id == id)
        ).scalar_one_or_none()
        return found or ""

    def became_poll(self, id: str, poll: str) -> None:
        """Notes the native poll a sent letter became."""
        self._connection.execute(update(letters).where(letters.c.id == id).values(poll_id=poll))

    def about_poll(self, poll: str) -> str:
        """What the letter is about that became this native poll; empty where none did."""
        found: str | None = self._connection.execute(
            select(letters.c.about).where(letters.c.poll_id == poll)
        ).scalar_one_or_none()
        return found or ""

    def about_message(self, chat: ChatId, message: int) -> str:
        """What the letter is about that became this message."""
        found: str | None = self._connection.execute(
            select(letters.c.about)
            .where(letters.c.chat == chat, letters.c.message_id == message)
            .limit(1)
        ).scalar_one_or_none()
        return found or ""

    def withdraw(self, id: str) -> bool:
        """Takes back a letter that has not left yet. True if it had not."""
        done = self._connection.execute(
            update(letters)
            .where(letters.c.id == id, letters.c.state == State.PENDING)
            .values(state=State.FAILED, body=None, reason="withdrawn")
        )
        return done.rowcount == 1

    def supersede(self, chat: ChatId, key: str) -> None:
        """The same words that still wait for a chat make room for newer ones."""
        same = f"{dump({'key': key})[:-1]},"
        self._connection.execute(
            update(letters)
            .where(
                letters.c.chat == chat,
                letters.c.state == State.PENDING,
                letters.c.kind == Kind.SEND,
                letters.c.about == "",
                func.substr(letters.c.body, 1, len(same)) == same,
            )
            .values(state=State.FAILED, body=None, reason="superseded")
        )

    def next_for(self, chat: ChatId) -> Letter | None:
        row = _next.first(self._connection, chat=chat, now=stamp(self._now))
        return None if row is None else letter_of(row)

    def answers(self) -> list[Letter]:
        return [letter_of(row) for row in _answers.all(self._connection, now=stamp(self._now))]

    def lanes(self) -> tuple[set[ChatId], bool, datetime | None]:
        """Chats with something to send now, whether taps wait, and the next later moment."""
        now, taps = stamp(self._now), False
        ready: set[ChatId] = set()
        waiting: list[str] = []
        for chat, kind, soonest in _lanes.all(self._connection):
            if soonest > now:
                waiting.append(soonest)
            elif kind == Kind.ANSWER:
                taps = True
            else:
                ready.add(ChatId(chat))
        return ready, taps, moment(min(waiting)) if waiting else None

    def sending(self, id: str) -> bool:
        """Its turn has come; false where it does not wait any more."""
        return _sending.run(self._connection, which=id) == 1

    def settle(self, id: str, outcome: Outcome, message: int | None, reason: str = "") -> None:
        """Writes what became of a letter and empties its text; an uncertain one keeps it."""
        if outcome is Outcome.UNCERTAIN:
            self._connection.execute(
                update(letters)
                .where(letters.c.id == id)
                .values(state=State.UNCERTAIN, reason=reason[:80])
            )
            return
        state = State.SENT if outcome is Outcome.SENT else State.FAILED
        _settle.run(self._connection, which=id, new_state=state, message=message, why=reason[:80])

    def hold(self, id: str) -> None:
        """A private letter that cannot be delivered waits until the person opens the chat."""
        self._connection.execute(
            update(letters).where(letters.c.id == id, _full).values(state=State.HELD)
        )

    def last_held(self, chat: ChatId) -> datetime | None:
        """When the newest letter that is held for a person was written."""
        found: str | None = self._connection.execute(
            select(func.max(letters.c.created_at)).where(
                letters.c.chat == chat, letters.c.state == State.HELD
            )
        ).scalar_one()
        return None if found is None else moment(found)

    def release(self, member: MemberId) -> int:
        """Everything held for a person is on its way again; how many that were."""
        done = self._connection.execute(
            update(letters)
            .where(letters.c.chat == member, letters.c.state == State.HELD)
            .values(state=State.PENDING)
        )
        self.wrote = True
        return done.rowcount

    def back(
        self, id: str, not_before: datetime | None = None, chat: ChatId | None = None
    ) -> None:
        """A letter that did not leave, or may be repeated, waits again."""
        changed: dict[str, object] = {
            "state": State.PENDING,
            "attempts": letters.c.attempts + 1,
            "not_before": stamp(not_before) if not_before else "",
        }
        if chat is not None:
            changed["chat"] = chat
        self._connection.execute(
            update(letters).where(letters.c.id == id, _full).values(**changed)
        )

    def again(self, id: str) -> None:
        """An uncertain letter is sent once more, because a person said so."""
        self.wrote = True
        self._connection.execute(
            update(letters)
            .where(letters.c.id == id, letters.c.state == State.UNCERTAIN, _full)
            .values(state=State.PENDING)
        )

    def arrived(self, id: str) -> None:
        """An uncertain letter did arrive, because a person saw it; its text is emptied."""
        self._connection.execute(
            update(letters)
            .where(letters.c.id == id, letters.c.state == State.UNCERTAIN)
            .values(state=State.SENT, body=None)
        )

    def interrupted(self) -> list[Letter]:
        """Letters that were on their way when the process ended."""
        rows = self._connection.execute(select(letters).where(letters.c.state == State.SENDING))
        return [letter_of(row) for row in rows]

    def to_chat(self, old: ChatId, new: ChatId) -> None:
        """Everything that waits for a chat goes to the chat it has become."""
        self._connection.execute(
            update(letters)
            .where(letters.c.chat == old, letters.c.state == State.PENDING)
            .values(chat=new)
        )

    def drop_for(self, chat: ChatId) -> None:
        """Nothing that waits for a chat is sent any more; its texts are gone."""
        self._connection.execute(
            update(letters)
            .where(letters.c.chat == chat, letters.c.body.is_not(None))
            .values(state=State.FAILED, body=None, reason="dropped")
        )

    def erase(self, chat: ChatId) -> None:
        """Every row of a chat, sent or not."""
        self._connection.execute(delete(letters).where(letters.c.chat == chat))

    def count(self, state: State) -> int:
        found: int = self._connection.execute(
            select(func.count()).select_from(letters).where(letters.c.state == state)
        ).scalar_one()
        return found

    def purge(self) -> None:
        """Held texts go after a day, uncertain ones after 7, the rows themselves after 90."""
        for statement, days in ((_unopened, 1), (_unconfirmed, 7), (_over, 90)):
            statement.run(self._connection, before=stamp(self._now - timedelta(days=days)))
