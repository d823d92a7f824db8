"""Puts up the board, keeps it current, and puts it up again where somebody took it down."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from bot.domain import acts
from bot.domain.announce.values import Announcements
from bot.domain.basics import ChatId, NewId, Pseudonym, Refusal
from bot.domain.community import Community, Group, GroupState
from bot.domain.consult.values import Consultations
from bot.domain.due import Due
from bot.domain.letter import (
    Card,
    Kind,
    Letter,
    Outcome,
    Phrase,
    Priority,
    Rows,
    Value,
    button,
    phrase,
)
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.question.values import QuestionWork, is_waiting
from bot.domain.touch import APART, BOARD, Shown

NOTICE_STAYS, WEEK = timedelta(days=3), timedelta(days=7)
SHORT, EACH = 30, 3


class BoardWork(QuestionWork, Protocol):
    """The stores that the board needs."""

    @property
    def announcements(self) -> Announcements: ...
    @property
    def consultations(self) -> Consultations: ...


class BoardDesk:
    """One message a group, pinned, edited in place at most once a minute."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, k: int = 5) -> None:
        self._new_id, self._k = new_id, k
        self._pen = Pen(new_id, pseudonym)

    def due(self, work: BoardWork, chat: ChatId) -> None:
        """Shows the board of a group as things stand now."""
        group = work.communities.group(chat)
        if group is None or group.community is None or group.state is not GroupState.ACTIVE:
            return
        community = acts.community_of(work, group.community)
        card = self._card(work, community, group)
        shown, print_ = work.boards.get(group.chat), _print(card)
        if shown is not None and shown.print == print_:
            return
        if shown is not None and work.now - shown.at < APART:
            work.dues.put(Due(BOARD, str(group.chat), shown.at + APART))
            return
        letter = shown.letter if shown is not None else self._put_up(work, group, card)
        if shown is not None:
            self._pen.rewrite(work, group.chat, letter, card, about=f"board:{group.chat}")
        work.boards.put(Shown(group.chat, letter, work.now, print_))

    def ask(self, work: BoardWork, chat: ChatId) -> bool:
        """/board: puts it up where there is none; true if there was one already."""
        group = work.communities.group(chat)
        if group is None or group.state is not GroupState.ACTIVE:
            raise Refusal("board.none")
        there = work.boards.get(group.chat) is not None
        work.dues.put(Due(BOARD, str(group.chat), work.now))
        return there

    def read(self, work: BoardWork, chat: ChatId) -> Card:
        """The board, for somebody's private chat. Raises `Refusal`."""
        group = work.communities.group(chat)
        if group is None or group.community is None or group.state is not GroupState.ACTIVE:
            raise Refusal("board.none")
        community = acts.community_of(work, group.community)
        return self._card(work, community, group)

    def outcome(self, work: BoardWork, chat: ChatId, letter: str, outcome: Outcome) -> None:
        """Somebody deleted the board, or it could not be put up: it is put up anew, once more."""
        shown = work.boards.get(chat)
        if shown is None or outcome in (Outcome.SENT, Outcome.UNCERTAIN):
            return
        work.boards.drop(chat)
        if outcome is Outcome.GONE and letter != shown.letter:
            work.dues.put(Due(BOARD, str(chat), work.now + APART))

    def _put_up(self, work: BoardWork, group: Group, card: Card) -> str:
        about = f"board:{group.chat}"
        letter = self._pen.post(
            work, group.chat, card, about, topic=group.board_topic, silent=True
        )
        if group.can_pin:
            pin = Letter(
                self._new_id(),
                group.chat,
                kind=Kind.PIN,
                priority=Priority.VOTE,
                refers=letter,
                silent=True,
                about=f"group:{group.chat}",
            )
            work.letters.put(pin)
        return letter

    def _card(self, work: BoardWork, community: Community, group: Group) -> Card:
        lines = tuple(self._lines(work, community)) or (Phrase("board.quiet"),)
        rows: Rows = (
            (
                button("board.ask", url="start:ask"),
                button("board.my", url="start:my"),
            ),
            (
                button("board.check", url="start:check"),
                button("privacy.details_button", url=f"start:privacy_{community.id}"),
            ),
        )
        values: dict[str, Value] = {"name": group.title or community.name, "lines": lines}
        return Card("board.board", rows, MappingProxyType(values))

    def _lines(self, work: BoardWork, community: Community) -> Iterator[Phrase]:
        yield from self._notices(work, community)
        yield from self._votes(work, community)
        yield from self._questions(work, community)
        rumours = work.matters.open_in(community.id, MatterKind.RUMOUR, Stage.CHECKING)
        if rumours:
            yield phrase("board.rumours", count=len(rumours))
        yield from self._promises(work, community)

    def _notices(self, work: BoardWork, community: Community) -> Iterator[Phrase]:
        out = work.matters.open_in(community.id, MatterKind.NOTICE, Stage.PUBLISHED)
        fresh = [m for m in out if work.now - _moment(m, "out") < NOTICE_STAYS]
        for matter in fresh[-EACH:]:
            noted = sum(work.announcements.acknowledged(matter.id).values())
            text = _short(matter.text)
            if noted < self._k:
                yield phrase("board.notice_few", text=text)
            else:
                yield phrase("board.notice", text=text, count=noted)

    def _votes(self, work: BoardWork, community: Community) -> Iterator[Phrase]:
        polls = work.matters.open_in(community.id, MatterKind.POLL, Stage.OPEN)
        for matter in polls[-EACH:]:
            yield phrase("board.poll", text=_short(matter.text), until=_due(matter))
        for stage in (Stage.OPEN, Stage.COUNTED):
            found = work.matters.open_in(community.id, MatterKind.CONSULT, stage)
            for matter in found[-EACH:]:
                count = sum(work.consultations.tally(matter.id).values())
                yield phrase(
                    f"board.consult_{stage}",
                    number=matter.number,
                    text=_short(matter.text),
                    count=count,
                    until=_due(matter),
                )

    def _questions(self, work: BoardWork, community: Community) -> Iterator[Phrase]:
        since = work.now - WEEK
        every = work.matters.of_kind(community.id, MatterKind.QUESTION, since)
        waiting = [m for m in every if is_waiting(m)]
        if waiting:
            hours = int((work.now - waiting[0].created_at).total_seconds() // 3600)
            yield phrase("board.waiting", count=len(waiting), hours=hours)
        solved = sum(m.stage is Stage.SOLVED for m in every)
        answered = sum(m.stage is Stage.ANSWERED for m in every)
        if solved or answered:
            yield phrase("board.solved", solved=solved, answered=answered)

    def _promises(self, work: BoardWork, community: Community) -> Iterator[Phrase]:
        for stage in (Stage.OVERDUE, Stage.OPEN):
            found = work.matters.open_in(community.id, MatterKind.PROMISE, stage)
            for matter in found[:EACH]:
                office = Phrase(f"role.{matter.office}")
                yield phrase(
                    f"board.promise_{stage}",
                    text=_short(matter.text),
                    office=office,
                    due=_due(matter),
                )


def _print(card: Card) -> str:
    """A hash of what a board shows."""
    return hashlib.sha256(repr((card.key, _plain(card.values))).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Phrase):
        return (value.key, _plain(value.values))
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, (dict, MappingProxyType)):
        return sorted((name, repr(_plain(one))) for name, one in value.items())
    return value


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def _due(matter: Matter) -> datetime:
    return matter.due_at or matter.created_at


def _moment(matter: Matter, fact: str) -> datetime:
    return datetime.fromisoformat(matter.fact(fact) or matter.created_at.isoformat())
