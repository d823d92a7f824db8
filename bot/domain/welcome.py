"""How a person likes to be spoken to: language, large letters, building."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from bot.domain.basics import LANGS, CommunityId, Lang, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Communities, Community
from bot.domain.letter import Button, Card, Letters, Rows, button
from bot.domain.people import MAY, Act, People, Role

STAFF = MAY[Act.PROGRESS]


class WelcomeWork(Protocol):
    """The stores that a welcome needs."""

    now: datetime

    @property
    def people(self) -> People: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def letters(self) -> Letters: ...


class WelcomeDesk:
    """A person's own preferences."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym

    def start(self, work: WelcomeWork, member: MemberId, lang: Lang | None = None) -> Card:
        """They pressed Start: we can write to them, and what was held for them goes out.

        `lang` is what their own Telegram speaks; what they chose here goes before it.
        """
        person = work.people.person(member)
        work.people.put_person(replace(person, reachable=True, lang=person.lang or lang))
        work.letters.release(member)
        return Card("start.staff" if self._is_staff(work, member) else "start.resident", _first())

    def help(self, work: WelcomeWork, member: MemberId) -> Card:
        """What this person can do, in a few lines."""
        if self._is_staff(work, member):
            rows = (
                (button("setup.first_notice", "an:new"), button("setup.see_groups", "gr:list")),
                (button("roles.button", "ro:list"), button("help_text.settings", "se:list")),
            )
            return Card("help_text.staff", rows)
        return Card("help_text.resident", _first())

    def languages(self) -> Card:
        """Which language?"""
        return Card(
            "lang.ask", tuple((button(f"lang.{lang}", f"wl:lang:{lang}"),) for lang in LANGS)
        )

    def speak(self, work: WelcomeWork, member: MemberId, lang: str) -> Card:
        """From now on in this language. Raises `Refusal`."""
        if lang not in LANGS:
            raise Refusal("lang.unknown")
        work.people.put_person(replace(work.people.person(member), lang=lang))
        return Card("lang.done")

    def elder(self, work: WelcomeWork, member: MemberId) -> Card:
        """Large, short texts and one button a row, or back to the ordinary ones."""
        person = work.people.person(member)
        work.people.put_person(replace(person, elder=not person.elder))
        return Card("elder.off" if person.elder else "elder.on", _first())

    def buildings(self, work: WelcomeWork, member: MemberId, community: str = "") -> Card:
        """Which building do they live in? Raises `Refusal` where none is known."""
        found = self._community(work, member, community)
        if not found.buildings:
            raise Refusal("building.none")
        known = work.people.membership(found.id, member).building
        boxes = [
            button(
                "building.on" if name == known else "building.off",
                f"wl:bld:{found.id}:{number}",
                name=name,
            )
            for number, name in enumerate(found.buildings)
        ]
        rows: Rows = tuple(tuple(boxes[n : n + 4]) for n in range(0, len(boxes), 4))
        skip: tuple[Button, ...] = (button("building.skip", f"wl:bld:{found.id}:x"),)
        return Card("building.ask", (*rows, skip), MappingProxyType({"name": found.name}))

    def live_in(self, work: WelcomeWork, member: MemberId, community: str, number: str) -> Card:
        """Keeps the building, or forgets it again. Raises `Refusal`."""
        found = self._community(work, member, community)
        known = work.people.membership(found.id, member)
        if number == "x":
            if known.building:
                work.people.put_membership(replace(known, building=""))
            return Card("building.skipped")
        if not number.isascii() or not number.isdigit() or int(number) >= len(found.buildings):
            raise Refusal("refuse.old_button")
        building = found.buildings[int(number)]
        work.people.put_membership(replace(known, building=building))
        return Card("building.kept", (), MappingProxyType({"building": building}))

    def _community(self, work: WelcomeWork, member: MemberId, id: str) -> Community:
        """The community named, else the one the person belongs to, else the only one there is."""
        own = [m.community for m in work.people.memberships(member)]
        own += [g.community for g in work.people.grants(member)]
        everyone = work.communities.all()
        only = [everyone[0].id] if len(everyone) == 1 else []
        for candidate in (CommunityId(id), *own, *only):
            found = work.communities.get(candidate)
            if found is not None:
                return found
        raise Refusal("building.none")

    def _is_staff(self, work: WelcomeWork, member: MemberId) -> bool:
        grants = work.people.grants(member)
        return any(g.role in STAFF | {Role.MONITOR} and g.holds(work.now) for g in grants)


def _first() -> Rows:
    return (
        (button("start.learn", "wl:learn"), button("building.button", "wl:building")),
        (button("elder.button", "wl:elder"), button("lang.button", "wl:langs")),
    )
