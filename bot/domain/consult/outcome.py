"""What a manager makes of a consultation: the most shared concern is answered first."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain import acts
from bot.domain.basics import MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.consult import cards
from bot.domain.consult.values import (
    ANSWER,
    FORM,
    OUTCOME,
    REVIEW,
    Concern,
    ConsultWork,
    bounded,
    concerns_of,
)
from bot.domain.due import Due
from bot.domain.letter import Card, Phrase, Priority, Rows, Value, button, phrase
from bot.domain.masking import masked
from bot.domain.matter import Matter, MatterKind, Stage, number_of
from bot.domain.pen import Pen
from bot.domain.people import MAY, Act, Standing
from bot.domain.question.routing import role_of
from bot.domain.stale import alive
from bot.domain.touch import touch
from bot.domain.when import moment_of

MONTHS = {"1": timedelta(days=30), "3": timedelta(days=91), "6": timedelta(days=182)}
SHOWN = 5


class OutcomeDesk:
    """From the count to the outcome and the day it is looked at again."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id = new_id
        self._pen = Pen(new_id, pseudonym)

    def numbered(self, work: ConsultWork, member: MemberId, number: str) -> Card:
        """/outcome 12, or the list of those that wait for one. Raises `Refusal`, `Denied`."""
        grant = acts.grant_for(work, member, Act.CONSULT)
        asked = number_of(number, "#C")
        if asked is not None:
            found = work.matters.numbered(grant.community, asked)
            if found is None or found.kind is not MatterKind.CONSULT:
                raise Refusal("consult.unknown")
            return self.show(work, member, found.id)
        every = work.matters.of_kind(grant.community, MatterKind.CONSULT, work.now)
        rows: Rows = tuple(
            (button("consult.open_one", f"c:show:{m.id}", number=m.number, title=m.text[:20]),)
            for m in every
            if m.stage is Stage.COUNTED
        )
        return Card("consult.list" if rows else "consult.none", rows)

    def show(self, work: ConsultWork, member: MemberId, id: str) -> Card:
        """Count, concerns, and what is to be done next. Raises `Refusal`."""
        matter = self._of_manager(work, member, id)
        object = f"consult:{matter.number}"
        self._pen.note(work, matter.community, member, "consult_reasons", object)
        return staff_card(work, matter)

    def begin(self, work: ConsultWork, member: MemberId, id: str, step: str) -> Card:
        """Asks for the wording of the concern, its answer, or the outcome. Raises `Refusal`."""
        matter = self._of_manager(work, member, id)
        if matter.stage is not Stage.COUNTED:
            raise Refusal("consult.decided_already")
        if step == "outcome":
            self._require_answered(work, matter)
        fields = MappingProxyType({"matter": id})
        work.forms.put(Form(member, FORM, step, fields))
        return Card(f"consult.ask_{step}", ((button("form.cancel", "c:drop"),),))

    def typed(self, work: ConsultWork, member: MemberId, text: str) -> Card:
        """What was asked for. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != FORM:
            raise Refusal("form.gone")
        matter = self._of_manager(work, member, form.fields["matter"])
        match form.step:
            case "wording":
                return self._worded(work, member, matter, bounded(text, ANSWER))
            case "answer":
                words = masked(bounded(text, ANSWER), phones=False)
                answered = matter.with_facts(answer=words)
                work.matters.put(answered, "", work.now)
                work.forms.drop(member)
                return staff_card(work, answered)
            case "outcome":
                return self._written(work, member, matter, bounded(text, OUTCOME))
            case "review":
                zone = acts.community_of(work, matter.community).zone
                return self._dated(work, member, matter, moment_of(text, work.now, zone))
        raise Refusal("form.gone")

    def _worded(self, work: ConsultWork, member: MemberId, matter: Matter, words: str) -> Card:
        """The manager's wording goes to those whose concern it is: is that what they mean?"""
        words = masked(words)
        concern = most_shared(work, matter)
        for reason in concern.reasons if concern else ():
            work.consultations.put_reason(replace(reason, concern=0, confirmed=None))
            rows = (
                (
                    button("consult.yes_meant", f"c:mean:{matter.id}:1"),
                    button("consult.not_meant", f"c:mean:{matter.id}:0"),
                ),
            )
            values: dict[str, Value] = {"title": matter.text, "wording": words}
            card = Card("consult.is_it_meant", rows, MappingProxyType(values))
            self._pen.card(work, reason.member, card)
        worded = matter.with_facts(wording=words)
        work.matters.put(worded, "", work.now)
        work.forms.drop(member)
        return self.begin(work, member, matter.id, "answer")

    def meant(self, work: ConsultWork, member: MemberId, id: str, yes: bool) -> Card:
        """The author of a reason says whether the wording is right. Raises `Refusal`."""
        matter = work.matters.get(id)
        mine = [r for r in work.consultations.reasons(id) if r.member == member]
        if matter is None or not mine or matter.stage is not Stage.COUNTED:
            raise Refusal("consult.unknown")
        work.consultations.put_reason(replace(mine[0], confirmed=yes))
        if not yes and matter.owner is not None:
            self._pen.tell(work, matter.owner, "consult.not_what_was_meant", title=matter.text)
        return Card("consult.thanks_meant")

    def _written(self, work: ConsultWork, member: MemberId, matter: Matter, words: str) -> Card:
        self._require_answered(work, matter)
        written = matter.with_facts(outcome=masked(words, phones=False))
        work.matters.put(written, "", work.now)
        work.forms.put(Form(member, FORM, "review", MappingProxyType({"matter": matter.id})))
        rows = (
            tuple(
                button("consult.months", f"c:review:{matter.id}:{n}", count=int(n)) for n in MONTHS
            ),
            (button("form.cancel", "c:drop"),),
        )
        return Card("consult.ask_review", rows)

    def review_in(self, work: ConsultWork, member: MemberId, id: str, months: str) -> Card:
        """When it is looked at again. Raises `Refusal`."""
        matter = self._of_manager(work, member, id)
        if months not in MONTHS or not matter.fact("outcome"):
            raise Refusal("refuse.old_button")
        return self._dated(work, member, matter, work.now + MONTHS[months])

    def _dated(self, work: ConsultWork, member: MemberId, matter: Matter, at: datetime) -> Card:
        dated = matter.with_facts(review=at.isoformat())
        work.matters.put(dated, "", work.now)
        work.forms.drop(member)
        rows = (
            (button("consult.publish_outcome", f"c:out:{matter.id}"),),
            (button("consult.rewrite", f"c:begin:{matter.id}:outcome"),),
        )
        body = phrase("consult.outcome", **_outcome_values(work, dated))
        return Card("consult.preview_outcome", rows, MappingProxyType({"body": body}))

    def publish(
        self,
        work: ConsultWork,
        member: MemberId,
        id: str,
        standing: Standing,
        confirmed: bool = False,
    ) -> Card:
        """The outcome, with the whole count. Raises `Refusal`, `Denied`."""
        matter = self._of_manager(work, member, id)
        self._require_ready(work, matter)
        chats = tuple(post.chat for post in work.announcements.posts(id))
        acts.require(work, member, Act.CONSULT, matter.community, chats, standing)
        try:
            later = acts.when(work, chats, Priority.VOTE, confirmed)
        except acts.TooMany:
            return acts.too_many(f"c:outany:{id}")
        self._post(work, matter, later)
        decided = replace(matter, stage=Stage.DECIDED)
        work.matters.put(decided, self._pen.pseudonym(matter.community, member), work.now)
        at = datetime.fromisoformat(matter.fact("review"))
        work.dues.put(Due(REVIEW, id, at))
        alive(work, replace(decided, due_at=at))
        object = f"consult:{matter.number}"
        self._pen.note(work, matter.community, member, "outcome", object)
        touch(work, matter.community)
        rows = ((button("promise.add", f"pm:add:{id}"),),)
        return Card("consult.outcome_done", rows, {"number": matter.number})

    def _post(self, work: ConsultWork, matter: Matter, later: datetime | None) -> None:
        """Under the consultation, in every group."""
        card = Card("consult.outcome", (), MappingProxyType(_outcome_values(work, matter)))
        for post in work.announcements.posts(matter.id):
            group = work.communities.group(post.chat)
            acts.book(work, post.chat, Priority.VOTE)
            self._pen.post(
                work,
                post.chat,
                card,
                about=f"outcome:{matter.id}",
                topic=group.notice_topic if group else None,
                target=work.letters.message_of(post.letter),
                not_before=later,
            )

    def review(self, work: ConsultWork, id: str) -> None:
        """The day has come: 续办, 结束 or 重议?"""
        matter = work.matters.get(id)
        if matter is None or matter.stage is not Stage.DECIDED or matter.owner is None:
            return
        rows = (
            (button("consult.go_on", f"c:again:{id}:on"),),
            (button("consult.end", f"c:again:{id}:end"),),
            (button("consult.anew", f"c:again:{id}:new"),),
        )
        values: dict[str, Value] = {"title": matter.text, "outcome": matter.fact("outcome")}
        self._pen.card(
            work, matter.owner, Card("consult.look_again", rows, MappingProxyType(values))
        )

    def reviewed(self, work: ConsultWork, member: MemberId, id: str, what: str) -> Card:
        """What became of it: it goes on, it ends, or it is talked over anew. Raises `Refusal`."""
        matter = self._of_manager(work, member, id)
        if matter.stage is not Stage.DECIDED:
            raise Refusal("consult.decided_already")
        if what == "on":
            at = work.now + MONTHS["3"]
            work.dues.put(Due(REVIEW, id, at))
            alive(work, replace(matter, due_at=at))
            return Card("consult.goes_on")
        ended = replace(matter, stage=Stage.CLOSED, closed_at=work.now)
        code = self._pen.pseudonym(matter.community, member)
        work.matters.put(ended.with_facts(ended=what), code, work.now)
        alive(work, ended)
        touch(work, matter.community)
        return Card("consult.anew_now" if what == "new" else "consult.ended")

    def _require_ready(self, work: ConsultWork, matter: Matter) -> None:
        if matter.stage is not Stage.COUNTED:
            raise Refusal("consult.decided_already")
        self._require_answered(work, matter)
        if not matter.fact("outcome") or not matter.fact("review"):
            raise Refusal("consult.no_outcome")

    def _require_answered(self, work: ConsultWork, matter: Matter) -> None:
        if most_shared(work, matter) is not None and not matter.fact("answer"):
            raise Refusal("consult.answer_first")

    def _of_manager(self, work: ConsultWork, member: MemberId, id: str) -> Matter:
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.CONSULT:
            raise Refusal("consult.unknown")
        if role_of(work, matter.community, member) not in MAY[Act.CONSULT]:
            raise Refusal("consult.unknown")
        return matter


