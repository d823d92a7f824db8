"""Opting out, seeing and erasing one's own data, and keeping nothing too long."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from bot.domain.announce.values import Announcements
from bot.domain.audit import Audit, Entry
from bot.domain.basics import ChatId, CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Communities, Forms
from bot.domain.consult.values import Consultations
from bot.domain.due import Due, Dues
from bot.domain.hearing import author_code
from bot.domain.label import Labels
from bot.domain.learning import Draws
from bot.domain.letter import Card, Kind, Letter, Letters, Phrase, button, phrase
from bot.domain.matter import Matter, MatterKind, Matters, Stage
from bot.domain.people import Membership, People, Role
from bot.domain.second import Waits
from bot.domain.talk import Talk

PURGE, HOURLY = "purge", timedelta(hours=1)
NOWHERE = CommunityId("")
PURGED_AT = "purged_at"
RAISED = frozenset({MatterKind.HELP, MatterKind.QUESTION, MatterKind.RUMOUR})
"""Kinds of matters that a resident raises."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each kind of thing is kept at most."""

    help: timedelta = timedelta(days=30)
    audit: timedelta = timedelta(days=180)
    noise: timedelta = timedelta(days=60)
    readings: timedelta = timedelta(days=35)
    unopened: timedelta = timedelta(days=8)
    samples: timedelta = timedelta(days=90)
    labels: timedelta = timedelta(days=730)
    draws: timedelta = timedelta(days=21)


class Retention(Protocol):
    """Sweeps away what has been kept long enough."""

    def sweep(self, limits: Limits) -> None: ...


class Facts(Protocol):
    """Small facts about the bot itself."""

    def get(self, name: str) -> str | None: ...
    def put(self, name: str, value: str) -> None: ...


class PrivacyWork(Protocol):
    """The stores that privacy needs."""

    now: datetime

    @property
    def announcements(self) -> Announcements: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def consultations(self) -> Consultations: ...
    @property
    def draws(self) -> Draws: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def talk(self) -> Talk: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def dues(self) -> Dues: ...
    @property
    def forms(self) -> Forms: ...
    @property
    def health(self) -> Facts: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def matters(self) -> Matters: ...
    @property
    def people(self) -> People: ...
    @property
    def retention(self) -> Retention: ...


