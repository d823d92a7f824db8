"""A question becomes a matter: noted, routed, taken on, passed on, looked at when overdue."""

from dataclasses import replace
from types import MappingProxyType

from bot.domain.basics import CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.due import Due
from bot.domain.label import judged
from bot.domain.letter import Card, Value
from bot.domain.masking import masked
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.people import Role
from bot.domain.question import cards
from bot.domain.question.routing import (
    ASSIGNABLE,
    keepers,
    managers,
    may_keep,
    office_for,
    role_of,
)
from bot.domain.question.sla import Urgency, due_at
from bot.domain.question.values import (
    CARD,
    FORGOTTEN,
    OVERDUE,
    PATIENCE,
    SETTLE,
    STALE,
    WORDS,
    QuestionWork,
    Said,
    is_waiting,
)
from bot.domain.talk import Reading
from bot.domain.touch import touch
from bot.domain.wording import shortened

NOTED, SEEN = "✍", "👀"


class QuestionDesk:
    """Everything that staff and the clock do with questions."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id = new_id
        self._pen = Pen(new_id, pseudonym)

    def ask(
        self,
        work: QuestionWork,
        community: CommunityId,
        member: MemberId,
        text: str,
        reading: Reading,
        said: Said | None = None,
        explicit: bool = False,
        quiet: bool = False,
    ) -> Matter:
        """Makes a matter of a question; the same message makes only one. Raises `Refusal`."""
        words = text.strip()
        if not words or len(words) > WORDS:
            raise Refusal("ask.length", limit=WORDS)
        if said is not None and (known := work.matters.said_at(said.chat, said.message)):
            return known
        matter = self._made(work, community, member, masked(words), reading, said, explicit)
        self.keep(work, matter)
        work.dues.put(Due(OVERDUE, matter.id, matter.due_at or work.now))
        if said is not None and not quiet:
            self._pen.react(work, said.chat, said.message, NOTED)
        if explicit or reading.addressed or reading.urgent or reading.hazard:
            self.send_cards(work, matter)
        else:
            work.dues.put(Due(CARD, matter.id, work.now + PATIENCE))
        return work.matters.get(matter.id) or matter

    def _made(
        self,
        work: QuestionWork,
        community: CommunityId,
        member: MemberId,
        text: str,
        reading: Reading,
        said: Said | None,
        explicit: bool,
    ) -> Matter:
        urgency = Urgency.URGENT if reading.urgent and reading.addressed else Urgency.NORMAL
        urgency = Urgency.HAZARD if reading.hazard else urgency
        found = work.communities.get(community)
        facts = {"urgency": urgency.value}
        facts["building"] = work.people.membership(community, member).building
        if explicit:
            facts["explicit"] = "1"
        if said is not None and said.topic:
            facts["topic"] = str(said.topic)
        if reading.hazard:
            facts["signs"] = masked("、".join(reading.evidence[:3]))
        return Matter(
            self._new_id(),
            work.matters.next_number(community),
            community,
            MatterKind.QUESTION,
            Stage.OPEN,
            member or None,
            text,
            work.now,
            MappingProxyType(facts),
            due_at=due_at(urgency, work.now, found.zone if found else "Asia/Shanghai"),
            office=office_for(work, community, reading.office),
            chat=None if said is None else said.chat,
            message=None if said is None else said.message,
        )

    def keep(
        self,
        work: QuestionWork,
        matter: Matter,
        by: MemberId | None = None,
        tapped: bool = False,
    ) -> None:
        """Keeps a question as it is now, and shows it anew wherever it stands.

        Whoever tapped sees the new card in place of the tapped one already.
        """
        before = work.matters.get(matter.id)
        actor = "" if by is None else self._pen.pseudonym(matter.community, by)
        work.matters.put(matter, actor, work.now)
        if matter.closed_at is None:
            work.dues.put(Due(STALE, matter.id, work.now + FORGOTTEN))
        else:
            for kind in (CARD, OVERDUE, SETTLE, STALE):
                work.dues.cancel(kind, matter.id)
        if before is not None and cards.for_staff(before) != cards.for_staff(matter):
            self._reshow(work, matter, by if tapped else None)
        touch(work, matter.community)

    def _reshow(self, work: QuestionWork, matter: Matter, but: MemberId | None) -> None:
        card = cards.for_staff(matter)
        for letter in filter(None, matter.fact("cards").split(",")):
            chat = work.letters.chat_of(letter)
            if chat is not None and int(chat) != int(but or 0):
                self._pen.recard(work, chat, letter, card)

    def send_cards(self, work: QuestionWork, matter: Matter) -> None:
        """The card goes to everybody of the office who can be reached."""
        work.dues.cancel(CARD, matter.id)
        card, sent = cards.for_staff(matter), []
        told = keepers(work, matter.community, matter.office)
        if matter.fact("urgency") == Urgency.HAZARD:
            told = (*told, *managers(work, matter.community))
        for member in dict.fromkeys(told):
            sent.append(self._pen.card(work, member, card))
            self._pen.note(
                work, matter.community, member, "question_card", f"question:{matter.number}"
            )
        known = [id for id in matter.fact("cards").split(",") if id]
        matter = matter.with_facts(cards=",".join([*known, *sent][-12:]))
        work.matters.put(matter, "", work.now)

    def show(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """The card, for somebody whose business it is. Raises `Refusal`."""
        matter = self.of_staff(work, member, id)
        self._pen.note(
            work, matter.community, member, "question_view", f"question:{matter.number}"
        )
        return cards.for_staff(matter)

    def take(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """〔我来处理〕: the first one has it. Raises `Refusal`."""
        matter = self.of_staff(work, member, id)
        self._require_waiting(matter)
        if matter.stage is Stage.TAKEN and matter.keeper != member:
            raise Refusal("question.taken_already", number=matter.number)
        taken = replace(matter, stage=Stage.TAKEN, keeper=member)
        self.keep(work, taken, member, tapped=True)
        self.label(work, taken, member, truth=True)
        self._look(work, taken)
        return cards.for_staff(taken)

    def label(self, work: QuestionWork, matter: Matter, member: MemberId, truth: bool) -> None:
        """What staff do with a question says whether it was one."""
        judged(work, matter, truth, role_of(work, matter.community, member) or Role.MANAGER)

    def _look(self, work: QuestionWork, matter: Matter) -> None:
        if matter.chat is not None and matter.message is not None:
            self._pen.react(work, matter.chat, matter.message, SEEN)

    def ask_office(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """To whom is it to be passed on? Raises `Refusal`."""
        matter = self.of_staff(work, member, id)
        self._require_waiting(matter)
        return cards.offices(matter)

    def assign(
        self, work: QuestionWork, member: MemberId, id: str, role: str, why: str = ""
    ) -> Card:
        """Passes a question on to another office, with a reason. Raises `Refusal`."""
        matter = self.of_staff(work, member, id)
        self._require_waiting(matter)
        if role not in ASSIGNABLE:
            raise Refusal("question.no_such_office")
        office = Role(role)
        if not keepers(work, matter.community, office):
            raise Refusal("question.nobody_there")
        passed = replace(matter, office=office, keeper=None, stage=Stage.OPEN)
        self.keep(work, passed.with_facts(cards=""), member)
        for letter in filter(None, matter.fact("cards").split(",")):
            chat = work.letters.chat_of(letter)
            if chat is not None and int(chat) != int(member):
                self._pen.recard(work, chat, letter, _passed(passed))
        self.send_cards(work, passed.with_facts(cards=""))
        object = f"question:{matter.number}"
        self._pen.note(work, matter.community, member, "assign", object, masked(why)[:64])
        return _passed(passed)

    def dismiss(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """〔不是问题〕: the record stays, and says who decided it. Raises `Refusal`."""
        matter = self.of_staff(work, member, id)
        if matter.fact("explicit"):
            raise Refusal("question.was_asked")
        self._require_waiting(matter)
        closed = replace(matter, stage=Stage.CLOSED, closed_at=work.now)
        self.keep(work, closed.with_facts(verdict="none"), member, tapped=True)
        self.label(work, closed, member, truth=False)
        if matter.chat is not None and matter.message is not None:
            self._pen.react(work, matter.chat, matter.message)
        object = f"question:{matter.number}"
        self._pen.note(work, matter.community, member, "not_a_question", object)
        return cards.for_staff(closed)

    def reread(self, work: QuestionWork, matter: Matter, text: str) -> None:
        """The message was edited: the card shows the new words, marked as changed."""
        words = shortened(masked(text.strip()), WORDS)
        if is_waiting(matter) and words and words != matter.text:
            self.keep(work, replace(matter, text=words).with_facts(edited="1"))

    def withdraw(self, work: QuestionWork, member: MemberId, id: str) -> Card:
        """〔撤回〕 by whoever asked: its words go at once. Raises `Refusal`."""
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.QUESTION or matter.owner != member:
            raise Refusal("question.unknown")
        if matter.closed_at is not None:
            raise Refusal("question.closed")
        gone = replace(matter, stage=Stage.WITHDRAWN, text="", closed_at=work.now)
        self.keep(work, gone.with_facts(signs=""), member)
        if matter.chat is not None and matter.message is not None:
            self._pen.react(work, matter.chat, matter.message)
        return Card("question.withdrawn", (), {"number": matter.number})

    # the clock

    def card_due(self, work: QuestionWork, id: str) -> None:
        """Half an hour without a likely answer: now the office is told."""
        matter = work.matters.get(id)
        if matter is not None and is_waiting(matter):
            self.send_cards(work, matter)

    def overdue(self, work: QuestionWork, id: str) -> None:
        """Its time is up: those responsible and the managers are told, privately and once."""
        matter = work.matters.get(id)
        if matter is None or not is_waiting(matter) or matter.fact("overdue"):
            return
        told = [matter.keeper] if matter.keeper else []
        told += keepers(work, matter.community, matter.office) if not told else []
        everyone = dict.fromkeys([*told, *managers(work, matter.community)])
        for member in everyone:
            if member is not None:
                self._pen.card(work, member, cards.overdue(matter))
        work.matters.put(matter.with_facts(overdue="1"), "", work.now)
        touch(work, matter.community)

    def stale(self, work: QuestionWork, id: str) -> None:
        """Half a year without any act: it is closed, and its asker is told so."""
        matter = work.matters.get(id)
        if matter is None or matter.closed_at is not None:
            return
        self.keep(work, replace(matter, stage=Stage.CLOSED, closed_at=work.now))
        if matter.owner is not None:
            self._pen.tell(work, matter.owner, "question.stale", number=matter.number)

    # looking up

    def of_staff(self, work: QuestionWork, member: MemberId, id: str) -> Matter:
        """A question that is this person's business; else as good as missing."""
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.QUESTION:
            raise Refusal("question.unknown")
        if not may_keep(role_of(work, matter.community, member), matter.office):
            raise Refusal("question.unknown")
        return matter

    def _require_waiting(self, matter: Matter) -> None:
        if not is_waiting(matter):
            raise Refusal("question.closed")


def _passed(matter: Matter) -> Card:
    values: dict[str, Value] = {"number": matter.number, "office": cards.office_name(matter)}
    return Card("question.passed", (), MappingProxyType(values))
