"""What managers may change in the chat: name, language, quiet hours, buildings."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime, time
from types import MappingProxyType
from typing import Protocol

from bot.domain.audit import Audit, Entry
from bot.domain.basics import LANGS, Denied, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Communities, Community, Form, Forms, GroupState
from bot.domain.label import Labels
from bot.domain.letter import Button, Card, Phrase, Quiet, Value, button
from bot.domain.people import MAY, Act, Grant, People, Role, Standing, authorize
from bot.domain.wording import buildings_of, name_of

KIND = "settings"
_HOURS = re.compile(r"(\d{1,2})[::](\d{2})\s*[-~—–至到]+\s*(\d{1,2})[::](\d{2})")
TYPED = frozenset({"name", "quiet", "buildings"})
SWITCHED = frozenset({"samples", "audits"})


class ConfigureWork(Protocol):
    """The stores that settings need."""

    now: datetime

    @property
    def communities(self) -> Communities: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...


class ConfigureDesk:
    """The settings of a community."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym

    def overview(self, work: ConfigureWork, member: MemberId) -> Card:
        """What is set now, with a button for each thing. Raises `Denied`."""
        grant = _own(work, member)
        rows: list[tuple[Button, ...]] = [
            (button("settings.name_button", "se:name"), button("settings.lang_button", "se:lang")),
            (
                button("settings.quiet_button", "se:quiet"),
                button("settings.buildings_button", "se:buildings"),
            ),
            (
                button("settings.samples_button", "se:samples"),
                button("settings.audits_button", "se:audits"),
            ),
        ]
        if grant.role is Role.OWNER:
            rows.append(
                (button("settings.code_button", "se:code"), button("roles.button", "ro:list"))
            )
        community = _community(work, grant)
        values: dict[str, Value] = {
            "name": community.name,
            "lang": Phrase(f"lang.{community.lang}"),
            "start": f"{community.quiet.start:%H:%M}",
            "end": f"{community.quiet.end:%H:%M}",
            "buildings": ", ".join(community.buildings) or "—",
            "zone": community.zone,
            "samples": Phrase("settings.is_on" if community.samples else "settings.is_off"),
            "audits": Phrase("settings.is_on" if community.audits else "settings.is_off"),
        }
        return Card("settings.now", tuple(rows), MappingProxyType(values))

    def ask(self, work: ConfigureWork, member: MemberId, what: str) -> Card:
        """Asks for a new value: by buttons for the language, else to be typed."""
        grant = _own(work, member)
        back = (button("form.back", "se:list"),)
        if what in SWITCHED:
            on = _switched(_community(work, grant), what)
            key = "settings.switch_off" if on else "settings.switch_on"
            return Card(f"settings.ask_{what}", ((button(key, f"se:switch:{what}"),), back))
        if what == "lang":
            rows = tuple((button(f"lang.{lang}", f"se:set:{lang}"),) for lang in LANGS)
            return Card("settings.ask_lang", (*rows, back))
        if what not in TYPED:
            raise Refusal("refuse.old_button")
        work.forms.put(Form(member, KIND, what))
        return Card(f"settings.ask_{what}", (back,))

    def set_lang(
        self, work: ConfigureWork, member: MemberId, lang: str, standing: Standing
    ) -> Card:
        """Changes the language of the community. Raises `Refusal`, `Denied`."""
        if lang not in LANGS:
            raise Refusal("refuse.old_button")
        grant = self._allowed(work, member, standing)
        community = replace(_community(work, grant), lang=lang)
        return self._changed(work, grant, community, "lang")

    def switch(self, work: ConfigureWork, member: MemberId, what: str, standing: Standing) -> Card:
        """The other way round; samples go at once when they are switched off. Raises `Denied`."""
        grant = self._allowed(work, member, standing)
        community = _community(work, grant)
        if what == "samples":
            community = replace(community, samples=not community.samples)
        elif what == "audits":
            community = replace(community, audits=not community.audits)
        else:
            raise Refusal("refuse.old_button")
        if not community.samples:
            work.labels.drop_samples(community.id)
        on = "on" if _switched(community, what) else "off"
        return self._changed(work, grant, community, f"{what}_{on}")

    def typed(self, work: ConfigureWork, member: MemberId, text: str, standing: Standing) -> Card:
        """Takes the value that was asked for. Raises `Refusal`, `Denied`."""
        form = work.forms.get(member)
        if form is None or form.kind != KIND:
            raise Refusal("form.gone")
        grant = self._allowed(work, member, standing)
        community = _community(work, grant)
        match form.step:
            case "name":
                community = replace(community, name=name_of(text))
            case "buildings":
                community = replace(community, buildings=buildings_of(text))
            case _:
                community = replace(community, quiet=hours_of(text))
        work.forms.drop(member)
        return self._changed(work, grant, community, form.step)

    def _changed(self, work: ConfigureWork, grant: Grant, community: Community, what: str) -> Card:
        work.communities.put(community)
        code = self._pseudonym(community.id, grant.member)
        work.audit.append(Entry(community.id, work.now, code, Act.CONFIGURE, f"setting:{what}"))
        return self.overview(work, grant.member)

    def _allowed(self, work: ConfigureWork, member: MemberId, standing: Standing) -> Grant:
        own = _own(work, member)
        groups = work.communities.groups(own.community)
        chats = tuple(g.chat for g in groups if g.state is GroupState.ACTIVE)[:1]
        grants = tuple(g for g in work.people.grants(member) if g.community == own.community)
        return authorize(Act.CONFIGURE, grants, chats, standing, work.now)


def hours_of(typed: str) -> Quiet:
    """Quiet hours from `22:00-7:30`. Raises `Refusal`."""
    match = _HOURS.search(unicodedata.normalize("NFKC", typed))
    if match is None:
        raise Refusal("settings.bad_hours")
    first, second = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    if any(hour > 23 or minute > 59 for hour, minute in (first, second)) or first == second:
        raise Refusal("settings.bad_hours")
    return Quiet(time(*first), time(*second))


def _switched(community: Community, what: str) -> bool:
    return community.samples if what == "samples" else community.audits


def _own(work: ConfigureWork, member: MemberId) -> Grant:
    for grant in work.people.grants(member):
        if grant.role in MAY[Act.CONFIGURE] and grant.holds(work.now):
            return grant
    raise Denied(Act.CONFIGURE)


def _community(work: ConfigureWork, grant: Grant) -> Community:
    found = work.communities.get(grant.community)
    if found is None:
        raise Refusal("form.gone")
    return found
