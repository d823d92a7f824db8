"""What may come of a second reading: a flag that was missed, a better reading, a hint."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from bot.domain.basics import ChatId, CommunityId
from bot.domain.community import GroupState
from bot.domain.due import Due
from bot.domain.learning import Draws, Gates, heeded
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.question import QuestionDesk, QuestionWork, Said
from bot.domain.question.values import OPEN_STAGES
from bot.domain.rumour import RumourDesk
from bot.domain.rumour.values import TOLD_AGAIN
from bot.domain.second.values import EMPTIED, LONGEST, SWEEP, Asked, Awaited, Found, Waits
from bot.domain.talk import REMEMBERED, Flag, Heard, Message, Talk

ALIKE = 0.92
"""A cosine from which two texts say the same; see docs/operating.md for how it was chosen."""
COMPARED, LOOKED_BACK = 40, 60
OPEN = {
    MatterKind.QUESTION: OPEN_STAGES,
    MatterKind.RUMOUR: frozenset({Stage.OPEN, Stage.CHECKING, Stage.JUDGED}),
}


class SecondWork(QuestionWork, Protocol):
    """The stores that the second reading needs."""

    @property
    def talk(self) -> Talk: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def draws(self) -> Draws: ...
    @property
    def gates(self) -> Gates: ...


class SecondDesk:
    """Hands texts over, and weighs what comes back. It says nothing in a group."""

    def __init__(self, questions: QuestionDesk, rumours: RumourDesk) -> None:
        self._questions, self._rumours = questions, rumours

    def wait(self, work: SecondWork, awaited: Awaited) -> None:
        """Lets a text wait; a sweep is due before its time is up."""
        handed = replace(awaited, text=awaited.text[:LONGEST])
        if work.waits.put(handed) and not work.dues.waits(SWEEP, "all"):
            work.dues.put(Due(SWEEP, "all", work.now + EMPTIED))

    def sweep(self, work: SecondWork) -> None:
        """Empties what has waited long enough; the rest has its own time."""
        work.waits.expire(work.now - EMPTIED)
        oldest = work.waits.oldest()
        if oldest is not None:
            work.dues.put(Due(SWEEP, "all", oldest + EMPTIED))

    def asked(self, work: SecondWork, awaited: Awaited) -> Asked | None:
        """What the reader is given; None where the text may not be read any more."""
        community = self._community(work, awaited)
        if community is None:
            return None
        others = tuple(
            (matter.id, matter.text)
            for matter in self._open(work, community)
            if matter.text and not _is_said(matter, awaited)
        )
        message, before = self._heard(work, awaited)
        return Asked(message, others[-COMPARED:], before)

    def _heard(self, work: SecondWork, awaited: Awaited) -> tuple[Message, tuple[Heard, ...]]:
        """The message as it was first read, and what was heard before it."""
        chat = self._chat(work, awaited)
        last = work.talk.last(chat, LOOKED_BACK)
        before = tuple(heard for heard in last if heard.message < awaited.message)[-REMEMBERED:]
        known = work.talk.get(chat, awaited.message)
        message = Message(awaited.text, awaited.forwarded, awaited.role)
        if known is not None:
            message = replace(message, at=known.at, author=known.author, reply_to=known.reply_to)
        return message, before

    def apply(self, work: SecondWork, awaited: Awaited, found: Found) -> None:
        """Keeps the better reading, raises what was missed, and hints at what is alike."""
        community = self._community(work, awaited)
        if community is None:
            return
        chat = self._chat(work, awaited)
        heard = work.talk.get(chat, awaited.message)
        if heard is None:
            return
        work.talk.put(chat, replace(heard, reading=found.reading))
        matter = work.matters.said_at(chat, awaited.message)
        if matter is None and awaited.open:
            self._raise(work, community, awaited, found)
            matter = work.matters.said_at(chat, awaited.message)
        if matter is not None:
            self._hint(work, matter, dict(found.alike))

    def _raise(
        self, work: SecondWork, community: CommunityId, awaited: Awaited, found: Found
    ) -> None:
        """A question or claim that the first reader missed; told to those in charge only."""
        said = Said(self._chat(work, awaited), awaited.message)
        flags = heeded(work, community, said, found.reading, None)
        text = awaited.text
        if Flag.RUMOUR in flags:
            self._rumours.flag(work, community, awaited.member, text, found.reading, said)
        elif flags:
            self._questions.ask(
                work, community, awaited.member, text, found.reading, said, quiet=True
            )

    def _hint(self, work: SecondWork, matter: Matter, alike: Mapping[str, float]) -> None:
        """Says on an untouched matter's card that an earlier one may be the same."""
        if matter.stage is not Stage.OPEN or matter.fact("same") or matter.kind not in OPEN:
            return
        for id, likeness in sorted(alike.items(), key=lambda pair: -pair[1]):
            other = work.matters.get(id)
            if likeness < ALIKE or other is None or not _may_be_same(matter, other):
                continue
            known = matter.with_facts(same=str(other.number))
            desk = self._questions if matter.kind is MatterKind.QUESTION else self._rumours
            desk.keep(work, known)
            return

    def _community(self, work: SecondWork, awaited: Awaited) -> CommunityId | None:
        """Where it was said, if that is still read; nobody who opted out is."""
        group = work.communities.group(awaited.chat)
        if group is None or group.community is None or group.state is not GroupState.ACTIVE:
            return None
        out = work.people.membership(group.community, awaited.member).opted_out
        return None if out else group.community

    def _chat(self, work: SecondWork, awaited: Awaited) -> ChatId:
        """The chat under the id it has now."""
        group = work.communities.group(awaited.chat)
        return awaited.chat if group is None else group.chat

    def _open(self, work: SecondWork, community: CommunityId) -> list[Matter]:
        since = work.now - TOLD_AGAIN
        every = [m for kind in OPEN for m in work.matters.of_kind(community, kind, since)]
        return sorted((m for m in every if m.stage in OPEN[m.kind]), key=lambda m: m.number)


def _is_said(matter: Matter, awaited: Awaited) -> bool:
    return matter.chat == awaited.chat and matter.message == awaited.message


def _may_be_same(matter: Matter, other: Matter) -> bool:
    """An earlier matter of the same kind that has not been given up."""
    earlier = other.kind is matter.kind and other.number < matter.number
    return earlier and other.stage in OPEN[other.kind]