def most_shared(work: ConsultWork, matter: Matter) -> Concern | None:
    """The concern that most objections name."""
    return next(iter(concerns_of(work.consultations.reasons(matter.id))), None)


def staff_card(work: ConsultWork, matter: Matter) -> Card:
    """Count and concerns, without names; what must be done next comes first."""
    tally = work.consultations.tally(matter.id)
    concerns = concerns_of(work.consultations.reasons(matter.id))
    lines = tuple(
        phrase("consult.concern", count=c.size, text=c.reasons[0].text) for c in concerns[:SHOWN]
    )
    values: dict[str, Value] = {
        "number": matter.number,
        "title": matter.text,
        "tally": cards.tally_lines(tally),
        "concerns": lines or (Phrase("consult.no_concerns"),),
        "bar": cards.bar(matter.stage),
    }
    rows: Rows = ()
    if matter.stage is Stage.COUNTED:
        if concerns and not matter.fact("answer"):
            rows = ((button("consult.answer_concern", f"c:begin:{matter.id}:wording"),),)
        else:
            rows = ((button("consult.write_outcome", f"c:begin:{matter.id}:outcome"),),)
    return Card("consult.staff", rows, MappingProxyType(values))


def _outcome_values(work: ConsultWork, matter: Matter) -> dict[str, Value]:
    """The whole count; the concern in words only if one of its authors confirmed them."""
    reasons = work.consultations.reasons(matter.id)
    confirmed = sum(1 for reason in reasons if reason.confirmed)
    concern: Phrase = Phrase("consult.nobody_objected")
    if matter.fact("answer"):
        wording = matter.fact("wording")
        if confirmed and not any(reason.confirmed is False for reason in reasons):
            concern = phrase(
                "consult.concern_answered", wording=wording, answer=matter.fact("answer")
            )
        else:
            concern = phrase("consult.concern_unworded", answer=matter.fact("answer"))
    return {
        "number": matter.number,
        "title": matter.text,
        "bar": cards.bar(Stage.DECIDED),
        "tally": cards.tally_lines(work.consultations.tally(matter.id)),
        "concern": concern,
        "outcome": matter.fact("outcome"),
        "review": datetime.fromisoformat(matter.fact("review")),
    }
