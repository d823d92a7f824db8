"""Promises: who, what, by when; on the board until they are kept."""

from dataclasses import replace
from types import MappingProxyType

from bot.domain import acts
from bot.domain.basics import ChatId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.consult.values import PROMISE, ConsultWork, bounded
from bot.domain.due import Due
from bot.domain.letter import Card, Phrase, Value, button
from bot.domain.masking import masked
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.people import Act, Role
from bot.domain.question.routing import ASSIGNABLE, keepers, managers, may_keep, role_of
from bot.domain.stale import alive
from bot.domain.touch import touch
from bot.domain.when import moment_of

FORM = "promise"
WORDS = 200


class PromiseDesk:
    """Making, keeping and missing a promise."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id = new_id
        self._pen = Pen(new_id, pseudonym)

    def begin(
        self,
        work: ConsultWork,
        member: MemberId,
        about: str = "",
        chat: ChatId | None = None,
    ) -> Card:
        """Whose promise is it? Raises `Denied`."""
        decided = work.matters.get(about)
        only = decided.community if decided is not None else None
        grant = acts.grants_for(work, member, Act.CONSULT, chat, only)[-1]
        fields = MappingProxyType({"about": about, "community": grant.community})
        work.forms.put(Form(member, FORM, "office", fields))
        rows = tuple((button(f"role.{role}", f"pm:office:{role}"),) for role in ASSIGNABLE)
        return Card("promise.whose", (*rows, (button("form.cancel", "pm:cancel"),)))

    def office(self, work: ConsultWork, member: MemberId, role: str) -> Card:
        """It is this office's. Raises `Refusal`."""
        form = self._form(work, member)
        if role not in ASSIGNABLE:
            raise Refusal("refuse.old_button")
        fields = MappingProxyType({**form.fields, "office": role})
        work.forms.put(replace(form, step="what", fields=fields))
        return Card("promise.what", ((button("form.cancel", "pm:cancel"),),))

    def typed(self, work: ConsultWork, member: MemberId, text: str) -> Card:
        """What is promised, then by when. Raises `Refusal`."""
        form = self._form(work, member)
        if form.step == "what":
            words = masked(bounded(text, WORDS))
            fields = MappingProxyType({**form.fields, "what": words})
            work.forms.put(replace(form, step="until", fields=fields))
            return Card("promise.until", ((button("form.cancel", "pm:cancel"),),))
        if form.step != "until":
            raise Refusal("setup.use_buttons")
        return self._make(work, member, form, text)

    def _make(self, work: ConsultWork, member: MemberId, form: Form, text: str) -> Card:
        community = form.fields["community"]
        grant = acts.grants_for(work, member, Act.CONSULT, community=community)[0]
        zone = acts.community_of(work, grant.community).zone
        at = moment_of(text, work.now, zone)
        matter = Matter(
            self._new_id(),
            work.matters.next_number(grant.community),
            grant.community,
            MatterKind.PROMISE,
            Stage.OPEN,
            None,
            form.fields["what"],
            work.now,
            MappingProxyType({"about": form.fields["about"]}),
            due_at=at,
            office=form.fields["office"],
        )
        code = self._pen.pseudonym(matter.community, member)
        work.matters.put(matter, code, work.now)
        work.dues.put(Due(PROMISE, matter.id, at))
        alive(work, matter)
        work.forms.drop(member)
        object = f"promise:{matter.number}"
        self._pen.note(work, matter.community, member, "promise", object)
        touch(work, matter.community)
        for keeper in keepers(work, matter.community, matter.office):
            if keeper != member:
                self._pen.card(work, keeper, _card("promise.card", matter))
        rows = ((button("promise.another", f"pm:add:{form.fields['about']}"),),)
        return Card("promise.made", (*_card("", matter).rows, *rows), _values(matter))

    def kept(self, work: ConsultWork, member: MemberId, id: str) -> Card:
        """〔已兑现〕 by its office. Raises `Refusal`."""
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.PROMISE:
            raise Refusal("promise.unknown")
        if not may_keep(role_of(work, matter.community, member), matter.office):
            raise Refusal("promise.unknown")
        if matter.stage is not Stage.KEPT:
            late = "1" if matter.stage is Stage.OVERDUE else ""
            done = replace(matter, stage=Stage.KEPT, closed_at=work.now).with_facts(late=late)
            work.matters.put(done, self._pen.pseudonym(matter.community, member), work.now)
            work.dues.cancel(PROMISE, id)
            alive(work, done)
            object = f"promise:{matter.number}"
            self._pen.note(work, matter.community, member, "promise_kept", object)
            touch(work, matter.community)
        return Card("promise.kept", (), _values(matter))

    def due(self, work: ConsultWork, id: str) -> None:
        """Its day has come and nobody said it was kept: the board says 逾期."""
        matter = work.matters.get(id)
        if matter is None or matter.stage is not Stage.OPEN:
            return
        late = replace(matter, stage=Stage.OVERDUE)
        work.matters.put(late, "", work.now)
        touch(work, matter.community)
        told = (*keepers(work, late.community, late.office), *managers(work, late.community))
        for member in dict.fromkeys(told):
            self._pen.card(work, member, _card("promise.late", late))

    def show(self, work: ConsultWork, member: MemberId, id: str) -> Card:
        """The card of one. Raises `Refusal`."""
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.PROMISE:
            raise Refusal("promise.unknown")
        if not may_keep(role_of(work, matter.community, member), matter.office):
            raise Refusal("promise.unknown")
        return _card("promise.card", matter)

    def cancel(self, work: ConsultWork, member: MemberId) -> Card:
        work.forms.drop(member)
        return Card("form.cancelled")

    def _form(self, work: ConsultWork, member: MemberId) -> Form:
        form = work.forms.get(member)
        if form is None or form.kind != FORM:
            raise Refusal("form.gone")
        return form


def _values(matter: Matter) -> MappingProxyType[str, Value]:
    return MappingProxyType(
        {
            "number": matter.number,
            "office": Phrase(f"role.{Role(matter.office)}"),
            "text": matter.text,
            "due": matter.due_at or matter.created_at,
        }
    )


def _card(key: str, matter: Matter) -> Card:
    rows = ((button("promise.done", f"pm:kept:{matter.id}"),),)
    return Card(key, rows, _values(matter))
