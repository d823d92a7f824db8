"""What becomes of a post: uncertain, deleted by an admin, refused; and what the author decides."""

from dataclasses import replace
from types import MappingProxyType

from bot.domain.announce.notice import AnnounceWork, body, own_notice
from bot.domain.announce.posting import Poster
from bot.domain.announce.values import Post, PostState
from bot.domain.audit import Entry
from bot.domain.basics import ChatId, MemberId, NewId, Pseudonym, Refusal
from bot.domain.community import GroupState
from bot.domain.letter import Card, Outcome, Rows, button, private
from bot.domain.matter import Matter

_STATES = {Outcome.SENT: PostState.UP, Outcome.UNCERTAIN: PostState.UNCERTAIN}


class FollowUpDesk:
    """Looks after posts once they are on their way."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
        self._poster = Poster(new_id)

    def decide(
        self, work: AnnounceWork, member: MemberId, id: str, chat: str, again: bool
    ) -> Card:
        """An uncertain post: the author looked, and has it sent once more or not."""
        matter = own_notice(work, member, id)
        post = _post_in(work, id, chat)
        if post is None or post.state is not PostState.UNCERTAIN:
            raise Refusal("announce.settled")
        if again:
            work.letters.again(post.letter)
        else:
            work.letters.arrived(post.letter)
        state = PostState.WAITING if again else PostState.UP
        work.announcements.put_post(replace(post, state=state))
        self._note(work, matter, "resend" if again else "arrived")
        return Card("announce.resent" if again else "announce.taken_as_arrived")

    def outcome(self, work: AnnounceWork, object: str, letter: str, outcome: Outcome) -> None:
        """What became of a post, or of an edit of it."""
        id, _, chat = object.partition(":")
        matter, post = work.matters.get(id), _post_in(work, id, chat)
        if matter is None or post is None:
            return
        if post.state is PostState.RECALLED:
            if letter == post.letter and outcome is Outcome.UNCERTAIN:
                self._look(work, matter, post)
            return
        if letter != post.letter:
            if outcome is Outcome.GONE and not post.reposted:
                self._repost(work, matter, post)
            return
        state = _STATES.get(outcome, PostState.FAILED)
        work.announcements.put_post(replace(post, state=state))
        if state in (PostState.FAILED, PostState.UNCERTAIN) and matter.owner is not None:
            self._ask_author(work, matter, post, state)

    def _look(self, work: AnnounceWork, matter: Matter, post: Post) -> None:
        """Taken back while it was on its way: nobody knows whether it arrived after all."""
        work.letters.arrived(post.letter)
        letter = private(self._new_id(), matter.owner or 0, "announce.recalled_unsure")
        work.letters.put(letter)

    def _repost(self, work: AnnounceWork, matter: Matter, post: Post) -> None:
        """The post was deleted, or cannot be edited any more: once more, with what it says now."""
        group = work.communities.group(post.chat)
        if group is None or group.state is not GroupState.ACTIVE:
            return
        letter = replace(
            self._poster.letter(matter, group, silent=True),
            key="announce.again",
            values=MappingProxyType({"body": body(matter)}),
        )
        work.letters.put(letter)
        work.announcements.put_post(
            replace(post, letter=letter.id, state=PostState.WAITING, reposted=True)
        )

    def _ask_author(
        self, work: AnnounceWork, matter: Matter, post: Post, state: PostState
    ) -> None:
        group = work.communities.group(post.chat)
        title = group.title if group else ""
        rows: Rows = ()
        if state is PostState.UNCERTAIN:
            rows = (
                (button("announce.send_again", f"an:again:{matter.id}:{post.chat}"),),
                (button("announce.it_arrived", f"an:arrived:{matter.id}:{post.chat}"),),
            )
        key = "announce.uncertain" if rows else "announce.failed"
        letter = private(self._new_id(), matter.owner or 0, key, rows, group=title)
        work.letters.put(letter)

    def _note(self, work: AnnounceWork, matter: Matter, act: str) -> None:
        code = self._pseudonym(matter.community, matter.owner or MemberId(0))
        entry = Entry(matter.community, work.now, code, act, f"notice:{matter.number}")
        work.audit.append(entry)


def _post_in(work: AnnounceWork, id: str, chat: str) -> Post | None:
    """The post in a chat, also where the chat has become a supergroup since."""
    group = work.communities.group(ChatId(_number(chat)))
    return None if group is None else work.announcements.post_in(id, group.chat)


def _number(text: str) -> int:
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    return sign * int(digits) if digits.isascii() and digits.isdigit() else 0
