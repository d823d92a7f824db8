"""One update, one transaction: state change, audit rows, letters, and its being done."""

import logging
from collections.abc import Callable
from typing import Any, cast

from telegram import Update
from telegram.ext import Application

from bot.domain.audit import Entry
from bot.domain.basics import (
    ChatId,
    CommunityId,
    Denied,
    Lang,
    MemberId,
    MemoryTrouble,
    NewId,
    Pseudonym,
    Refusal,
)
from bot.domain.people import Actor
from handlers.errors import caught, run_whole
from handlers.feature import Step, Work
from handlers.intake.limit import Limit, Turn
from handlers.intake.parse import NAMELESS, Parsed
from handlers.reply import refused, said_at, toast_nothing
from handlers.sender import language_of
from handlers.store import FullWork, Store, Waiting

log = logging.getLogger(__name__)

ATTEMPTS = 3


class Stepper:
    """Gives each update its effect exactly once, or none at all."""

    def __init__(
        self,
        store: Store,
        app: Application[Any, Any, Any, Any, Any, Any],
        pseudonym: Pseudonym,
        new_id: NewId,
        lang: Lang,
        on_letters: Callable[[], None],
    ) -> None:
        self._store, self._app, self._on_letters = store, app, on_letters
        self._pseudonym, self._new_id, self._lang = pseudonym, new_id, lang
        self._limit = Limit()

    def step(self, arrival: Waiting, parsed: Parsed, actor: Actor, brought: object = None) -> None:
        """Handles one update. Raises `MemoryTrouble` where nothing can be kept just now."""
        for _ in range(max(1, ATTEMPTS - arrival.attempts)):
            error = self._attempt(arrival, parsed, actor, brought)
            if error is None:
                return
            if isinstance(error, MemoryTrouble):
                raise error
            if isinstance(error, Refusal):
                self._decline(arrival, parsed, actor, error)
                return
            if self.failed(arrival.id, error):
                self._regret(parsed, actor)
                return

    def failed(self, id: int, error: BaseException, limit: int = ATTEMPTS) -> bool:
        """Counts a failure, and at the limit puts the update aside. True if it did."""
        log.error("update %d: %s", id, type(error).__name__)
        with self._store.work() as work:
            return work.arrivals.failed(id, type(error).__name__, limit)

    def _attempt(
        self, arrival: Waiting, parsed: Parsed, actor: Actor, brought: object
    ) -> BaseException | None:
        noted: list[Exception] = []
        wrote: list[bool] = []
        # What nobody asked for is done again from its arrival, should power fail just after it.
        unasked = parsed.found is None or parsed.found.event

        def whole() -> None:
            with self._store.work(repeatable=unasked) as work:
                if not work.arrivals.done(arrival.id) or parsed.found is None:
                    return
                spoken_to = self._spoken_to(work, parsed.update, actor)
                step = Step(work, spoken_to, parsed.found, brought)
                self._process(step, parsed)
                if step.error is not None:
                    noted.append(step.error)
                    work.undo()
                wrote.append(work.letters.wrote)

        error = caught(whole) or next(iter(noted), None)
        if any(wrote) and error is None:
            self._on_letters()
        return error

    def _process(self, step: Step, parsed: Parsed) -> None:
        if step.found is not None and not step.found.event and not self._may_ask(step, parsed):
            return
        self._app.bot_data["step"] = step
        run_whole(self._app.process_update(parsed.update))
        if parsed.update.callback_query is not None and not step.answered and not step.error:
            toast_nothing(step.work, self._new_id, parsed.update, step.actor)

    def _may_ask(self, step: Step, parsed: Parsed) -> bool:
        """Whether this sender may ask for anything just now."""
        if parsed.sender in NAMELESS:
            raise Refusal("refuse.nameless")
        turn = self._limit.turn(parsed.member, said_at(parsed.update, step.work.now))
        if turn is Turn.WARN:
            raise Refusal("refuse.too_fast")
        return turn is Turn.GO

    def _decline(self, arrival: Waiting, parsed: Parsed, actor: Actor, why: Refusal) -> None:
        error = caught(lambda: self._refuse(arrival, parsed, actor, why))
        if isinstance(error, MemoryTrouble):
            raise error
        if error is not None:
            self.failed(arrival.id, error, limit=1)

    def _regret(self, parsed: Parsed, actor: Actor) -> None:
        """Whoever asked for something learns that it failed, and that nothing was changed."""
        if parsed.found is None or parsed.found.event:
            return
        with self._store.work() as work:
            actor = self._spoken_to(work, parsed.update, actor)
            refused(work, self._new_id, parsed.update, actor, "refuse.broke", {})
        self._on_letters()

    def _refuse(self, arrival: Waiting, parsed: Parsed, actor: Actor, error: Refusal) -> None:
        """A second transaction says why, writes the audit row and marks the update done."""
        with self._store.work() as work:
            if not work.arrivals.done(arrival.id):
                return
            actor = self._spoken_to(work, parsed.update, actor)
            values = cast("dict[str, Any]", error.values)
            refused(work, self._new_id, parsed.update, actor, error.key, values)
            if isinstance(error, Denied):
                self._note_denial(work, parsed, error)
        self._on_letters()

    def _note_denial(self, work: FullWork, parsed: Parsed, error: Denied) -> None:
        chat = parsed.update.effective_chat
        group = None if chat is None else work.communities.group(ChatId(chat.id))
        community = group.community if group else None
        if community is None:
            grants = work.people.grants(parsed.member)
            community = grants[0].community if grants else CommunityId("")
        code = self._pseudonym(community, parsed.member)
        work.audit.append(
            Entry(community, work.now, code, error.act, "", error.key, allowed=False)
        )

    def _spoken_to(self, work: Work, update: Update, actor: Actor) -> Actor:
        """The actor with the language chosen here, else the one of their Telegram."""
        chosen = work.people.person(MemberId(actor.id)).lang if actor.id else None
        lang = chosen or language_of(update.effective_user, self._lang)
        return Actor(actor.id, actor.sender, lang, actor.standing)
