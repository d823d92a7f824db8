"""Publishing a notice: once in every group, taken back within two minutes, corrected later."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.announce import cards
from bot.domain.announce.draft import KEPT, worded
from bot.domain.announce.notice import (
    DROP,
    PUBLISH,
    REPORT,
    AnnounceWork,
    act_of,
    allowed,
    chats_of,
    is_urgent,
    open_chats,
    own_notice,
    published,
    with_facts,
)
from bot.domain.announce.posting import Poster, priority_of
from bot.domain.announce.values import PostState
from bot.domain.audit import Entry
from bot.domain.basics import ChatId, Denied, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import Community, Form, GroupState
from bot.domain.due import Due
from bot.domain.letter import (
    URGENT_A_DAY,
    Card,
    Kind,
    Ledger,
    Plan,
    Verdict,
    plan_act,
    private,
)
from bot.domain.matter import Matter, Stage
from bot.domain.people import Role, Standing
from bot.domain.touch import touch

RECALL = timedelta(minutes=2)
ASK_AGAIN, ASK_FOR = timedelta(seconds=30), timedelta(minutes=10)
REPORT_AFTER, REPORT_AT = timedelta(hours=3), time(20, 0)


class PublishDesk:
    """Everything that happens to a notice from the tap on 〔发布〕 on."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
        self._poster = Poster(new_id)

    def publish(
        self,
        work: AnnounceWork,
        member: MemberId,
        id: str,
        standing: Standing,
        confirmed: bool = False,
    ) -> Card:
        """Publishes, or schedules where a moment was set. Twice is once. Raises `Denied`."""
        matter = own_notice(work, member, id)
        if matter.stage is not Stage.DRAFT:
            raise Refusal("announce.out_already")
        if not chats_of(matter):
            raise Refusal("announce.no_group_chosen")
        allowed(work, matter, standing)
        if matter.due_at is not None and matter.due_at > work.now:
            return self._schedule(work, matter, self._awake(work, matter, matter.due_at))
        return self._now_or_later(work, matter, confirmed)

    def in_the_morning(
        self, work: AnnounceWork, member: MemberId, id: str, standing: Standing
    ) -> Card:
        """The fourth notice of a day waits for the next morning."""
        matter = own_notice(work, member, id)
        if matter.stage is not Stage.DRAFT:
            raise Refusal("announce.out_already")
        allowed(work, matter, standing)
        community = self._community(work, matter)
        local = work.now.astimezone(ZoneInfo(community.zone))
        tomorrow = datetime.combine(
            local.date() + timedelta(days=1), community.quiet.end, local.tzinfo
        )
        return self._schedule(work, matter, tomorrow)

    def author(self, work: AnnounceWork, id: str) -> tuple[MemberId, tuple[ChatId, ...]]:
        """Whose scheduled notice this is, and the groups in which it can appear."""
        matter = work.matters.get(id)
        if matter is None:
            return MemberId(0), ()
        return matter.owner or MemberId(0), open_chats(work, matter)

    def due(self, work: AnnounceWork, id: str, standing: Standing) -> None:
        """A scheduled moment has come. Whoever lost the right meanwhile publishes nothing."""
        matter = work.matters.get(id)
        if matter is None or matter.stage is not Stage.SCHEDULED or matter.owner is None:
            return
        wanted = with_facts(matter, chats=",".join(map(str, open_chats(work, matter))))
        try:
            allowed(work, wanted, standing)
        except Denied as denied:
            self._not_now(work, matter, denied)
            return
        for chat in set(chats_of(matter)) - set(chats_of(wanted)):
            self._tell(work, matter, cards.failed(work.communities.group(chat)))
        wanted = replace(wanted, due_at=None)
        silent, third = self._post(work, wanted, self._plans(work, wanted, confirmed=True))
        self._tell(work, wanted, cards.done(wanted, silent, third))

    def _not_now(self, work: AnnounceWork, matter: Matter, denied: Denied) -> None:
        """Held back; where Telegram only did not say, it is asked again for a while."""
        late = work.now - (matter.due_at or work.now)
        if denied.key == "denied.unsure" and open_chats(work, matter) and late < ASK_FOR:
            work.dues.put(Due(PUBLISH, matter.id, work.now + ASK_AGAIN))
        else:
            self._hold(work, matter)

    def recall(self, work: AnnounceWork, member: MemberId, id: str, standing: Standing) -> Card:
        """Takes a notice back everywhere, within two minutes. Raises `Refusal`, `Denied`."""
        matter = own_notice(work, member, id)
        if not published(matter):
            raise Refusal("announce.not_out")
        if work.now - _out_at(matter) > RECALL:
            raise Refusal("announce.recall_late")
        allowed(work, matter, standing)
        unsure = False
        for post in work.announcements.posts(id):
            unsure |= post.state is PostState.UNCERTAIN
            work.letters.arrived(post.letter)
            if not work.letters.withdraw(post.letter):
                self._poster.act(work, post, Kind.DELETE)
            work.announcements.put_post(replace(post, state=PostState.RECALLED))
        work.dues.cancel(REPORT, id)
        self._stage(work, replace(matter, text="", closed_at=work.now), Stage.WITHDRAWN, "recall")
        return Card("announce.recalled_unsure" if unsure else "announce.recalled")

    def correct(
        self, work: AnnounceWork, member: MemberId, id: str, text: str, standing: Standing
    ) -> Card:
        """New words in the posts that are out, marked as a correction."""
        matter = own_notice(work, member, id)
        if not published(matter):
            raise Refusal("announce.not_out")
        allowed(work, matter, standing)
        matter = replace(matter, text=worded(text))
        for post in work.announcements.posts(id):
            self._poster.edit(work, matter, post)
        self._stage(work, matter, Stage.PUBLISHED, "correct")
        return cards.done(matter, silent=False, third_urgent=False)

    def ask_correction(self, work: AnnounceWork, member: MemberId, id: str) -> Card:
        """Asks for the new words."""
        matter = own_notice(work, member, id)
        if not published(matter):
            raise Refusal("announce.not_out")
        fields = MappingProxyType({"matter": id})
        work.forms.put(Form(member, "announce", "correct", fields))
        return Card("announce.ask_edit")

    def _awake(self, work: AnnounceWork, matter: Matter, at: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it falls into; urgent ones go out."""
        community = self._community(work, matter)
        local = at.astimezone(ZoneInfo(community.zone))
        asleep = community.quiet.covers(local.timetz().replace(tzinfo=None))
        return community.quiet.over(local) if asleep and not is_urgent(matter) else at

    def _now_or_later(self, work: AnnounceWork, matter: Matter, confirmed: bool) -> Card:
        plans = self._plans(work, matter, confirmed)
        verdicts = {plan.verdict for plan in plans.values()}
        if Verdict.ASK in verdicts:
            return cards.too_many(matter)
        waits = [plan.at for plan in plans.values() if plan.at is not None]
        if waits:
            return self._schedule(work, matter, max(waits))
        silent, third = self._post(work, matter, plans)
        return cards.done(matter, silent, third)

    def _plans(self, work: AnnounceWork, matter: Matter, confirmed: bool) -> dict[ChatId, Plan]:
        community = self._community(work, matter)
        local = work.now.astimezone(ZoneInfo(community.zone))
        return {
            chat: plan_act(
                priority_of(matter),
                work.noise.spent(chat, local.date()),
                local,
                community.quiet,
                confirmed,
            )
            for chat in chats_of(matter)
        }

    def _post(
        self, work: AnnounceWork, matter: Matter, plans: dict[ChatId, Plan]
    ) -> tuple[bool, bool]:
        """Puts one letter for each group; whether silently, and whether it is one too many."""
        community = self._community(work, matter)
        today = work.now.astimezone(ZoneInfo(community.zone)).date()
        silent = third = False
        for chat, plan in plans.items():
            group = work.communities.group(chat)
            if group is None or group.state is not GroupState.ACTIVE:
                continue
            third |= work.noise.spent(chat, today).urgent_today >= URGENT_A_DAY
            quiet = plan.verdict in (Verdict.SILENT, Verdict.WAIT)
            silent |= quiet
            self._poster.put(work, matter, group, quiet)
            work.noise.book(chat, today, Ledger.ACT, priority_of(matter))
        matter = replace(matter, facts=MappingProxyType({**matter.facts, "out": _iso(work.now)}))
        self._stage(work, matter, Stage.PUBLISHED, act_of(matter))
        work.dues.cancel(DROP, matter.id)
        work.dues.put(Due(REPORT, matter.id, _report_at(work.now, community)))
        return silent, third

    def _schedule(self, work: AnnounceWork, matter: Matter, at: datetime) -> Card:
        matter = replace(matter, due_at=at)
        self._stage(work, matter, Stage.SCHEDULED, "schedule")
        work.dues.cancel(DROP, matter.id)
        work.dues.put(Due(PUBLISH, matter.id, at))
        return cards.scheduled(matter)

    def _hold(self, work: AnnounceWork, matter: Matter) -> None:
        """The author may not publish any more: nothing appears, and the owners are told."""
        self._stage(work, replace(matter, due_at=None), Stage.DRAFT, "hold")
        work.dues.put(Due(DROP, matter.id, work.now + KEPT))
        for grant in work.people.grants_in(matter.community):
            if grant.role is Role.OWNER:
                letter = private(
                    self._new_id(), grant.member, "announce.held", number=matter.number
                )
                work.letters.put(letter)

    def _tell(self, work: AnnounceWork, matter: Matter, card: Card) -> None:
        values = dict(card.values)
        letter = private(self._new_id(), matter.owner or 0, card.key, card.rows, **values)
        work.letters.put(letter)

    def _stage(self, work: AnnounceWork, matter: Matter, stage: Stage, act: str) -> None:
        code = self._pseudonym(matter.community, matter.owner or MemberId(0))
        work.matters.put(replace(matter, stage=stage), code, work.now)
        self._note(work, matter, act)
        touch(work, matter.community)

    def _note(self, work: AnnounceWork, matter: Matter, act: str) -> None:
        code = self._pseudonym(matter.community, matter.owner or MemberId(0))
        entry = Entry(matter.community, work.now, code, act, f"notice:{matter.number}")
        work.audit.append(entry)

    def _community(self, work: AnnounceWork, matter: Matter) -> Community:
        found = work.communities.get(matter.community)
        if found is None:
            raise Refusal("announce.unknown")
        return found


def _iso(moment: datetime) -> str:
    return moment.isoformat()


def _out_at(matter: Matter) -> datetime:
    return datetime.fromisoformat(matter.facts["out"])


def _report_at(now: datetime, community: Community) -> datetime:
    """Eight in the evening, or three hours after publishing, whichever is later."""
    local = now.astimezone(ZoneInfo(community.zone))
    evening = datetime.combine(local.date(), REPORT_AT, local.tzinfo)
    return max(evening, local + REPORT_AFTER)
