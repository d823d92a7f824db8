"""A poll from its first line to its appearance in the groups."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain import acts
from bot.domain.announce.values import Post
from bot.domain.basics import ChatId, CommunityId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Form
from bot.domain.due import Due
from bot.domain.letter import (
    Ballot,
    Button,
    Card,
    Kind,
    Ledger,
    Letter,
    Priority,
    Value,
    button,
    phrase,
)
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.people import Act, Standing
from bot.domain.poll.values import (
    CLOSE,
    DROP,
    KIND,
    LONGEST,
    SPANS,
    Plain,
    PollWork,
    asked,
    chats_of,
    options_of,
)
from bot.domain.touch import touch
from bot.domain.when import moment_of

RECALL, KEPT = timedelta(minutes=2), timedelta(hours=24)
WHICH = "which"
SHORTEST = timedelta(minutes=1)


class PollDesk:
    """Drafting, publishing, taking back."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, plain: Plain = str.casefold) -> None:
        self._new_id, self._plain = new_id, plain
        self._pen = Pen(new_id, pseudonym)

    def begin(
        self, work: PollWork, member: MemberId, words: str, chat: ChatId | None = None
    ) -> Card:
        """A draft from `question|a|b`; typed in a group, it is for that one. Raises `Refusal`."""
        grants = acts.grants_for(work, member, Act.POLL, chat)
        if len(grants) == 1:
            return self._begin_in(work, member, grants[0].community, words, chat)
        work.forms.put(Form(member, KIND, WHICH, MappingProxyType({"words": words})))
        return acts.which(work, grants, "p:in")

    def choose(self, work: PollWork, member: MemberId, community: str) -> Card:
        """It is meant for this community. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != KIND or form.step != WHICH:
            raise Refusal("form.gone")
        grant = acts.grants_for(work, member, Act.POLL, community=community)[0]
        return self._begin_in(work, member, grant.community, form.fields["words"])

    def _begin_in(
        self,
        work: PollWork,
        member: MemberId,
        community: CommunityId,
        words: str,
        chat: ChatId | None = None,
    ) -> Card:
        groups = acts.active(work, community)
        if not groups:
            raise Refusal("announce.no_group")
        if not words.strip():
            fields = {"community": community, "chat": str(chat or "")}
            work.forms.put(Form(member, KIND, "words", MappingProxyType(fields)))
            return Card("poll.how", ((button("form.cancel", "p:cancel"),),))
        chosen = [g.chat for g in groups if chat is None or g.chat == chat]
        work.forms.drop(member)
        matter = self._new(work, member, community, words, chosen)
        work.matters.put(matter, self._pen.pseudonym(community, member), work.now)
        work.dues.put(Due(DROP, matter.id, work.now + KEPT))
        return self._preview(work, matter)

    def _new(
        self,
        work: PollWork,
        member: MemberId,
        community: CommunityId,
        words: str,
        chats: list[ChatId],
    ) -> Matter:
        question, options = asked(words, self._plain)
        facts = {
            "options": json.dumps(options, ensure_ascii=False),
            "chats": ",".join(map(str, chats)),
            "days": str(SPANS[1]),
        }
        return Matter(
            self._new_id(),
            work.matters.next_number(community),
            community,
            MatterKind.POLL,
            Stage.DRAFT,
            member,
            question,
            work.now,
            MappingProxyType(facts),
        )

    def typed(self, work: PollWork, member: MemberId, text: str) -> Card:
        """Question and options, or the moment at which it closes. Raises `Refusal`."""
        form = work.forms.get(member)
        if form is None or form.kind != KIND:
            raise Refusal("form.gone")
        if form.step == WHICH:
            raise Refusal("setup.use_buttons")
        if form.step == "words":
            chat, community = form.fields["chat"], CommunityId(form.fields["community"])
            own = ChatId(int(chat)) if chat else None
            return self._begin_in(work, member, community, text, own)
        matter = self._draft(work, member, form.fields["matter"])
        zone = acts.community_of(work, matter.community).zone
        at = moment_of(text, work.now, zone)
        if at - work.now > LONGEST:
            raise Refusal("poll.too_late", days=LONGEST.days)
        work.forms.drop(member)
        return self._kept(work, matter.with_facts(until=at.isoformat()))

    def days(self, work: PollWork, member: MemberId, id: str, days: str) -> Card:
        """How many days it runs. Raises `Refusal`."""
        matter = self._draft(work, member, id)
        if days == "other":
            fields = MappingProxyType({"matter": id})
            work.forms.put(Form(member, KIND, "until", fields))
            return Card("poll.ask_until", ((button("form.cancel", f"p:show:{id}"),),))
        if days not in {str(span) for span in SPANS}:
            raise Refusal("refuse.old_button")
        return self._kept(work, matter.with_facts(days=days, until=""))

    def group(self, work: PollWork, member: MemberId, id: str, chat: str) -> Card:
        """Takes a group in, or out. Raises `Refusal`."""
        matter = self._draft(work, member, id)
        chosen = [str(c) for c in chats_of(matter)]
        known = [str(g.chat) for g in acts.active(work, matter.community)]
        if chat not in known:
            raise Refusal("refuse.old_button")
        chosen = [c for c in known if (c in chosen) is not (c == chat)]
        return self._kept(work, matter.with_facts(chats=",".join(chosen)))

    def show(self, work: PollWork, member: MemberId, id: str) -> Card:
        return self._preview(work, self._draft(work, member, id))

    def cancel(self, work: PollWork, member: MemberId, id: str = "") -> Card:
        """Leaves the form; a draft is gone. Raises `Refusal`."""
        work.forms.drop(member)
        if id:
            work.matters.drop(self._draft(work, member, id).id)
        return Card("form.cancelled")

    def drop(self, work: PollWork, id: str) -> None:
        """A draft that nobody opened within a day is gone."""
        matter = work.matters.get(id)
        if matter is not None and matter.stage is Stage.DRAFT:
            work.matters.drop(id)

    def publish(
        self,
        work: PollWork,
        member: MemberId,
        id: str,
        standing: Standing,
        confirmed: bool = False,
    ) -> Card:
        """Opens the poll in every chosen group, once. Raises `Refusal`, `Denied`."""
        matter = self._draft(work, member, id)
        chats = _moved(work, chats_of(matter))
        if not chats:
            raise Refusal("announce.no_group_chosen")
        acts.require(work, member, Act.POLL, matter.community, chats, standing)
        try:
            later = acts.when(work, chats, Priority.VOTE, confirmed)
        except acts.TooMany:
            return acts.too_many(f"p:any:{id}")
        begins = later or work.now
        closes = self._closes(matter, begins)
        out = matter.with_facts(out=work.now.isoformat())
        opened = replace(out, stage=Stage.OPEN, due_at=closes)
        for chat in chats:
            self._open_in(work, opened, chat, later)
        self._keep(work, opened, member, "open_poll")
        work.dues.put(Due(CLOSE, id, closes))
        rows = ((button("announce.recall", f"p:recall:{id}"),),)
        return Card("poll.opened", rows, {"number": matter.number, "until": closes})

    def recall(self, work: PollWork, member: MemberId, id: str, standing: Standing) -> Card:
        """Within two minutes it can be taken back everywhere. Raises `Refusal`, `Denied`."""
        matter = self._own(work, member, id)
        if matter.stage is not Stage.OPEN:
            raise Refusal("announce.not_out")
        if work.now - datetime.fromisoformat(matter.fact("out")) > RECALL:
            raise Refusal("poll.recall_late")
        chats = _moved(work, chats_of(matter))
        acts.require(work, member, Act.POLL, matter.community, chats, standing)
        for post in work.announcements.posts(id):
            if not work.letters.withdraw(post.letter):
                gone = Letter(self._new_id(), post.chat, kind=Kind.DELETE, refers=post.letter)
                work.letters.put(gone)
        work.dues.cancel(CLOSE, id)
        self._keep(
            work,
            replace(matter, stage=Stage.WITHDRAWN, closed_at=work.now),
            member,
            "recall_poll",
        )
        return Card("announce.recalled")

    def _open_in(
        self, work: PollWork, matter: Matter, chat: ChatId, later: datetime | None
    ) -> None:
        group = work.communities.group(chat)
        id = self._new_id()
        letter = Letter(
            id,
            chat,
            kind=Kind.POLL,
            priority=Priority.VOTE,
            ledger=Ledger.ACT,
            about=f"poll:{matter.id}:{id}",
            topic=group.notice_topic if group else None,
            not_before=later,
            poll=Ballot(matter.text, options_of(matter), matter.due_at or work.now),
        )
        work.letters.put(letter)
        work.announcements.put_post(Post(matter.id, chat, letter.id))
        acts.book(work, chat, Priority.VOTE)

    def _closes(self, matter: Matter, begins: datetime) -> datetime:
        until = matter.fact("until")
        if until:
            at = datetime.fromisoformat(until)
            if at - begins < SHORTEST:
                raise Refusal("when.past")
            return at
        return begins + timedelta(days=int(matter.fact("days")))

    def _kept(self, work: PollWork, matter: Matter) -> Card:
        work.matters.put(matter, "", work.now)
        return self._preview(work, matter)

    def _keep(self, work: PollWork, matter: Matter, member: MemberId, act: str) -> None:
        work.matters.put(matter, self._pen.pseudonym(matter.community, member), work.now)
        self._pen.note(work, matter.community, member, act, f"poll:{matter.number}")
        touch(work, matter.community)

    def _preview(self, work: PollWork, matter: Matter) -> Card:
        groups = acts.active(work, matter.community)
        chosen = chats_of(matter)
        lines = tuple(phrase("poll.option", option=option) for option in options_of(matter))
        until = matter.fact("until")
        values: dict[str, Value] = {
            "question": matter.text,
            "options": lines,
            "until": phrase("poll.at", at=datetime.fromisoformat(until))
            if until
            else phrase("poll.in_days", days=int(matter.fact("days"))),
            "groups": ", ".join(g.title for g in groups if g.chat in chosen) or "—",
        }
        rows: list[tuple[Button, ...]] = [
            (button("poll.open", f"p:open:{matter.id}"),),
            tuple(button("poll.days", f"p:days:{matter.id}:{span}", days=span) for span in SPANS),
            (button("poll.other_time", f"p:days:{matter.id}:other"),),
        ]
        if len(groups) > 1:
            for group in groups:
                key = "announce.on" if group.chat in chosen else "announce.off"
                data = f"p:group:{matter.id}:{group.chat}"
                rows.append((button(key, data, name=group.title),))
        rows.append((button("form.cancel", f"p:cancel:{matter.id}"),))
        return Card("poll.preview", tuple(rows), MappingProxyType(values))

    def _draft(self, work: PollWork, member: MemberId, id: str) -> Matter:
        matter = self._own(work, member, id)
        if matter.stage is not Stage.DRAFT:
            raise Refusal("announce.out_already")
        return matter

    def _own(self, work: PollWork, member: MemberId, id: str) -> Matter:
        matter = work.matters.get(id)
        if matter is None or matter.kind is not MatterKind.POLL or matter.owner != member:
            raise Refusal("poll.unknown")
        return matter


def _moved(work: PollWork, chats: tuple[ChatId, ...]) -> tuple[ChatId, ...]:
    """The groups as they are now: one may have become a supergroup since it was chosen."""
    groups = [work.communities.group(chat) for chat in chats]
    return tuple(dict.fromkeys(group.chat for group in groups if group is not None))


def share(part: int, whole: int) -> int:
    """A share in whole percent; of nothing it is nothing."""
    return round(100 * part / whole) if whole else 0
