"""Takes letters to Telegram: taps first, a lane for each chat, and writes what became of each."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.basics import ChatId, Clock, MemberId, MemoryTrouble
from bot.domain.due import Due
from bot.domain.letter import REPEATABLE, Button, Kind, Letter, Outcome, Phrase
from handlers.errors import ANSWERS, caught
from handlers.feature import OutcomeHandler, Tools
from handlers.post.address import Waits, address_of
from handlers.post.carry import Carrier, Gone, Sent, Unsendable
from handlers.post.pace import Pace, Sleep
from handlers.post.verdict import Again, Final, verdict_of
from handlers.reply import CLEAN_UP, STAYS
from handlers.store import FullWork, Store

log = logging.getLogger(__name__)

IDLE = 5.0
WAIT_FOR_REFERRED = timedelta(seconds=2)
_SAID = frozenset({Kind.SEND, Kind.EDIT, Kind.POLL, Kind.COPY})


class Post:
    """The one way out."""

    def __init__(
        self,
        store: Store,
        carrier: Carrier,
        pace: Pace,
        outcomes: Mapping[str, OutcomeHandler],
        tools: Tools,
        clock: Clock,
        sleep: Sleep,
    ) -> None:
        self._store, self._carrier, self._pace = store, carrier, pace
        self._outcomes, self._tools = outcomes, tools
        self._clock, self._sleep = clock, sleep
        self._lanes: dict[ChatId, asyncio.Task[None]] = {}
        self._taps: set[str] = set()
        self._tap_tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    def recover(self) -> None:
        """What was on its way when the process ended: repeated if harmless, else uncertain."""
        with self._store.work() as work:
            for letter in work.letters.interrupted():
                if letter.kind in REPEATABLE:
                    work.letters.back(letter.id)
                else:
                    self._settle(work, letter, Final(Outcome.UNCERTAIN, "interrupted"), Sent())

    async def run(self) -> None:
        """Sends for ever."""
        while True:
            self._woken.clear()
            try:
                later = self._start_lanes()
            except MemoryTrouble:
                later = None
            pause = IDLE
            if later is not None:
                pause = min(IDLE, max(0.01, (later - self._clock()).total_seconds()))
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                self._pace.forget_idle()

    async def flush(self) -> None:
        """Sends everything that may be sent now, and returns when it is done."""
        self._start_lanes()
        while self._lanes or self._tap_tasks:
            await asyncio.wait([*self._lanes.values(), *self._tap_tasks])
            await asyncio.sleep(0)
            self._start_lanes()

    def _start_lanes(self) -> datetime | None:
        """Starts a lane for each chat that has something; returns when the next one will."""
        with self._store.work() as work:
            ready, taps, later = work.letters.lanes()
            answers = work.letters.answers() if taps else []
        for letter in answers:
            if letter.id not in self._taps:
                self._taps.add(letter.id)
                task = asyncio.ensure_future(self._tap(letter))
                self._tap_tasks.add(task)
                task.add_done_callback(self._tap_tasks.discard)
        moments = [] if later is None else [later]
        for chat in sorted(ready - self._lanes.keys()):
            held = self._pace.held_until(chat)
            if held is None:
                self._lanes[chat] = asyncio.ensure_future(self._lane(chat))
            else:
                moments.append(held)
        return min(moments, default=None)

    async def _tap(self, letter: Letter) -> None:
        try:
            await self._deliver(letter)
        finally:
            self._taps.discard(letter.id)
            self._woken.set()

    async def _lane(self, chat: ChatId) -> None:
        """Sends what waits for one chat, one after the other."""
        try:
            while (letter := self._next(chat)) is not None:
                await self._pace.turn(chat, said=letter.kind in _SAID)
                await self._deliver(letter)
        except MemoryTrouble:
            log.warning("letters wait: the database cannot be written to")
            await self._sleep(1.0)
        finally:
            del self._lanes[chat]
            self._woken.set()

    def _next(self, chat: ChatId) -> Letter | None:
        if self._pace.held_until(chat) is not None:
            return None
        with self._store.work() as work:
            return work.letters.next_for(chat)

    async def _deliver(self, letter: Letter) -> None:
        """One request, with its beginning and its end written down."""
        try:
            with self._store.work() as work:
                to = address_of(work, letter, self._tools.home)
                if letter.kind not in REPEATABLE and not work.letters.sending(letter.id):
                    return  # taken back while it waited for its turn
        except Waits:
            await self._write_down(letter, Again(WAIT_FOR_REFERRED), Sent())
            return
        sent = Sent()
        try:
            sent = await self._carrier.carry(letter, to)
            verdict: Again | Final = Final(Outcome.SENT)
        except Unsendable as error:
            log.error("letter %r cannot be written: %s", letter.key, error)
            verdict = Final(Outcome.REFUSED, "unsendable")
        except Gone:
            verdict = Final(Outcome.GONE, "moved away")
        except ANSWERS as error:
            verdict = verdict_of(error, letter.kind, letter.attempts)
        await self._write_down(letter, verdict, sent)

    async def _write_down(self, letter: Letter, verdict: Again | Final, sent: Sent) -> None:
        """Keeps the outcome, however long the database takes; without it nobody would know."""
        while True:
            error = caught(lambda: self._note(letter, verdict, sent))
            if not isinstance(error, MemoryTrouble):
                break
            await self._sleep(1.0)
        if error is not None:
            log.error("outcome of %s: %s", letter.about, type(error).__name__)
            outcome = verdict.outcome if isinstance(verdict, Final) else Outcome.REFUSED
            with self._store.work() as work:
                work.letters.settle(letter.id, outcome, sent.message, type(error).__name__)

    def _note(self, letter: Letter, verdict: Again | Final, sent: Sent) -> None:
        with self._store.work() as work:
            if isinstance(verdict, Final):
                self._settle(work, letter, verdict, sent)
                return
            if letter.kind is not Kind.ANSWER:
                self._pace.hold(letter.to, verdict.after)
            if verdict.moved_to is not None:
                self._tools.desks.groups.migrated(work, letter.to, verdict.moved_to)
            work.letters.back(letter.id, work.now + verdict.after, verdict.moved_to)

    def _settle(self, work: FullWork, letter: Letter, verdict: Final, sent: Sent) -> None:
        """Writes what became of a letter, and tells whoever must act on it."""
        feature, _, object = letter.about.partition(":")
        if verdict.outcome in (Outcome.BLOCKED, Outcome.KICKED) and letter.to > 0:
            self._hold(work, letter)
        elif verdict.outcome is Outcome.UNCERTAIN and feature not in self._outcomes:
            # Nobody will decide about this one, so its words need not wait for anybody.
            work.letters.settle(letter.id, Outcome.REFUSED, None, "uncertain")
        else:
            work.letters.settle(letter.id, verdict.outcome, sent.message, verdict.reason)
        if sent.poll:
            work.letters.became_poll(letter.id, sent.poll)
        if verdict.outcome is Outcome.KICKED and letter.to < 0:
            self._tools.desks.groups.lost(work, letter.to)
        if feature in self._outcomes:
            self._outcomes[feature](work, self._tools.desks, object, letter.id, verdict.outcome)

    def _hold(self, work: FullWork, letter: Letter) -> None:
        """Keeps a private letter until its person opens the chat, and asks them to."""
        member = MemberId(letter.to)
        asked = work.letters.last_held(letter.to)
        work.letters.hold(letter.id)
        work.people.put_person(replace(work.people.person(member), reachable=False))
        if letter.instead is None or (asked is not None and work.now - asked < STAYS):
            return
        ask = Letter(
            self._tools.new_id(),
            letter.instead.chat,
            "reply.open_private",
            rows=((Button(Phrase("reply.open_private_button"), url="start:held"),),),
            lang=letter.lang,
            topic=letter.instead.topic,
            target=letter.instead.message,
            silent=True,
        )
        work.letters.put(ask)
        work.dues.put(Due(CLEAN_UP, ask.id, work.now + STAYS))
