"""Writing a notice: words, groups, buildings, moment, and a preview of all of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain.announce import cards
from bot.domain.announce.notice import (
    DROP,
    LIMIT,
    AnnounceWork,
    active_groups,
    allowed,
    chats_of,
    own_notice,
    publishing_roles,
    scope_of,
    utf16,
    with_facts,
)
from bot.domain.basics import CommunityId, Denied, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Community, Form, Group
from bot.domain.due import Due
from bot.domain.letter import Card
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.people import Act, Standing
from bot.domain.when import moment_of

KIND = "announce"
KEPT = timedelta(hours=24)
EDITABLE = frozenset({Stage.DRAFT})


class DraftDesk:
    """Everything an author does before a notice is out."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym

    def begin(self, work: AnnounceWork, member: MemberId, text: str, urgent: bool) -> Card:
        """Begins a notice. Raises `Denied` for people who may not publish."""
        act = Act.PUBLISH_URGENT if urgent else Act.PUBLISH
        grants = publishing_roles(work, member, act)
        if not grants:
            raise Denied(act, "announce.not_yours")
        fields = {"urgent": "1" if urgent else "", "text": ""}
        if len(grants) > 1:
            draft = self._put(work, member, grants[0].community, text, urgent) if text else None
            fields["matter"] = draft.id if draft else ""
            work.forms.put(Form(member, KIND, "which", MappingProxyType(fields)))
            found = [work.communities.get(grant.community) for grant in grants]
            return cards.which(tuple(c for c in found if c is not None))
        return self._ask_or_preview(work, member, grants[0].community, text, urgent)

    def choose(self, work: AnnounceWork, member: MemberId, community: str) -> Card:
        """Which community the notice is for."""
        form = self._form(work, member)
        urgent = form.fields.get("urgent") == "1"
        act = Act.PUBLISH_URGENT if urgent else Act.PUBLISH
        if community not in [g.community for g in publishing_roles(work, member, act)]:
            raise Refusal("announce.unknown")
        text = ""
        if form.fields.get("matter"):
            draft = own_notice(work, member, form.fields["matter"])
            text = draft.text
            work.matters.drop(draft.id)
        return self._ask_or_preview(work, member, CommunityId(community), text, urgent)

    def template(self, work: AnnounceWork, member: MemberId, name: str) -> Card:
        """A template for an urgent notice; the author completes it by typing."""
        self._form(work, member)
        if name not in cards.TEMPLATES:
            raise Refusal("refuse.old_button")
        return Card(f"urgent.{name}_text")

    def typed(self, work: AnnounceWork, member: MemberId, text: str) -> Card:
        """The words, or the moment, that were asked for. Raises `Refusal`."""
        form = self._form(work, member)
        if form.step == "text":
            community, urgent = form.fields["community"], form.fields.get("urgent") == "1"
            return self._ask_or_preview(work, member, CommunityId(community), text, urgent)
        if form.step == "which":
            raise Refusal("setup.use_buttons")
        matter = own_notice(work, member, form.fields["matter"])
        if form.step == "when":
            return self._at(work, matter, text)
        return self._show(work, self._reworded(work, matter, text))

    def show(self, work: AnnounceWork, member: MemberId, id: str) -> Card:
        """The preview."""
        return self._show(work, self._draft(work, member, id))

    def toggle(self, work: AnnounceWork, member: MemberId, id: str, what: str, value: str) -> Card:
        """Puts a group or a building in or out."""
        matter = self._draft(work, member, id)
        if what == "group":
            matter = self._toggle_group(work, matter, value)
            card = cards.choose_groups(matter, *self._groups(work, matter))
        else:
            buildings = self._community(work, matter).buildings
            if not value.isascii() or not value.isdigit() or int(value) >= len(buildings):
                raise Refusal("refuse.old_button")
            wanted = set(scope_of(matter)) ^ {buildings[int(value)]}
            scope = ",".join(b for b in buildings if b in wanted)
            matter = with_facts(matter, scope=scope)
            card = cards.choose_scope(matter, buildings)
        self._keep(work, matter)
        return card

    def choices(self, work: AnnounceWork, member: MemberId, id: str, what: str) -> Card:
        """The boxes for groups or buildings, or the question for the moment or other words."""
        matter = self._draft(work, member, id)
        if what == "groups":
            return cards.choose_groups(matter, *self._groups(work, matter))
        if what == "scope":
            return cards.choose_scope(matter, self._community(work, matter).buildings)
        fields = MappingProxyType({"matter": matter.id})
        work.forms.put(Form(member, KIND, what, fields))
        return cards.ask_when(matter) if what == "when" else Card("announce.ask_edit")

    def at_once(self, work: AnnounceWork, member: MemberId, id: str) -> Card:
        """No moment any more: as soon as it is published."""
        matter = replace(self._draft(work, member, id), due_at=None)
        self._keep(work, matter)
        return self._show(work, matter)

    def check(self, work: AnnounceWork, member: MemberId, id: str, standing: Standing) -> None:
        """Whether the author may publish this; asked at the preview already. Raises `Denied`."""
        allowed(work, self._draft(work, member, id), standing)

    def drop(self, work: AnnounceWork, member: MemberId, id: str) -> Card:
        """Throws a draft or a scheduled notice away."""
        matter = own_notice(work, member, id)
        if matter.stage not in (Stage.DRAFT, Stage.SCHEDULED):
            raise Refusal("announce.out_already")
        work.forms.drop(member)
        work.dues.cancel("announce.publish", id)
        work.dues.cancel(DROP, id)
        work.matters.drop(id)
        return Card("form.cancelled")

    def cancel(self, work: AnnounceWork, member: MemberId) -> Card:
        """Leaves the form."""
        form = work.forms.get(member)
        work.forms.drop(member)
        if form is not None and form.kind == KIND and form.fields.get("matter"):
            matter = work.matters.get(form.fields["matter"])
            if matter is not None and matter.stage in EDITABLE and matter.owner == member:
                work.matters.drop(matter.id)
        return Card("form.cancelled")

    def forget(self, work: AnnounceWork, id: str) -> None:
        """A draft nobody published within a day is gone."""
        matter = work.matters.get(id)
        if matter is not None and matter.stage is Stage.DRAFT:
            work.matters.drop(id)

    def _ask_or_preview(
        self, work: AnnounceWork, member: MemberId, community: CommunityId, text: str, urgent: bool
    ) -> Card:
        if not text.strip():
            fields = {"community": community, "urgent": "1" if urgent else ""}
            work.forms.put(Form(member, KIND, "text", MappingProxyType(fields)))
            return cards.ask_text(urgent)
        matter = self._put(work, member, community, text, urgent)
        work.forms.drop(member)
        return self._show(work, matter)

    def _put(
        self, work: AnnounceWork, member: MemberId, community: CommunityId, text: str, urgent: bool
    ) -> Matter:
        groups = active_groups(work, community)
        if not groups:
            raise Refusal("announce.no_group")
        chats = ",".join(str(group.chat) for group in groups)
        facts = MappingProxyType({"chats": chats, "urgent": "1" if urgent else ""})
        matter = Matter(
            self._new_id(),
            work.matters.next_number(community),
            community,
            MatterKind.NOTICE,
            Stage.DRAFT,
            member,
            worded(text),
            work.now,
            facts,
        )
        self._keep(work, matter)
        work.dues.put(Due(DROP, matter.id, work.now + KEPT))
        return matter

    def _reworded(self, work: AnnounceWork, matter: Matter, text: str) -> Matter:
        if matter.stage not in EDITABLE:
            raise Refusal("announce.out_already")
        matter = replace(matter, text=worded(text))
        self._keep(work, matter)
        work.forms.drop(matter.owner or MemberId(0))
        return matter

    def _at(self, work: AnnounceWork, matter: Matter, text: str) -> Card:
        at: datetime = moment_of(text, work.now, self._community(work, matter).zone)
        matter = replace(matter, due_at=at)
        self._keep(work, matter)
        work.forms.drop(matter.owner or MemberId(0))
        return self._show(work, matter)

    def _toggle_group(self, work: AnnounceWork, matter: Matter, value: str) -> Matter:
        groups, chosen = self._groups(work, matter)
        if value not in [str(group.chat) for group in groups]:
            raise Refusal("refuse.old_button")
        wanted = chosen ^ {int(value)}
        chats = ",".join(str(group.chat) for group in groups if group.chat in wanted)
        return with_facts(matter, chats=chats)

    def _groups(
        self, work: AnnounceWork, matter: Matter
    ) -> tuple[tuple[Group, ...], frozenset[int]]:
        return active_groups(work, matter.community), frozenset(chats_of(matter))

    def _show(self, work: AnnounceWork, matter: Matter) -> Card:
        groups, chosen = self._groups(work, matter)
        return cards.preview(matter, groups, chosen, self._community(work, matter).buildings)

    def _draft(self, work: AnnounceWork, member: MemberId, id: str) -> Matter:
        matter = own_notice(work, member, id)
        if matter.stage not in EDITABLE:
            raise Refusal("announce.out_already")
        return matter

    def _keep(self, work: AnnounceWork, matter: Matter) -> None:
        code = self._pseudonym(matter.community, matter.owner or MemberId(0))
        work.matters.put(matter, code, work.now)

    def _community(self, work: AnnounceWork, matter: Matter) -> Community:
        found = work.communities.get(matter.community)
        if found is None:
            raise Refusal("announce.unknown")
        return found

    def _form(self, work: AnnounceWork, member: MemberId) -> Form:
        form = work.forms.get(member)
        if form is None or form.kind != KIND:
            raise Refusal("form.gone")
        return form


def worded(text: str) -> str:
    """The words of a notice. Raises `Refusal` where there are none, or too many."""
    words = text.strip()
    if not any(character.isprintable() and not character.isspace() for character in words):
        raise Refusal("announce.empty")
    if utf16(words) > LIMIT:
        raise Refusal("announce.too_long", limit=LIMIT, length=utf16(words))
    return words
