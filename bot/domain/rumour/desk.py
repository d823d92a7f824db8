"""A claim that should be checked: flagged to those in charge, told to nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.domain.basics import CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.due import Due
from bot.domain.label import judged
from bot.domain.letter import Card, Phrase, Rows, Value, button
from bot.domain.masking import masked
from bot.domain.matter import Matter, MatterKind, Stage, number_of
from bot.domain.pen import Pen
from bot.domain.people import MAY, Act, Role
from bot.domain.question.cards import same
from bot.domain.question.routing import holders, managers, role_of
from bot.domain.question.values import Said
from bot.domain.rumour.values import (
    FIRST_LINE,
    LISTED,
    REMIND,
    TOLD_AGAIN,
    UNJUDGED,
    WORDS,
    RumourWork,
)
from bot.domain.similar import SAME, likeness
from bot.domain.stale import alive
from bot.domain.talk import Reading
from bot.domain.touch import touch
from bot.domain.wording import shortened


class RumourDesk:
    """Finds, merges and shows claims."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id = new_id
        self._pen = Pen(new_id, pseudonym)

    def flag(
        self,
        work: RumourWork,
        community: CommunityId,
        member: MemberId,
        text: str,
        reading: Reading,
        said: Said | None,
    ) -> Matter:
        """Shows a claim to those in charge; one that was told before is only counted."""
        words = shortened(masked(text.strip()), WORDS)
        if not words:
            raise Refusal("check.empty")
        known = self.known(work, community, words)
        if known is not None:
            told = str(int(known.fact("told") or 1) + 1)
            again = known.with_facts(told=told, last=work.now.isoformat())
            work.matters.put(again, "", work.now)
            alive(work, again)
            return again
        matter = self._made(work, community, member, words, reading, said)
        work.matters.put(matter, "", work.now)
        alive(work, matter)
        if matter.due_at is not None:
            work.dues.put(Due(REMIND, matter.id, matter.due_at))
        self._show(work, matter)
        touch(work, community)
        return matter

    def _made(
        self,
        work: RumourWork,
        community: CommunityId,
        member: MemberId,
        words: str,
        reading: Reading,
        said: Said | None,
    ) -> Matter:
        facts = {
            "high": "1" if reading.high_risk else "",
            "signs": masked("、".join(reading.evidence[:5])),
            "told": "1",
            "topic": str(said.topic or "") if said else "",
        }
        return Matter(
            self._new_id(),
            work.matters.next_number(community),
            community,
            MatterKind.RUMOUR,
            Stage.OPEN,
            member or None,
            words,
            work.now,
            MappingProxyType(facts),
            due_at=work.now + FIRST_LINE if reading.high_risk else None,
            office=Role.MANAGER,
            chat=None if said is None else said.chat,
            message=None if said is None else said.message,
        )

    def known(self, work: RumourWork, community: CommunityId, text: str) -> Matter | None:
        """The claim that says the same: an open one, or one judged within the last week."""
        since = work.now - TOLD_AGAIN
        for matter in reversed(work.matters.of_kind(community, MatterKind.RUMOUR, since)):
            if matter.stage is not Stage.CLOSED and likeness(text, matter.text) >= SAME:
                return matter
        return None

    def _show(self, work: RumourWork, matter: Matter) -> None:
        verifiers = managers(work, matter.community) or holders(work, matter.community, Role.OWNER)
        sent = [self._pen.card(work, member, card_of(matter)) for member in verifiers]
        work.matters.put(matter.with_facts(cards=",".join(sent[:12])), "", work.now)

    def keep(self, work: RumourWork, matter: Matter) -> None:
        """Keeps a claim, and shows its card anew wherever it stands."""
        work.matters.put(matter, "", work.now)
        for letter in filter(None, matter.fact("cards").split(",")):
            chat = work.letters.chat_of(letter)
            if chat is not None:
                self._pen.recard(work, chat, letter, card_of(matter))

    def wait(self, work: RumourWork, member: MemberId, id: str) -> Card:
        """〔先不发〕: nothing is said in the group; it stays on the list."""
        matter = self.of_verifier(work, member, id)
        self._pen.note(work, matter.community, member, "rumour_wait", f"rumour:{matter.number}")
        return Card("rumour.waits", (), {"number": matter.number})

    def dismiss(self, work: RumourWork, member: MemberId, id: str) -> Card:
        """〔这不是说法〕. Raises `Refusal`."""
        matter = self.of_verifier(work, member, id)
        if matter.stage is not Stage.OPEN:
            raise Refusal("rumour.closed")
        closed = replace(matter, stage=Stage.CLOSED, closed_at=work.now)
        code = self._pen.pseudonym(matter.community, member)
        work.matters.put(closed.with_facts(verdict="none"), code, work.now)
        work.dues.cancel(REMIND, id)
        alive(work, closed)
        object = f"rumour:{matter.number}"
        self._pen.note(work, matter.community, member, "not_a_rumour", object)
        judged(work, matter, False, role_of(work, matter.community, member) or Role.MANAGER)
        touch(work, matter.community)
        return Card("rumour.dismissed", (), {"number": matter.number})

    def reread(self, work: RumourWork, matter: Matter, text: str) -> None:
        """The message was edited: the cards show the new words, marked as changed."""
        words = shortened(masked(text.strip()), WORDS)
        if matter.stage not in UNJUDGED or not words or words == matter.text:
            return
        edited = replace(matter, text=words).with_facts(edited="1")
        work.matters.put(edited, "", work.now)
        for letter in filter(None, edited.fact("cards").split(",")):
            chat = work.letters.chat_of(letter)
            if chat is not None:
                self._pen.recard(work, chat, letter, card_of(edited))

    def remind(self, work: RumourWork, id: str) -> None:
        """Half an hour after a high-risk claim, and nobody has said a first word."""
        matter = work.matters.get(id)
        if matter is not None and matter.stage is Stage.OPEN:
            for member in managers(work, matter.community):
                card = card_of(matter)
                self._pen.card(work, member, Card("rumour.remind", card.rows, card.values))

    def show(self, work: RumourWork, member: MemberId, id: str) -> Card:
        """The card of one. Raises `Refusal`."""
        return card_of(self.of_verifier(work, member, id))

    def numbered(self, work: RumourWork, member: MemberId, number: str) -> Card:
        """/rumor 12, or a list of what is open or has that number. Raises `Refusal`."""
        grants = work.people.grants(member)
        held = [g for g in grants if g.role in MAY[Act.VERDICT] and g.holds(work.now)]
        homes = list(dict.fromkeys(grant.community for grant in held))
        if not homes:
            raise Refusal("denied.role")
        asked = number_of(number, "#RrQq")
        if asked is None:
            found = [m for home in homes for m in _open(work, home)]
            return Card("rumour.list", _rows(found)) if found else Card("rumour.none")
        every = (work.matters.numbered(home, asked) for home in homes)
        found = [m for m in every if m is not None and m.kind is MatterKind.RUMOUR]
        found = [m for m in found if m.stage in UNJUDGED] or found
        if not found:
            raise Refusal("rumour.unknown")
        if len(found) == 1:
            return card_of(found[0])
        return Card("rumour.several", _rows(found), MappingProxyType({"number": asked}))

    def of_verifier(self, work: RumourWork, member: MemberId, id: str) -> Matter:
        """A claim this person may judge; else as good as missing."""
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.RUMOUR:
            raise Refusal("rumour.unknown")
        if role_of(work, matter.community, member) not in MAY[Act.VERDICT]:
            raise Refusal("rumour.unknown")
        return matter


