"""Residents' stances: one each, changeable until the close, hidden until then."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain import acts
from bot.domain.basics import ChatId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.consult import cards
from bot.domain.consult.outcome import staff_card
from bot.domain.consult.values import (
    CLOSE,
    OFFICIALS,
    REASON,
    REASON_FORM,
    ConsultWork,
    Reason,
    Stance,
    bounded,
)
from bot.domain.due import Due
from bot.domain.letter import Card, Outcome, Phrase, Priority, button
from bot.domain.masking import masked
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.people import Standing, require_member
from bot.domain.question.routing import managers, role_of
from bot.domain.touch import touch

LATE = timedelta(minutes=10)
SHORTEST, LONGEST = timedelta(hours=1), timedelta(hours=24)
"""A time that was up while the bot was away goes on for as long as it was late, within these."""


class ConsultDesk:
    """Everything a resident does in a consultation, and its close."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id = new_id
        self._pen = Pen(new_id, pseudonym)

    def take(
        self,
        work: ConsultWork,
        member: MemberId,
        chat: ChatId,
        id: str,
        stance: str,
        standing: Standing,
    ) -> Card:
        """Takes a stance, or another one. Raises `Refusal`, `Denied`."""
        matter = self._votable(work, member, chat, id, standing)
        if stance not in tuple(Stance):
            raise Refusal("refuse.old_button")
        code = self._pen.pseudonym(matter.community, member)
        before = work.consultations.stance_of(id, code)
        chosen = Stance(stance)
        receipt = self._new_id()[:6].upper()
        work.consultations.take(id, code, chosen, receipt, work.now.isoformat())
        if chosen is not Stance.OBJECT:
            work.consultations.drop_reason(id, member)
        else:
            self._ask_reason(work, matter, member)
        touch(work, matter.community)
        values = {"stance": Phrase(f"consult.{chosen}")}
        key = "consult.taken" if before in (None, chosen) else "consult.changed"
        key = "consult.taken_object" if chosen is Stance.OBJECT else key
        return Card(key, (), MappingProxyType(values))

    def _votable(
        self, work: ConsultWork, member: MemberId, chat: ChatId, id: str, standing: Standing
    ) -> Matter:
        """Open, in this group, for a member of it who is no official. Raises `Refusal`."""
        matter = self._open(work, id)
        if work.announcements.post_in(id, chat) is None:
            raise Refusal("consult.unknown")
        require_member(chat, standing, work.now)
        if role_of(work, matter.community, member) in OFFICIALS:
            raise Refusal("consult.officials")
        return matter

    def _ask_reason(self, work: ConsultWork, matter: Matter, member: MemberId) -> None:
        """One sentence, in private; the stance counts without it too."""
        form = work.forms.get(member)
        if form is None or form.kind == REASON_FORM:
            fields = MappingProxyType({"matter": matter.id})
            work.forms.put(Form(member, REASON_FORM, "why", fields))
        rows = ((button("consult.write_reason", f"c:why:{matter.id}"),),)
        self._pen.card(work, member, Card("consult.ask_reason", rows, {"title": matter.text}))

    def begin_reason(self, work: ConsultWork, member: MemberId, id: str) -> Card:
        """〔写一句理由〕 in private. Raises `Refusal`."""
        matter = self._open(work, id)
        code = self._pen.pseudonym(matter.community, member)
        if work.consultations.stance_of(id, code) is not Stance.OBJECT:
            raise Refusal("consult.no_reason_needed")
        fields = MappingProxyType({"matter": id})
        work.forms.put(Form(member, REASON_FORM, "why", fields))
        return Card("consult.reason_please")

    def reason(self, work: ConsultWork, member: MemberId, text: str) -> Card:
        """The sentence. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != REASON_FORM:
            raise Refusal("form.gone")
        matter = self._open(work, form.fields["matter"])
        code = self._pen.pseudonym(matter.community, member)
        if work.consultations.stance_of(matter.id, code) is not Stance.OBJECT:
            work.forms.drop(member)
            raise Refusal("consult.no_reason_needed")
        words = masked(bounded(text, REASON))
        work.consultations.put_reason(Reason(matter.id, member, words))
        work.forms.drop(member)
        return Card("consult.reason_kept")

    def close(self, work: ConsultWork, id: str) -> None:
        """Time is up: nobody can change anything, and those in charge see what came in."""
        matter = work.matters.get(id)
        if matter is None or matter.stage is not Stage.OPEN:
            return
        if _goes_on(matter, work.now):
            late = work.now - (matter.due_at or work.now)
            self._extend(work, matter, min(max(late, SHORTEST), LONGEST))
            return
        counted = replace(matter, stage=Stage.COUNTED)
        work.matters.put(counted, "", work.now)
        for post in work.announcements.posts(id):
            self._pen.rewrite(work, post.chat, post.letter, cards.closed(counted))
        touch(work, matter.community)
        told = dict.fromkeys((*managers(work, matter.community), matter.owner))
        for member in told:
            if member is not None:
                object = f"consult:{matter.number}"
                self._pen.note(work, matter.community, member, "consult_reasons", object)
                self._pen.card(work, member, staff_card(work, counted))

    def _extend(self, work: ConsultWork, matter: Matter, by: timedelta) -> None:
        """The bot was away when the time was up: nobody loses their say by that, once."""
        until = work.now + by
        longer = replace(matter, due_at=until).with_facts(extended="1")
        work.matters.put(longer, "", work.now)
        work.dues.put(Due(CLOSE, matter.id, until))
        touch(work, matter.community)
        said = Card("consult.extended", (), {"title": matter.text, "until": until})
        for post in work.announcements.posts(matter.id):
            self._pen.rewrite(work, post.chat, post.letter, cards.in_group(longer))
            acts.book(work, post.chat, Priority.VOTE)
            group, target = work.communities.group(post.chat), work.letters.message_of(post.letter)
            self._pen.post(
                work,
                post.chat,
                said,
                topic=group.notice_topic if group else None,
                target=target,
                silent=True,
            )

    def outcome(self, work: ConsultWork, id: str, letter: str, outcome: Outcome) -> None:
        """What became of a message on its way into a group; its author hears of trouble."""
        matter = work.matters.get(id)
        if matter is None or matter.owner is None or outcome in (Outcome.SENT, Outcome.GONE):
            return
        chat = work.letters.chat_of(letter)
        group = None if chat is None else work.communities.group(chat)
        key = "acts.uncertain" if outcome is Outcome.UNCERTAIN else "announce.failed"
        self._pen.tell(work, matter.owner, key, group=group.title if group else "")

    def _open(self, work: ConsultWork, id: str) -> Matter:
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.CONSULT:
            raise Refusal("consult.unknown")
        over = matter.due_at is not None and work.now >= matter.due_at
        over = over and not _goes_on(matter, work.now)
        if matter.stage is not Stage.OPEN or over:
            raise Refusal("consult.over", title=matter.text[:60])
        return matter


def _goes_on(matter: Matter, now: datetime) -> bool:
    """Whether the time was up while the bot was away; then it is prolonged, once."""
    return now - (matter.due_at or now) > LATE and not matter.fact("extended")
