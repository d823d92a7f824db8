"""Votes as Telegram reports them, the close of a poll, and its three lines of result."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from bot.domain import acts
from bot.domain.announce.values import Post, PostState
from bot.domain.basics import NewId, Pseudonym
from bot.domain.community import GroupState
from bot.domain.due import Due
from bot.domain.letter import Card, Kind, Letter, Outcome, Phrase, Priority, Value, phrase
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.pen import Pen
from bot.domain.poll.desk import share
from bot.domain.poll.values import (
    LATE,
    RESULT,
    Counted,
    PollWork,
    counted_in,
    options_of,
)
from bot.domain.touch import touch

FEW = 30
"""Below this share in percent a result says that it speaks for those who voted only."""
PATIENCE = timedelta(seconds=60)
AGAIN, GIVEN_UP = timedelta(hours=1), timedelta(days=29)
_STATES = {Outcome.SENT: PostState.UP, Outcome.UNCERTAIN: PostState.UNCERTAIN}


class CountDesk:
    """Keeps the newest count of each poll, and ends it once."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id = new_id
        self._pen = Pen(new_id, pseudonym)

    def update(
        self,
        work: PollWork,
        poll: str,
        question: str,
        options: tuple[str, ...],
        counted: Counted,
    ) -> None:
        """Telegram's newest word on one poll; of polls that are not ours nothing is kept."""
        about = work.letters.about_poll(poll) or self._adopted(work, poll, question, options)
        feature, _, rest = about.partition(":")
        id, _, letter = rest.partition(":")
        matter = work.matters.get(id)
        if feature != "poll" or matter is None or matter.stage is not Stage.OPEN:
            return
        before = counted_in(matter, letter)
        if before is not None and before.closed:
            return
        matter = matter.with_facts(**{f"n{letter}": counted.packed()})
        work.matters.put(matter, "", work.now)
        if self._all_closed(work, matter):
            self.report(work, id)

    def _adopted(self, work: PollWork, poll: str, question: str, options: tuple[str, ...]) -> str:
        """A poll whose sending was uncertain did appear: its first vote proves it."""
        found = [
            (matter, post)
            for community in work.communities.all()
            for matter in work.matters.of_kind(community.id, MatterKind.POLL, work.now)
            for post in work.announcements.posts(matter.id)
            if post.state is PostState.UNCERTAIN
            and matter.text == question
            and options_of(matter) == options
        ]
        if len(found) != 1:
            return ""
        matter, post = found[0]
        work.letters.arrived(post.letter)
        work.letters.became_poll(post.letter, poll)
        work.announcements.put_post(replace(post, state=PostState.UP))
        return f"poll:{matter.id}:{post.letter}"

    def outcome(self, work: PollWork, object: str, letter: str, outcome: Outcome) -> None:
        """What became of a poll on its way into a group."""
        id = object.partition(":")[0]
        matter = work.matters.get(id)
        post = next((p for p in work.announcements.posts(id) if p.letter == letter), None)
        if matter is None or post is None:
            return
        state = _STATES.get(outcome, PostState.FAILED)
        work.announcements.put_post(replace(post, state=state))
        if state is not PostState.UP and matter.owner is not None:
            group = work.communities.group(post.chat)
            key = "poll.uncertain" if state is PostState.UNCERTAIN else "announce.failed"
            self._pen.tell(work, matter.owner, key, group=group.title if group else "")

    def close(self, work: PollWork, id: str) -> None:
        """Its time is up: Telegram is asked to stop it, and in a minute the result is due."""
        matter = work.matters.get(id)
        if matter is None or matter.stage is not Stage.OPEN:
            return
        for post in work.announcements.posts(id):
            counted = counted_in(matter, post.letter)
            here = self._is_here(work, post)
            if here and post.state is PostState.UP and not (counted and counted.closed):
                stop = Letter(
                    self._new_id(),
                    post.chat,
                    kind=Kind.STOP_POLL,
                    priority=Priority.VERDICT,
                    refers=post.letter,
                )
                work.letters.put(stop)
        work.dues.put(Due(RESULT, id, work.now + PATIENCE))

    def report(self, work: PollWork, id: str) -> None:
        """The result, once, under each poll; from the last thing Telegram said."""
        matter = work.matters.get(id)
        if matter is None or matter.stage is not Stage.OPEN:
            return
        for post in work.announcements.posts(id):
            if post.state is PostState.UP and self._is_here(work, post):
                self._result_in(work, matter, post)
            elif post.state is PostState.UP:
                work.dues.put(Due(LATE, f"{id}:{post.letter}", work.now + AGAIN))
        done = replace(matter, stage=Stage.COUNTED, closed_at=work.now)
        work.matters.put(done, "", work.now)
        work.dues.cancel(RESULT, id)
        touch(work, matter.community)
        if matter.owner is not None:
            card = result_card(work, matter, work.announcements.posts(id))
            self._pen.card(work, matter.owner, card)

    def late(self, work: PollWork, object: str) -> None:
        """We were not in a group when its poll ended: back there, the result is said once."""
        id, _, letter = object.partition(":")
        matter = work.matters.get(id)
        post = next((p for p in work.announcements.posts(id) if p.letter == letter), None)
        if matter is None or post is None or not matter.text:
            return
        if self._is_here(work, post):
            self._result_in(work, matter, post)
        elif work.now - (matter.closed_at or work.now) < GIVEN_UP:
            work.dues.put(Due(LATE, object, work.now + AGAIN))

    def _is_here(self, work: PollWork, post: Post) -> bool:
        group = work.communities.group(post.chat)
        return group is not None and group.state is GroupState.ACTIVE

    def told(self, work: PollWork, id: str, outcome: Outcome) -> None:
        """What became of a result; its author hears of trouble, nothing is said twice."""
        matter = work.matters.get(id)
        if matter is not None and matter.owner is not None and outcome is Outcome.UNCERTAIN:
            self._pen.tell(work, matter.owner, "acts.uncertain", group=matter.text[:40])

    def _result_in(self, work: PollWork, matter: Matter, post: Post) -> None:
        group = work.communities.group(post.chat)
        plan = acts.plan(work, post.chat, Priority.VOTE, confirmed=True)
        acts.book(work, post.chat, Priority.VOTE)
        self._pen.post(
            work,
            post.chat,
            result_card(work, matter, (post,)),
            about=f"result:{matter.id}",
            topic=group.notice_topic if group else None,
            target=work.letters.message_of(post.letter),
            not_before=plan.at,
        )

    def _all_closed(self, work: PollWork, matter: Matter) -> bool:
        posts = [p for p in work.announcements.posts(matter.id) if p.state is PostState.UP]
        counts = [counted_in(matter, post.letter) for post in posts]
        return all(counted is not None and counted.closed for counted in counts)