class PrivacyDesk:
    """A person's rights over what is kept of them, and the bot's own housekeeping."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, days: int = 30, k: int = 5) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
        self._days, self._k = days, k

    def notice(self) -> Card:
        """What is read, kept, for how long, who sees it, and how to stop; from the settings."""
        rows = (
            (button("privacy.optout_button", "oo"), button("privacy.optin_button", "oi")),
            (button("mydata.button", "pr:mydata"), button("forget.button", "pr:forget")),
        )
        return Card("privacy.full", rows, MappingProxyType({"days": self._days, "k": self._k}))

    def opt(self, work: PrivacyWork, member: MemberId, chat: ChatId | None, out: bool) -> None:
        """Out of analysis, or in again: for the group's community, or everywhere. At once."""
        for community in self._concerned(work, member, chat):
            known = work.people.membership(community, member)
            work.people.put_membership(replace(known, opted_out=out))
            if out:
                self._unread(work, community, member)

    def summary(self, work: PrivacyWork, member: MemberId) -> Card:
        """Everything that is kept of a person, kind by kind."""
        person = work.people.person(member)
        own = self._matters(work, member)
        lines = [
            phrase("mydata.person", lang=person.lang or "—"),
            *(_membership(m) for m in work.people.memberships(member)),
            *(
                phrase("mydata.role", role=Phrase(f"role.{g.role}"))
                for g in work.people.grants(member)
            ),
            phrase("mydata.matters", count=len(own)),
            phrase("mydata.stances", count=self._stances(work, member)),
            phrase("mydata.samples", count=self._samples(work, member)),
            *self._lookers(work, own),
        ]
        rows = (
            (button("mydata.export", "pr:export"),),
            (button("forget.button", "pr:forget"),),
        )
        return Card("mydata.summary", rows, MappingProxyType({"lines": tuple(lines)}))

    def export(self, work: PrivacyWork, member: MemberId) -> str:
        """The same as JSON; only the person's own records."""
        person = work.people.person(member)
        body = {
            "telegram_id": member,
            "language": person.lang,
            "large_letters": person.elder,
            "reachable": person.reachable,
            "memberships": [
                {"community": m.community, "building": m.building, "opted_out": m.opted_out}
                for m in work.people.memberships(member)
            ],
            "roles": [
                {"community": g.community, "role": g.role, "since": g.granted_at.isoformat()}
                for g in work.people.grants(member)
            ],
            "matters": [_matter(matter) for matter in self._matters(work, member)],
            "acknowledgements": self._acknowledged(work, member),
            "stances": self._stances(work, member),
            "samples": self._samples(work, member),
        }
        return json.dumps(body, ensure_ascii=False, indent=1)

    def ask_forget(self, work: PrivacyWork, member: MemberId) -> Card:
        """What would go and what stays, before anything happens. Raises `Refusal`."""
        self._refuse_last_owner(work, member)
        rows = (
            (button("mydata.export_first", "pr:export"),),
            (button("forget.yes", "pr:sure"),),
            (button("forget.only_stop", "oo"), button("form.cancel", "pr:no")),
        )
        return Card("forget.preview", rows)

    def forget(self, work: PrivacyWork, member: MemberId) -> str:
        """Erases a person at once; returns the receipt. Raises `Refusal`."""
        self._refuse_last_owner(work, member)
        receipt = f"D{self._new_id()[:6].upper()}"
        self.erase(work, member)
        code = self._pseudonym(NOWHERE, member)
        work.people.note_erasure(code, work.now, receipt)
        for community in work.communities.all():
            entry = Entry(community.id, work.now, "", "forget", receipt)
            work.audit.append(entry)
        return receipt

    def erase(self, work: PrivacyWork, member: MemberId) -> None:
        """Every row of a person; totals stay, under loose codes. Also replayed after a restore."""
        for community in work.communities.all():
            code = self._pseudonym(community.id, member)
            work.announcements.loosen(code, self._loose)
            work.consultations.loosen(code, self._loose)
            self._unread(work, community.id, member)
        for matter in work.matters.of_owner(member):
            text = "" if matter.kind is MatterKind.HELP else matter.text
            work.matters.put(replace(matter, owner=None, text=text), "", work.now)
        self._free(work, member)
        work.consultations.forget(member)
        work.people.forget(member)
        work.letters.erase(ChatId(member))

    def _unread(self, work: PrivacyWork, community: CommunityId, member: MemberId) -> None:
        """Everything that was read of the person, under the codes of this month and the last."""
        for month in _months(work.now):
            code = author_code(self._pseudonym, community, member, month)
            # These find the person's messages by their readings, so the readings go last.
            work.labels.forget(code)
            for letter in work.draws.forget(code):
                self._take_back(work, letter)
            work.talk.forget(code)
        work.waits.forget(member)

    def _take_back(self, work: PrivacyWork, copy: str) -> None:
        """A copy of the person's words that somebody is just looking at."""
        chat = work.letters.chat_of(copy)
        if chat is not None:
            work.letters.put(Letter(self._new_id(), chat, kind=Kind.DELETE, refers=copy))

    def _samples(self, work: PrivacyWork, member: MemberId) -> int:
        """Sentences lent for better reading that can still be told to be the person's."""
        return sum(
            work.labels.samples_by(author_code(self._pseudonym, community.id, member, month))
            for community in work.communities.all()
            for month in _months(work.now)
        )

    def _free(self, work: PrivacyWork, member: MemberId) -> None:
        """What the person had taken on is nobody's again."""
        for matter in work.matters.kept_by(member):
            stage = Stage.OPEN if matter.stage is Stage.TAKEN else matter.stage
            work.matters.put(replace(matter, keeper=None, stage=stage), "", work.now)

    def begin(self, work: PrivacyWork) -> None:
        """At start: sweeps, and sees to it that it happens again every hour."""
        work.retention.sweep(Limits(help=timedelta(days=self._days)))
        work.health.put(PURGED_AT, work.now.isoformat())
        work.dues.put(Due(PURGE, "all", work.now + HOURLY))

    def _loose(self) -> str:
        return f"x{self._new_id()}{self._new_id()}"

    def _concerned(
        self, work: PrivacyWork, member: MemberId, chat: ChatId | None
    ) -> list[CommunityId]:
        group = None if chat is None else work.communities.group(chat)
        if group is not None and group.community is not None:
            return [group.community]
        known = {m.community for m in work.people.memberships(member)}
        known |= {g.community for g in work.people.grants(member)}
        return sorted(known) or [community.id for community in work.communities.all()]

    def _matters(self, work: PrivacyWork, member: MemberId) -> list[Matter]:
        return [m for m in work.matters.of_owner(member) if m.kind in RAISED]

    def _stances(self, work: PrivacyWork, member: MemberId) -> int:
        codes = [self._pseudonym(c.id, member) for c in work.communities.all()]
        return sum(work.consultations.taken_by(code) for code in codes)

    def _acknowledged(self, work: PrivacyWork, member: MemberId) -> int:
        codes = [self._pseudonym(c.id, member) for c in work.communities.all()]
        return sum(work.announcements.acknowledged_by(code) for code in codes)

    def _lookers(self, work: PrivacyWork, own: list[Matter]) -> list[Phrase]:
        """Who looked at this person's matters, by office."""
        found = []
        for matter in own:
            offices = self._offices(work, matter.community)
            since = work.now - timedelta(days=180)
            for row in work.audit.entries(matter.community, since):
                if row.object == f"{matter.kind}:{matter.number}":
                    role = offices.get(row.actor, "manager")
                    found.append(phrase("mydata.looked", at=row.at, role=Phrase(f"role.{role}")))
        return found

    def _offices(self, work: PrivacyWork, community: CommunityId) -> Mapping[str, str]:
        grants = work.people.grants_in(community)
        return {self._pseudonym(community, grant.member): grant.role for grant in grants}

    def _refuse_last_owner(self, work: PrivacyWork, member: MemberId) -> None:
        for grant in work.people.grants(member):
            if grant.role is Role.OWNER:
                every = work.people.grants_in(grant.community)
                if sum(g.role is Role.OWNER for g in every) == 1:
                    raise Refusal("forget.last_owner")


def receipt_letter(id: str, member: MemberId, receipt: str) -> Letter:
    """The last thing we say to somebody we have forgotten."""
    values = MappingProxyType({"receipt": receipt})
    return Letter(id, ChatId(member), "forget.done", values, about="forgotten:1")


def _months(now: datetime) -> tuple[datetime, datetime]:
    """This month and the one before: no older code is kept."""
    return now, now.replace(day=1) - timedelta(days=1)


def _membership(membership: Membership) -> Phrase:
    analysis = Phrase("mydata.out" if membership.opted_out else "mydata.in")
    return phrase("mydata.membership", building=membership.building or "—", analysis=analysis)


def _matter(matter: Matter) -> dict[str, object]:
    return {
        "number": matter.number,
        "kind": matter.kind,
        "stage": matter.stage,
        "text": matter.text,
        "facts": {k: v for k, v in matter.facts.items() if k in ("need", "answer")},
        "created_at": matter.created_at.isoformat(),
    }
