"""/consult: five short steps in private, a look at it, and then it is open."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain import acts
from bot.domain.announce.values import Post
from bot.domain.basics import ChatId, CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.consult import cards
from bot.domain.consult.values import (
    CLOSE,
    COSTS,
    FORM,
    LONGEST,
    MATERIALS,
    SPANS,
    TITLE,
    ConsultWork,
    bounded,
)
from bot.domain.due import Due
from bot.domain.letter import Button, Card, Kind, Letter, Priority, button
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.people import Act, Standing
from bot.domain.stale import alive
from bot.domain.touch import touch
from bot.domain.when import moment_of

WHICH = "which"
STEPS = ("title", "materials", "costs", "affected", "until", "ready")
_LIMITS = {"title": TITLE, "materials": MATERIALS, "costs": COSTS, "affected": COSTS}
RECALL = timedelta(minutes=2)


class ConsultDraftDesk:
    """From the title to the open consultation."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id = new_id
        self._pen = Pen(new_id, pseudonym)

    def begin(
        self,
        work: ConsultWork,
        member: MemberId,
        words: str = "",
        before: str = "",
        chat: ChatId | None = None,
    ) -> Card:
        """Starts the form; typed in a group, it is for that community. Raises `Refusal`."""
        earlier = work.matters.get(before)
        only = earlier.community if earlier is not None else None
        grants = acts.grants_for(work, member, Act.CONSULT, chat, only)
        if len(grants) == 1:
            return self._begin_in(work, member, grants[0].community, words, before)
        work.forms.put(Form(member, FORM, WHICH, MappingProxyType({"words": words})))
        return acts.which(work, grants, "c:in")

    def choose(self, work: ConsultWork, member: MemberId, community: str) -> Card:
        """It is meant for this community. Raises `Refusal`."""
        form = self._form(work, member, WHICH)
        grant = acts.grants_for(work, member, Act.CONSULT, community=community)[0]
        return self._begin_in(work, member, grant.community, form.fields["words"])

    def _begin_in(
        self,
        work: ConsultWork,
        member: MemberId,
        community: CommunityId,
        words: str,
        before: str = "",
    ) -> Card:
        if not acts.active(work, community):
            raise Refusal("announce.no_group")
        fields = {"community": community, "before": before}
        form = Form(member, FORM, "title", MappingProxyType(fields))
        work.forms.put(form)
        return self.typed(work, member, words) if words.strip() else _question(form)

    def typed(self, work: ConsultWork, member: MemberId, text: str) -> Card:
        """The answer to the step that is asked. Raises `Refusal`."""
        form = self._form(work, member)
        if form.step == "until":
            zone = self._zone(work, form)
            at = moment_of(text, work.now, zone)
            if at - work.now > LONGEST:
                raise Refusal("poll.too_late", days=LONGEST.days)
            return self._next(work, form, until=at.isoformat())
        if form.step not in _LIMITS:
            raise Refusal("setup.use_buttons")
        return self._next(work, form, **{form.step: bounded(text, _LIMITS[form.step])})

    def press(self, work: ConsultWork, member: MemberId, what: str, value: str = "") -> Card:
        """A button of the form. Raises `Refusal`."""
        form = self._form(work, member)
        match what:
            case "back":
                at = max(0, STEPS.index(form.step) - 1)
                if STEPS[at] == "affected" and form.fields.get("free"):
                    at -= 1
                form = replace(form, step=STEPS[at])
                work.forms.put(form)
                return self._card(work, form)
            case "skip" if form.step == "materials":
                return self._next(work, form, materials="")
            case "free" if form.step == "costs":
                form = replace(form, step="affected")
                return self._next(work, form, free="1", costs="", affected="")
            case "days" if form.step == "until" and value in {str(n) for n in SPANS}:
                at_ = work.now + timedelta(days=int(value))
                return self._next(work, form, until=at_.isoformat())
            case "cancel":
                work.forms.drop(member)
                return Card("form.cancelled")
        raise Refusal("refuse.old_button")

    def publish(
        self, work: ConsultWork, member: MemberId, standing: Standing, confirmed: bool = False
    ) -> Card:
        """Opens it in every group of the community, once. Raises `Refusal`, `Denied`."""
        form = self._form(work, member, "ready")
        chats = self._allowed(work, form, member, standing)
        try:
            later = acts.when(work, chats, Priority.VOTE, confirmed)
        except acts.TooMany:
            return acts.too_many("c:any")
        until = datetime.fromisoformat(form.fields["until"])
        if until <= (later or work.now):
            raise Refusal("when.past")
        matter = self._matter(work, form, member, until)
        code = self._pen.pseudonym(matter.community, member)
        work.matters.put(matter, code, work.now)
        for chat in chats:
            self._post(work, matter, chat, later)
        work.dues.put(Due(CLOSE, matter.id, until))
        alive(work, matter)
        work.forms.drop(member)
        self._note(work, matter, member)
        rows = ((button("announce.recall", f"c:recall:{matter.id}"),),)
        return Card("consult.opened", rows, {"number": matter.number, "until": until})

    def _allowed(
        self, work: ConsultWork, form: Form, member: MemberId, standing: Standing
    ) -> tuple[ChatId, ...]:
        """All groups of the community, if the person may consult there. Raises `Denied`."""
        community = _community(form)
        chats = tuple(group.chat for group in acts.active(work, community))
        acts.require(work, member, Act.CONSULT, community, chats, standing)
        return chats

    def _note(self, work: ConsultWork, matter: Matter, member: MemberId) -> None:
        object = f"consult:{matter.number}"
        self._pen.note(work, matter.community, member, "open_consult", object)
        touch(work, matter.community)

    def recall(self, work: ConsultWork, member: MemberId, id: str, standing: Standing) -> Card:
        """Within two minutes it can be taken back everywhere. Raises `Refusal`, `Denied`."""
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.CONSULT or matter.owner != member:
            raise Refusal("consult.unknown")
        if matter.stage is not Stage.OPEN or work.now - matter.created_at > RECALL:
            raise Refusal("poll.recall_late")
        posts = work.announcements.posts(id)
        chats = tuple(post.chat for post in posts)
        acts.require(work, member, Act.CONSULT, matter.community, chats, standing)
        for post in posts:
            if not work.letters.withdraw(post.letter):
                gone = Letter(self._new_id(), post.chat, kind=Kind.DELETE, refers=post.letter)
                work.letters.put(gone)
        work.dues.cancel(CLOSE, id)
        closed = replace(matter, stage=Stage.WITHDRAWN, closed_at=work.now)
        work.matters.put(closed, self._pen.pseudonym(matter.community, member), work.now)
        alive(work, closed)
        touch(work, matter.community)
        return Card("announce.recalled")

    def _matter(self, work: ConsultWork, form: Form, member: MemberId, until: datetime) -> Matter:
        kept = {n: form.fields.get(n, "") for n in ("materials", "costs", "affected", "before")}
        community = _community(form)
        return Matter(
            self._new_id(),
            work.matters.next_number(community),
            community,
            MatterKind.CONSULT,
            Stage.OPEN,
            member,
            form.fields["title"],
            work.now,
            MappingProxyType(kept),
            due_at=until,
        )

    def _post(
        self, work: ConsultWork, matter: Matter, chat: ChatId, later: datetime | None
    ) -> None:
        group = work.communities.group(chat)
        letter = self._pen.post(
            work,
            chat,
            cards.in_group(matter),
            about=f"consult:{matter.id}",
            topic=group.notice_topic if group else None,
            not_before=later,
        )
        work.announcements.put_post(Post(matter.id, chat, letter))
        acts.book(work, chat, Priority.VOTE)

    def _next(self, work: ConsultWork, form: Form, **fields: str) -> Card:
        step = STEPS[STEPS.index(form.step) + 1]
        kept = MappingProxyType({**form.fields, **fields})
        form = replace(form, step=step, fields=kept)
        work.forms.put(form)
        return self._card(work, form)

    def _card(self, work: ConsultWork, form: Form) -> Card:
        if form.step != "ready":
            return _question(form)
        until = datetime.fromisoformat(form.fields["until"])
        matter = self._matter(work, form, form.member, until)
        groups = acts.active(work, matter.community)
        return cards.preview(matter, ", ".join(group.title for group in groups))

    def _form(self, work: ConsultWork, member: MemberId, step: str = "") -> Form:
        form = work.forms.get(member)
        if form is None or form.kind != FORM or form.step not in ((step,) if step else STEPS):
            raise Refusal("form.gone")
        return form

    def _zone(self, work: ConsultWork, form: Form) -> str:
        return acts.community_of(work, _community(form)).zone


def _community(form: Form) -> CommunityId:
    return CommunityId(form.fields["community"])


def _question(form: Form) -> Card:
    """What is asked at this step."""
    walk: tuple[Button, ...] = (button("form.cancel", "c:cancel"),)
    if form.step != "title":
        walk = (button("form.back", "c:back"), *walk)
    first: tuple[Button, ...] = ()
    if form.step == "materials":
        first = (button("consult.no_materials", "c:skip"),)
    elif form.step == "costs":
        first = (button("consult.free", "c:free"),)
    elif form.step == "until":
        first = tuple(button("poll.days", f"c:days:{n}", days=n) for n in SPANS)
    rows = (first, walk) if first else (walk,)
    return Card(f"consult.ask_{form.step}", rows)
