"""The weekly spot check: one message after another, copied out of the group, judged, gone."""

from dataclasses import dataclass, replace

from bot.domain import acts
from bot.domain.basics import ChatId, CommunityId, Denied, MemberId, NewId, Pseudonym, Refusal
from bot.domain.due import Due
from bot.domain.label import keep, keep_words
from bot.domain.learning.desk import LearningDesk
from bot.domain.learning.values import COPY, STAYS, Draw, LearningWork, Shown
from bot.domain.letter import Card, Kind, Letter, Outcome, Rows, State, button
from bot.domain.masking import masked
from bot.domain.pen import Pen
from bot.domain.people import Act, Grant, Standing

VERDICTS = {"y": True, "n": False, "u": None}
WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Copied:
    """The copy whose button was pressed: where it lies in the private chat, and its words."""

    message: int | None = None
    text: str = ""


class SpotDesk:
    """Shows, one at a time, what chance drew, to those in charge and to the monitor."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym, learning: LearningDesk) -> None:
        self._new_id, self._learning = new_id, learning
        self._pen = Pen(new_id, pseudonym)

    def begin(
        self, work: LearningWork, member: MemberId, community: CommunityId, standing: Standing
    ) -> Card:
        """〔开始〕, or going on after a pause. Raises `Refusal`, `Denied`."""
        chats = self._places(work, member, community, standing)
        before = self._on_show(work, member, community)
        if before is not None:
            self._take_back(work, before)
        if not self._show_next(work, member, community, chats):
            raise Refusal("learn.nothing")
        return Card("learn.started")

    def judge(
        self,
        work: LearningWork,
        member: MemberId,
        id: str,
        verdict: str,
        copy: Copied,
        standing: Standing,
    ) -> None:
        """One of the three buttons under a copy; the next copy follows. Raises `Refusal`."""
        draw = self._of(work, member, id)
        if verdict not in VERDICTS:
            raise Refusal("refuse.old_button")
        chats = self._places(work, member, draw.community, standing)
        grant = self._grant(work, member, draw, standing)
        self._label(work, draw, VERDICTS[verdict], grant.role, copy.text)
        work.draws.put(replace(draw, state=Shown.JUDGED, letter=""))
        self._delete(work, member, draw, copy.message)
        if not self._show_next(work, member, draw.community, chats):
            self._learning.look(work, draw.community)
            self._pen.card(work, member, self._learning.figures(work, member, draw.community))

    def stop(self, work: LearningWork, member: MemberId, id: str, copy: Copied) -> None:
        """〔先停〕: the copy goes, the message waits. Raises `Refusal`."""
        draw = self._of(work, member, id)
        self._delete(work, member, draw, copy.message)
        work.draws.put(replace(draw, state=Shown.WAITING, letter=""))
        left = len(self._learning.waiting(work, draw.community))
        rows = ((button("learn.go", f"le:go:{draw.community}"),),)
        self._pen.card(work, member, Card("learn.stopped", rows, {"left": left}))

    def copied(self, work: LearningWork, id: str, letter: str, outcome: Outcome) -> None:
        """A message that cannot be copied is lost; another one of its group is shown."""
        draw = work.draws.get(int(id))
        member = work.letters.chat_of(letter)
        if draw is None or member is None or draw.letter != letter:
            return
        if outcome in (Outcome.SENT, Outcome.UNCERTAIN, Outcome.BLOCKED):
            return
        work.dues.cancel(COPY, letter)
        work.draws.put(replace(draw, state=Shown.LOST, letter=""))
        # Whoever judges was seen in this group a moment ago; of other groups that is not known.
        here = frozenset({draw.chat})
        if not self._show_next(work, MemberId(member), draw.community, here):
            rows = ((button("learn.go", f"le:go:{draw.community}"),),)
            self._pen.card(work, member, Card("learn.lost", rows))

    def expire(self, work: LearningWork, letter: str) -> None:
        """A copy that nobody judged within a day is taken back, whatever became of its draw."""
        draw, chat = work.draws.shown_in(letter), work.letters.chat_of(letter)
        if chat is not None:
            self._gone(work, MemberId(chat), refers=letter)
        if draw is not None:
            work.draws.put(replace(draw, state=Shown.WAITING, letter=""))

    def _places(
        self, work: LearningWork, member: MemberId, community: CommunityId, standing: Standing
    ) -> frozenset[ChatId]:
        """The groups in which this person may look just now. Raises `Denied` where none is."""
        found = set()
        for group in acts.active(work, community):
            try:
                acts.require(work, member, Act.SPOT_CHECK, community, (group.chat,), standing)
            except Denied:
                continue
            found.add(group.chat)
        if not found:
            acts.require(work, member, Act.SPOT_CHECK, community, (), standing)
        return frozenset(found)

    def _grant(
        self, work: LearningWork, member: MemberId, draw: Draw, standing: Standing
    ) -> Grant:
        chats = (draw.chat,)
        return acts.require(work, member, Act.SPOT_CHECK, draw.community, chats, standing)

    def _show_next(
        self,
        work: LearningWork,
        member: MemberId,
        community: CommunityId,
        chats: frozenset[ChatId],
    ) -> bool:
        """Copies the next message into the private chat; false where none waits."""
        waiting = [d for d in self._learning.waiting(work, community) if d.chat in chats]
        if not waiting:
            return False
        draw, letter = waiting[0], self._new_id()
        copy = Letter(
            letter,
            ChatId(member),
            kind=Kind.COPY,
            source=draw.chat,
            target=draw.message,
            rows=_rows(draw, len(waiting)),
            about=f"learn:{draw.id}",
            silent=True,
        )
        work.letters.put(copy)
        work.draws.put(replace(draw, state=Shown.SHOWN, letter=letter))
        work.dues.put(Due(COPY, letter, work.now + STAYS))
        object = f"talk:{draw.week}:{draw.finding}"
        self._pen.note(work, community, member, "spot_check_view", object)
        return True

    def _label(
        self, work: LearningWork, draw: Draw, truth: bool | None, role: str, text: str
    ) -> None:
        heard = work.talk.get(draw.chat, draw.message)
        if heard is None:
            return
        about = (work, draw.community, draw.chat, heard, draw.finding)
        keep(*about, truth, role, draw.week, draw.flagged)
        if truth is not None:
            keep_words(*about, truth, masked(text.strip())[:WORDS], draw.week)

    def _of(self, work: LearningWork, member: MemberId, id: str) -> Draw:
        """The draw that is on show to this person now. Raises `Refusal`."""
        draw = work.draws.get(int(id)) if id.isascii() and id.isdigit() else None
        if draw is None or draw.state is not Shown.SHOWN:
            raise Refusal("refuse.old_button")
        if work.letters.chat_of(draw.letter) != ChatId(member):
            raise Refusal("refuse.old_button")
        return draw

    def _on_show(
        self, work: LearningWork, member: MemberId, community: CommunityId
    ) -> Draw | None:
        for draw in work.draws.of(community, self._learning.week(work, community)):
            if draw.state is Shown.SHOWN and work.letters.chat_of(draw.letter) == ChatId(member):
                return draw
        return None

    def _take_back(self, work: LearningWork, draw: Draw) -> None:
        chat = work.letters.chat_of(draw.letter)
        if chat is not None:
            self._delete(work, MemberId(chat), draw)
        work.draws.put(replace(draw, state=Shown.WAITING, letter=""))

    def _delete(
        self, work: LearningWork, member: MemberId, draw: Draw, message: int | None = None
    ) -> None:
        """The copy leaves the private chat; `message` is known where its button was pressed."""
        work.dues.cancel(COPY, draw.letter)
        if message is None and work.letters.withdraw(draw.letter):
            return
        # A copy of which one could not know whether it arrived may lie there beside a new one.
        known = work.letters.message_of(draw.letter)
        lying = [each for each in dict.fromkeys((message, known)) if each is not None]
        for each in lying:
            self._gone(work, member, target=each)
        if not lying and work.letters.state_of(draw.letter) is State.SENDING:
            self._gone(work, member, refers=draw.letter)

    def _gone(
        self,
        work: LearningWork,
        member: MemberId,
        target: int | None = None,
        refers: str | None = None,
    ) -> None:
        to = ChatId(member)
        work.letters.put(
            Letter(self._new_id(), to, kind=Kind.DELETE, target=target, refers=refers)
        )


def _rows(draw: Draw, left: int) -> Rows:
    """What the judge is asked stands on the buttons: the copy itself stays as it was said."""

    def verdict(letter: str, key: str) -> Rows:
        return ((button(f"learn.{key}_{draw.finding}", f"le:v:{draw.id}:{letter}"),),)

    yes, no = verdict("y", "yes")[0], verdict("n", "no")[0]
    unsure = button("learn.unsure", f"le:v:{draw.id}:u")
    return ((*yes, *no), (unsure, button("learn.stop", f"le:stop:{draw.id}", left=left)))
