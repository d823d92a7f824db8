"""家里有困难: a person in need is put in touch with staff, through the bot, without a name."""

from dataclasses import replace
from types import MappingProxyType

from bot.domain.announce.notice import AnnounceWork, published, role_name
from bot.domain.audit import Entry
from bot.domain.basics import ChatId, CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.letter import Card, Phrase, button, private
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.people import OFFICE, Grant, Role, Standing, require_member

NEEDS = ("water", "store", "care", "call")
HELPERS = OFFICE | {Role.GRID, Role.PROPERTY}
KIND = "help"
WORDS = 500


class HelpDesk:
    """Asking for help under a notice, and answering."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym

    def ask(
        self, work: AnnounceWork, member: MemberId, chat: ChatId, id: str, standing: Standing
    ) -> Card:
        """What is needed; answered in private. Raises `Refusal`, `Denied`."""
        notice = work.matters.get(id)
        if notice is None or not published(notice) or not work.announcements.post_in(id, chat):
            raise Refusal("announce.over")
        require_member(chat, standing, work.now)
        rows = tuple((button(f"help.{need}", f"hp:need:{id}:{need}"),) for need in NEEDS)
        return Card("help.which", (*rows, (button("help.nothing", "hp:nothing"),)))

    def need(self, work: AnnounceWork, member: MemberId, id: str, need: str) -> Card:
        """Opens one matter of this person under this notice, and tells those who can help."""
        notice = work.matters.get(id)
        if notice is None or not published(notice) or need not in NEEDS:
            raise Refusal("announce.over")
        before = self._open_of(work, member, notice)
        if before is not None:
            raise Refusal("help.already", number=before.number)
        matter = self._put(work, member, notice, need)
        for helper in self._helpers(work, notice):
            self._tell(work, matter, helper, need)
        return Card("help.passed_on", (), {"number": matter.number})

    def begin_reply(self, work: AnnounceWork, member: MemberId, id: str) -> Card:
        """A helper wants to write a line to the person. Raises `Refusal`."""
        matter = self._to_help(work, member, id)
        work.forms.put(Form(member, KIND, "reply", MappingProxyType({"matter": id})))
        self._note(work, matter, member, "help_view")
        return Card("help.ask_reply", ((button("form.cancel", "hp:cancel"),),))

    def reply(self, work: AnnounceWork, member: MemberId, text: str) -> Card:
        """Passes the helper's line on, under the name of the office. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != KIND:
            raise Refusal("form.gone")
        matter = self._to_help(work, member, form.fields["matter"])
        words = text.strip()
        if not words or len(words) > WORDS:
            raise Refusal("help.reply_length", limit=WORDS)
        work.forms.drop(member)
        role = role_name(self._grant(work, member, matter.community))
        letter = private(self._new_id(), matter.owner or 0, "help.reply", role=role, text=words)
        work.letters.put(letter)
        self._note(work, matter, member, "help_reply")
        return Card("help.reply_sent", ((button("help.settled", f"hp:done:{matter.id}"),),))

    def settle(self, work: AnnounceWork, member: MemberId, id: str) -> Card:
        """A helper says that it is done; the person is told."""
        matter = self._to_help(work, member, id)
        code = self._pseudonym(matter.community, member)
        closed = replace(matter, stage=Stage.CLOSED, closed_at=work.now)
        work.matters.put(closed, code, work.now)
        letter = private(self._new_id(), matter.owner or 0, "help.closed", number=matter.number)
        work.letters.put(letter)
        self._note(work, matter, member, "help_close")
        return Card("help.closed_here", (), {"number": matter.number})

    def cancel(self, work: AnnounceWork, member: MemberId) -> Card:
        """Leaves the reply."""
        work.forms.drop(member)
        return Card("form.cancelled")

    def _put(self, work: AnnounceWork, member: MemberId, notice: Matter, need: str) -> Matter:
        matter = Matter(
            self._new_id(),
            work.matters.next_number(notice.community),
            notice.community,
            MatterKind.HELP,
            Stage.OPEN,
            member,
            "",
            work.now,
            MappingProxyType({"need": need, "notice": notice.id}),
        )
        work.matters.put(matter, self._pseudonym(notice.community, member), work.now)
        return matter

    def _tell(self, work: AnnounceWork, matter: Matter, helper: MemberId, need: str) -> None:
        building = work.people.membership(matter.community, matter.owner or MemberId(0)).building
        where = Phrase("announce.building_unknown")
        if building:
            where = Phrase("announce.building", MappingProxyType({"building": building}))
        rows = (
            (button("help.write_back", f"hp:reply:{matter.id}"),),
            (button("help.settled", f"hp:done:{matter.id}"),),
        )
        letter = private(
            self._new_id(),
            helper,
            "help.card",
            rows,
            number=matter.number,
            where=where,
            need=Phrase(f"help.{need}"),
        )
        work.letters.put(letter)

    def _helpers(self, work: AnnounceWork, notice: Matter) -> list[MemberId]:
        """The author, and whoever is on duty for such things and can be reached."""
        found = [notice.owner] if notice.owner is not None else []
        for grant in work.people.grants_in(notice.community):
            reachable = work.people.person(grant.member).reachable
            if grant.role in (Role.GRID, Role.PROPERTY) and reachable:
                found.append(grant.member)
        return list(dict.fromkeys(found))

    def _to_help(self, work: AnnounceWork, member: MemberId, id: str) -> Matter:
        """An open matter this person may help with; anything else is as good as missing."""
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.HELP:
            raise Refusal("announce.unknown")
        if self._grant(work, member, matter.community) is None:
            raise Refusal("announce.unknown")
        if matter.stage is not Stage.OPEN or matter.owner is None:
            raise Refusal("help.closed_already")
        return matter

    def _grant(self, work: AnnounceWork, member: MemberId, community: CommunityId) -> Grant | None:
        own = work.people.grants(member)
        fit = [g for g in own if g.community == community and g.role in HELPERS]
        return next((grant for grant in fit if grant.holds(work.now)), None)

    def _open_of(self, work: AnnounceWork, member: MemberId, notice: Matter) -> Matter | None:
        for matter in work.matters.of_owner(member):
            same = matter.facts.get("notice") == notice.id
            if matter.kind is MatterKind.HELP and same and matter.stage is Stage.OPEN:
                return matter
        return None

    def _note(self, work: AnnounceWork, matter: Matter, member: MemberId, act: str) -> None:
        code = self._pseudonym(matter.community, member)
        work.audit.append(Entry(matter.community, work.now, code, act, f"help:{matter.number}"))
