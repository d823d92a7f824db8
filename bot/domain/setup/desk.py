"""Takes a manager from /setup in the group to the notice that starts everything."""

from dataclasses import replace
from types import MappingProxyType
from typing import cast

from bot.domain.audit import Entry
from bot.domain.basics import (
    LANGS,
    ChatId,
    CommunityId,
    Denied,
    Lang,
    MemberId,
    NewId,
    Pseudonym,
    Refusal,
)
from bot.domain.community import (
    Community,
    Form,
    Group,
    GroupState,
    Invitation,
)
from bot.domain.digest.plan import plan
from bot.domain.letter import Card, Letter, Priority, button
from bot.domain.people import (
    Act,
    Grant,
    Role,
    Standing,
)
from bot.domain.roles import INVITED_FOR
from bot.domain.setup.cards import STEPS, card_for, joining, opened
from bot.domain.setup.rights import invited, require_admin, require_setter
from bot.domain.setup.work import Place, SetupWork
from bot.domain.touch import touch
from bot.domain.wording import buildings_of, name_of

KIND = "setup"
LEAVE = "group.leave"
SETTERS = frozenset({Role.OWNER, Role.MANAGER})


class SetupDesk:
    """Everything that can be asked while a community is being opened."""

    def __init__(
        self,
        new_id: NewId,
        pseudonym: Pseudonym,
        owner: int | None = None,
        zone: str = "Asia/Shanghai",
    ) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
        self._owner, self._zone = owner, zone

    def ask(
        self,
        work: SetupWork,
        member: MemberId,
        lang: Lang,
        place: Place,
        standing: Standing,
        code: str,
    ) -> Card:
        """Begins in private what was asked for in a group. Raises `Refusal`."""
        group = work.communities.group(place.chat)
        if group is not None and group.community is not None and group.state is GroupState.ACTIVE:
            raise Refusal("setup.open_already")
        require_admin(place.chat, standing, work.now)
        own = self._own_communities(work, member)
        if member != self._owner and not own and not invited(work, member, place.chat, code):
            raise Denied(Act.SETUP, "setup.not_invited")
        form = Form(member, KIND, "which" if own else "hear", _fields(place, lang))
        work.forms.put(form)
        return joining(own) if own else self._card(work, form)

    def card(self, work: SetupWork, member: MemberId) -> Card:
        """Where the person is in the form. Raises `Refusal` where there is none (any more)."""
        return self._card(work, self._form(work, member))

    def press(self, work: SetupWork, member: MemberId, what: str, value: str = "") -> Card:
        """One button of the form. Raises `Refusal`."""
        form = self._form(work, member)
        match what:
            case "cancel":
                work.forms.drop(member)
                return Card("form.cancelled")
            case "next" | "back":
                form = self._moved(form, 1 if what == "next" else -1)
            case "new":
                form = replace(form, step="hear")
            case "lang" if value in LANGS:
                form = _with(form, lang=value)
            case "notice" | "board" if value in ("here", "general"):
                form = _with(form, **{what: value})
        work.forms.put(form)
        return self._card(work, form)

    def typed(self, work: SetupWork, member: MemberId, text: str) -> Card:
        """A name or buildings, as the step asks for. Raises `Refusal`."""
        form = self._form(work, member)
        if form.step == "name":
            form = _with(form, name=name_of(text))
        elif form.step == "buildings":
            form = _with(form, buildings=",".join(buildings_of(text)))
        else:
            raise Refusal("setup.use_buttons")
        form = self._moved(form, 1)
        work.forms.put(form)
        return self._card(work, form)

    def invite(self, work: SetupWork, member: MemberId, role: str) -> str:
        """A one-time code that gives a role once the community is open. Raises `Refusal`."""
        form = self._form(work, member)
        if role not in [r for r in Role if r is not Role.OWNER]:
            raise Refusal("refuse.old_button")
        form = _with(form, community=form.fields.get("community") or self._new_id())
        work.forms.put(form)
        self._put_community(work, form)
        code = self._new_id() + self._new_id()
        community = CommunityId(form.fields["community"])
        work.invitations.put(Invitation(code, community, Role(role), work.now + INVITED_FOR))
        return code

    def merge(self, work: SetupWork, member: MemberId, community: str, standing: Standing) -> Card:
        """Takes a further group into a community the person manages. Raises `Refusal`."""
        form = self._form(work, member)
        known = {c.id: c for c in self._own_communities(work, member)}
        if community not in known:
            raise Refusal("refuse.old_button")
        found = known[CommunityId(community)]
        require_setter(work, member, found.id, standing)
        return self._open(work, form, found, member, standing)

    def publish(self, work: SetupWork, member: MemberId, standing: Standing) -> Card:
        """Posts the notice and starts. Twice is once. Raises `Refusal`."""
        form = self._form(work, member)
        form = _with(form, community=form.fields.get("community") or self._new_id())
        community = self._put_community(work, form)
        card = self._open(work, form, community, member, standing)
        work.people.grant(Grant(community.id, member, Role.OWNER, True, work.now))
        return card

    def _open(
        self,
        work: SetupWork,
        form: Form,
        community: Community,
        member: MemberId,
        standing: Standing,
    ) -> Card:
        chat = ChatId(int(form.fields["chat"]))
        require_admin(chat, standing, work.now)
        group = self._activated(work, form, community, chat)
        work.communities.put_group(group)
        work.dues.cancel(LEAVE, str(chat))
        work.forms.drop(member)
        self._post_notice(work, community, group)
        touch(work, community.id)
        plan(work, community)
        code = self._pseudonym(community.id, member)
        work.audit.append(Entry(community.id, work.now, code, Act.SETUP, f"group:{chat}"))
        return opened(community.name)

    def _activated(self, work: SetupWork, form: Form, community: Community, chat: ChatId) -> Group:
        known = work.communities.group(chat) or Group(chat, None)
        topic = form.fields.get("topic")

        def chosen(what: str) -> int | None:
            return int(topic) if topic and form.fields.get(what) == "here" else None

        return replace(
            known,
            community=community.id,
            title=form.fields["title"],
            state=GroupState.ACTIVE,
            forum=form.fields.get("forum") == "1",
            notice_topic=chosen("notice"),
            board_topic=chosen("board"),
            since=work.now,
        )

    def _post_notice(self, work: SetupWork, community: Community, group: Group) -> None:
        """The one message by which the group learns what the bot reads, keeps and never does."""
        rows = (
            (button("privacy.details_button", url=f"start:privacy_{community.id}"),),
            (button("privacy.optout_button", "oo"),),
            (button("elder.button", url=f"start:elder_{community.id}"),),
        )
        letter = Letter(
            self._new_id(),
            group.chat,
            "privacy.notice",
            MappingProxyType({"name": community.name}),
            rows,
            priority=Priority.VOTE,
            lang=community.lang,
            about=f"setup:{group.chat}",
            topic=group.notice_topic,
        )
        work.letters.put(letter)

    def _put_community(self, work: SetupWork, form: Form) -> Community:
        buildings = form.fields.get("buildings") or ""
        community = Community(
            CommunityId(form.fields["community"]),
            form.fields["name"],
            cast(Lang, form.fields["lang"]),
            self._zone,
            work.now,
            buildings=tuple(filter(None, buildings.split(","))),
        )
        work.communities.put(community)
        return community

    def _own_communities(self, work: SetupWork, member: MemberId) -> tuple[Community, ...]:
        held = [g for g in work.people.grants(member) if g.role in SETTERS and g.holds(work.now)]
        found = [work.communities.get(grant.community) for grant in held]
        return tuple({c.id: c for c in found if c is not None}.values())

    def _form(self, work: SetupWork, member: MemberId) -> Form:
        form = work.forms.get(member)
        if form is None or form.kind != KIND:
            raise Refusal("form.gone")
        return form

    def _card(self, work: SetupWork, form: Form) -> Card:
        group = work.communities.group(ChatId(int(form.fields["chat"])))
        return card_for(form, bool(group and group.hears_all), bool(group and group.can_pin))

    def _moved(self, form: Form, by: int) -> Form:
        """The next or the previous step; topics are asked in forums only."""
        if form.step not in STEPS:
            return form
        at = min(max(STEPS.index(form.step) + by, 0), len(STEPS) - 1)
        moved = replace(form, step=STEPS[at])
        return self._moved(moved, by) if _skipped(moved) else moved


def _skipped(form: Form) -> bool:
    return form.step == "topics" and not form.fields.get("topic")


def _fields(place: Place, lang: Lang) -> MappingProxyType[str, str]:
    fields = {"chat": str(place.chat), "title": place.title[:128], "lang": lang}
    fields["name"] = place.title[:60] or "—"
    if place.forum:
        fields |= {"forum": "1", "notice": "here", "board": "here"}
        fields["topic"] = str(place.topic) if place.topic else ""
    return MappingProxyType(fields)


def _with(form: Form, **fields: str) -> Form:
    return replace(form, fields=MappingProxyType({**form.fields, **fields}))