def _open(work: RumourWork, community: CommunityId) -> list[Matter]:
    every = work.matters.of_kind(community, MatterKind.RUMOUR, work.now)
    return [matter for matter in every if matter.stage in UNJUDGED]


def _rows(claims: Sequence[Matter]) -> Rows:
    """A button for each, the oldest first."""
    return tuple(
        (button("rumour.open_one", f"r:show:{m.id}", number=m.number, text=m.text[:20]),)
        for m in sorted(claims, key=lambda claim: claim.created_at)[:LISTED]
    )


def card_of(matter: Matter) -> Card:
    """What those in charge see, with the words it rests on."""
    values: dict[str, Value] = {
        "number": matter.number,
        "text": matter.text,
        "edited": Phrase("question.edited" if matter.fact("edited") else "question.as_said"),
        "signs": matter.fact("signs") or "—",
        "told": int(matter.fact("told") or 1),
        "risk": Phrase("rumour.high" if matter.fact("high") else "rumour.ordinary"),
        "stage": Phrase(f"rumour.stage_{matter.stage}"),
        "same": same(matter),
    }
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    if matter.stage is Stage.OPEN:
        rows = (
            (("rumour.check", f"r:check:{matter.id}"), ("rumour.wait", f"r:wait:{matter.id}")),
            (("rumour.judge", f"r:judge:{matter.id}"), ("rumour.no", f"r:not:{matter.id}")),
        )
    elif matter.stage in (Stage.CHECKING, Stage.JUDGED):
        rows = ((("rumour.judge", f"r:judge:{matter.id}"),),)
    buttons = tuple(tuple(button(key, data) for key, data in row) for row in rows)
    return Card("rumour.card", buttons, MappingProxyType(values))
