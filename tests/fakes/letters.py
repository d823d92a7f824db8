"""Letters on their way, in a dict; those that are out are emptied."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain.basics import ChatId, Clock, MemberId
from bot.domain.letter import Kind, Letter, Outcome, State
from tests.fakes.shelves import Conflict, Posted, Shelves, fresh_number, in_utc, maybe_utc

AT_ONCE = 64
HELD, ASKED, KEPT = timedelta(days=1), timedelta(days=7), timedelta(days=90)
_Lane = tuple[ChatId, bool]


class FakeLetters:
    """Fulfils `Outbox`, and so `Letters`."""

    def __init__(self, shelves: Shelves, clock: Clock) -> None:
        self._shelves, self._clock = shelves, clock
        self.wrote = False

    # what desks do

    def put(self, letter: Letter) -> None:
        self.wrote = True
        if letter.id in self._shelves.letters:
            raise Conflict(f"there is a letter {letter.id!r}")
        self._shelves.letters[letter.id] = Posted(
            fresh_number(row.seq for row in self._shelves.letters.values()),
            replace(letter, values=MappingProxyType(dict(letter.values))),
            letter.to,
            letter.about,
            State.PENDING,
            in_utc(self._clock()),
            maybe_utc(letter.not_before),
        )

    def message_of(self, id: str) -> int | None:
        row = self._shelves.letters.get(id)
        return None if row is None else row.message

    def chat_of(self, id: str) -> ChatId | None:
        row = self._shelves.letters.get(id)
        return None if row is None else row.chat

    def state_of(self, id: str) -> State | None:
        row = self._shelves.letters.get(id)
        return None if row is None else row.state

    def about(self, id: str) -> str:
        row = self._shelves.letters.get(id)
        return "" if row is None else row.about

    def became_poll(self, id: str, poll: str) -> None:
        self._change(id, lambda row: replace(row, poll=poll))

    def about_poll(self, poll: str) -> str:
        return next((row.about for row in self._rows() if row.poll == poll), "")

    def about_message(self, chat: ChatId, message: int) -> str:
        here = [row for row in self._rows() if row.chat == chat and row.message == message]
        return here[0].about if here else ""

    def withdraw(self, id: str) -> bool:
        if self.state_of(id) is not State.PENDING:
            return False
        self._change(id, _failed)
        return True

    def supersede(self, chat: ChatId, key: str) -> None:
        for id, row in self._where(State.PENDING, chat):
            letter = row.letter
            if letter is not None and letter.kind is Kind.SEND and not row.about:
                self._change(id, _failed if letter.key == key else _same)

    def release(self, member: MemberId) -> int:
        self.wrote = True
        held = self._where(State.HELD, ChatId(member))
        for id, _ in held:
            self._change(id, lambda row: replace(row, state=State.PENDING))
        return len(held)

    def again(self, id: str) -> None:
        self.wrote = True
        if self.state_of(id) is State.UNCERTAIN:
            self._change(id, lambda row: replace(row, state=State.PENDING) if row.letter else row)

    def arrived(self, id: str) -> None:
        if self.state_of(id) is State.UNCERTAIN:
            self._change(id, lambda row: replace(row, state=State.SENT, letter=None))

    def to_chat(self, old: ChatId, new: ChatId) -> None:
        """Everything that waits for a chat goes to the chat it has become."""
        for id, _ in self._where(State.PENDING, old):
            self._change(id, lambda row: replace(row, chat=new))

    def drop_for(self, chat: ChatId) -> None:
        for id, row in list(self._shelves.letters.items()):
            if row.chat == chat and row.letter is not None:
                self._change(id, _failed)

    def erase(self, chat: ChatId) -> None:
        every = self._shelves.letters.items()
        self._shelves.letters = {id: row for id, row in every if row.chat != chat}

    # what the post does

    def next_for(self, chat: ChatId) -> Letter | None:
        ready = [row for _, row in self._where(State.PENDING, chat) if self._ready(row)]
        found = sorted(
            ((_letter(row), row.seq) for row in ready if not _is_tap(row)),
            key=lambda one: (one[0].priority, one[1]),
        )
        return found[0][0] if found else None

    def answers(self) -> list[Letter]:
        taps = [row for row in self._rows() if row.state is State.PENDING and _is_tap(row)]
        return [_letter(row) for row in taps if self._ready(row)][:AT_ONCE]

    def lanes(self) -> tuple[set[ChatId], bool, datetime | None]:
        first: dict[_Lane, Posted] = {}
        for row in self._rows():
            lane = row.chat, _is_tap(row)
            if row.state is State.PENDING and (lane not in first or _sooner(row, first[lane])):
                first[lane] = row
        ready = {lane for lane, row in first.items() if self._ready(row)}
        later = [row.not_before for lane, row in first.items() if lane not in ready]
        moments = [at for at in later if at is not None]
        chats = {chat for chat, taps in ready if not taps}
        return chats, any(taps for _, taps in ready), min(moments, default=None)

    def sending(self, id: str) -> bool:
        if self.state_of(id) is not State.PENDING:
            return False
        self._change(id, lambda row: replace(row, state=State.SENDING))
        return True

    def settle(self, id: str, outcome: Outcome, message: int | None, reason: str = "") -> None:
        if outcome is Outcome.UNCERTAIN:
            self._change(id, lambda row: replace(row, state=State.UNCERTAIN))
            return
        state = State.SENT if outcome is Outcome.SENT else State.FAILED
        self._change(id, lambda row: replace(row, state=state, letter=None, message=message))

    def hold(self, id: str) -> None:
        self._change(id, lambda row: replace(row, state=State.HELD) if row.letter else row)

    def last_held(self, chat: ChatId) -> datetime | None:
        held = self._where(State.HELD, chat)
        return max((row.created_at for _, row in held), default=None)

    def back(
        self, id: str, not_before: datetime | None = None, chat: ChatId | None = None
    ) -> None:
        def waiting(row: Posted) -> Posted:
            if row.letter is None:
                return row
            return replace(
                row,
                state=State.PENDING,
                attempts=row.attempts + 1,
                not_before=maybe_utc(not_before),
                chat=row.chat if chat is None else chat,
            )

        self._change(id, waiting)

    def interrupted(self) -> list[Letter]:
        return [_letter(row) for row in self._rows() if row.state is State.SENDING]

    def count(self, state: State) -> int:
        return sum(row.state is state for row in self._rows())

    def purge(self) -> None:
        now = self._clock()
        for id, row in list(self._shelves.letters.items()):
            age = now - row.created_at
            late = row.state is State.HELD and age > HELD
            if late or (row.state is State.UNCERTAIN and age > ASKED):
                self._change(id, _failed)
            if self.state_of(id) in (State.SENT, State.FAILED) and age > KEPT:
                del self._shelves.letters[id]

    def _rows(self) -> list[Posted]:
        return list(self._shelves.letters.values())

    def _where(self, state: State, chat: ChatId) -> list[tuple[str, Posted]]:
        every = self._shelves.letters.items()
        return [(id, row) for id, row in every if row.state is state and row.chat == chat]

    def _change(self, id: str, change: Callable[[Posted], Posted]) -> None:
        if id in self._shelves.letters:
            self._shelves.letters[id] = change(self._shelves.letters[id])

    def _ready(self, row: Posted) -> bool:
        return row.not_before is None or row.not_before <= self._clock()


def _same(row: Posted) -> Posted:
    return row


def _failed(row: Posted) -> Posted:
    return replace(row, state=State.FAILED, letter=None)


def _is_tap(row: Posted) -> bool:
    return row.letter is not None and row.letter.kind is Kind.ANSWER


def _sooner(row: Posted, other: Posted) -> bool:
    if other.not_before is None:
        return False
    return row.not_before is None or row.not_before < other.not_before


def _letter(row: Posted) -> Letter:
    """As the post is given it: with the chat it goes to now, and the attempts so far."""
    if row.letter is None:
        raise LookupError("this letter was emptied")
    return replace(row.letter, to=row.chat, attempts=row.attempts, not_before=None)