def result_card(work: PollWork, matter: Matter, posts: tuple[Post, ...]) -> Card:
    """Three lines: what was asked, who answered, how; and for whom it speaks."""
    options = options_of(matter)
    counts = [counted_in(matter, post.letter) for post in posts]
    known = [c for c in counts if c is not None and len(c.options) == len(options)]
    votes = [sum(c.options[n] for c in known) for n in range(len(options))]
    voters = sum(c.voters for c in known)
    groups = [work.communities.group(post.chat) for post in posts]
    sizes = [group.members for group in groups if group is not None and group.members]
    people = sum(sizes) if len(sizes) == len(posts) else 0
    order = sorted(range(len(options)), key=lambda n: -votes[n])
    lines = tuple(
        phrase("poll.line", option=options[n], count=votes[n], share=share(votes[n], voters))
        for n in order
    )
    asked = phrase("poll.turnout_unknown", voters=voters)
    if people:
        asked = phrase("poll.turnout", voters=voters, people=people, share=share(voters, people))
    few = people and share(voters, people) < FEW
    values: dict[str, Value] = {
        "question": matter.text,
        "turnout": asked,
        "lines": lines,
        "note": Phrase("poll.few" if few else "poll.note"),
    }
    return Card("poll.result", (), MappingProxyType(values))
