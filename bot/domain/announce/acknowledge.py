"""知道了: one for each person, counted by building; never a list of who did not."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.announce.notice import AnnounceWork, own_notice, published, scope_of
from bot.domain.audit import Entry
from bot.domain.basics import ChatId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.letter import Card, Phrase, button, private
from bot.domain.matter import Matter
from bot.domain.people import Act, Standing, require_member
from bot.domain.touch import touch

HIDDEN = -1
"""A count that is too small to be shown."""


class AcknowledgeDesk:
    """Who took note, in numbers only."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, k: int = 5) -> None:
        self._new_id, self._pseudonym, self._k = new_id, pseudonym, k

    def note(
        self, work: AnnounceWork, member: MemberId, chat: ChatId, id: str, standing: Standing
    ) -> Phrase:
        """Counts one person once; returns what the toast says. Raises `Refusal`, `Denied`."""
        matter = work.matters.get(id)
        post = work.announcements.post_in(id, chat)
        if matter is None or post is None or not published(matter):
            raise Refusal("announce.over")
        require_member(chat, standing, work.now)
        building = work.people.membership(matter.community, member).building
        code = self._pseudonym(matter.community, member)
        if not work.announcements.acknowledge(id, code, building):
            return Phrase("announce.noted_before")
        touch(work, matter.community)
        return _thanks(building, scope_of(matter))

    def progress(self, work: AnnounceWork, member: MemberId, id: str) -> Card:
        """How many took note, for the author."""
        matter = own_notice(work, member, id)
        code = self._pseudonym(matter.community, member)
        entry = Entry(matter.community, work.now, code, Act.PROGRESS, f"notice:{matter.number}")
        work.audit.append(entry)
        return self._card(work, matter)

    def report(self, work: AnnounceWork, id: str) -> None:
        """The numbers of the evening, to the author, once."""
        matter = work.matters.get(id)
        if matter is None or matter.owner is None or not published(matter):
            return
        card = self._card(work, matter)
        letter = private(self._new_id(), matter.owner, card.key, card.rows, **card.values)
        work.letters.put(letter)

    def _card(self, work: AnnounceWork, matter: Matter) -> Card:
        counts = work.announcements.acknowledged(matter.id)
        total = sum(counts.values())
        lines = tuple(_line(b, n) for b, n in sorted(suppressed(counts, self._k).items()))
        rows = ((button("announce.refresh", f"an:progress:{matter.id}"),),)
        values = {"number": matter.number, "total": total}
        if total < self._k or not lines:
            return Card("announce.report_few", rows, MappingProxyType(values))
        return Card("announce.report", rows, MappingProxyType({**values, "lines": lines}))


def suppressed(counts: Mapping[str, int], k: int) -> dict[str, int]:
    """Counts below k hidden; where one alone would follow from the total, a second one too."""
    hidden = {name for name, count in counts.items() if count < k}
    shown = sorted((count, name) for name, count in counts.items() if name not in hidden)
    if shown and len(hidden) == 1:
        hidden.add(shown[0][1])
    while shown and 0 < sum(counts[name] for name in hidden) < k:
        hidden.add(shown.pop(0)[1])
    return {name: HIDDEN if name in hidden else count for name, count in counts.items()}


def _line(building: str, count: int) -> Phrase:
    name = Phrase("announce.building", MappingProxyType({"building": building}))
    where = name if building else Phrase("announce.building_unknown")
    if count == HIDDEN:
        return Phrase("announce.line_few", MappingProxyType({"where": where}))
    return Phrase("announce.line", MappingProxyType({"where": where, "count": count}))


def _thanks(building: str, scope: tuple[str, ...]) -> Phrase:
    if not building:
        return Phrase("announce.noted_where" if scope else "announce.noted_thanks")
    if not scope:
        return Phrase("announce.noted_thanks")
    key = "announce.noted_yours" if building in scope else "announce.noted_not_yours"
    return Phrase(key, MappingProxyType({"building": building}))
