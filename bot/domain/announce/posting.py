"""Puts a notice into groups: the letter that carries it, its pin, its correction."""

from bot.domain.announce.notice import AnnounceWork, body, is_urgent
from bot.domain.announce.values import Post
from bot.domain.basics import NewId
from bot.domain.community import Group
from bot.domain.letter import Kind, Ledger, Letter, Priority, Rows, button
from bot.domain.matter import Matter


class Poster:
    """Writes the letters of a notice; decides nothing."""

    def __init__(self, new_id: NewId) -> None:
        self._new_id = new_id

    def put(self, work: AnnounceWork, matter: Matter, group: Group, silent: bool) -> None:
        """Posts a notice in one group, pinned where we may pin."""
        letter = self.letter(matter, group, silent)
        work.letters.put(letter)
        work.announcements.put_post(Post(matter.id, group.chat, letter.id))
        if group.can_pin:
            pin = Letter(
                self._new_id(),
                group.chat,
                kind=Kind.PIN,
                priority=priority_of(matter),
                refers=letter.id,
                silent=silent,
                about=f"group:{group.chat}",
            )
            work.letters.put(pin)

    def letter(self, matter: Matter, group: Group, silent: bool) -> Letter:
        """The letter that carries a notice to a group."""
        text = body(matter)
        return Letter(
            self._new_id(),
            group.chat,
            text.key,
            text.values,
            reply_rows(matter.id),
            priority=priority_of(matter),
            ledger=Ledger.ACT,
            about=f"announce:{matter.id}:{group.chat}",
            topic=group.notice_topic,
            silent=silent,
        )

    def edit(self, work: AnnounceWork, matter: Matter, post: Post) -> None:
        """Puts the present words into a post, marked as a correction."""
        text = body(matter, work.now)
        work.letters.put(
            Letter(
                self._new_id(),
                post.chat,
                text.key,
                text.values,
                reply_rows(matter.id),
                kind=Kind.EDIT,
                priority=priority_of(matter),
                refers=post.letter,
                about=f"announce:{matter.id}:{post.chat}",
            )
        )

    def act(self, work: AnnounceWork, post: Post, kind: Kind) -> None:
        """Does something to a post that is out."""
        work.letters.put(
            Letter(
                self._new_id(), post.chat, kind=kind, priority=Priority.URGENT, refers=post.letter
            )
        )


def reply_rows(id: str) -> Rows:
    """What residents can answer."""
    return ((button("announce.noted", f"ak:{id}"), button("announce.trouble", f"hp:ask:{id}")),)


def priority_of(matter: Matter) -> Priority:
    return Priority.URGENT if is_urgent(matter) else Priority.VOTE
