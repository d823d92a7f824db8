"""Everything that is said in a group passes here: read, remembered without words, looked after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.basics import ChatId, CommunityId, MemberId, Pseudonym
from bot.domain.community import Group, GroupState
from bot.domain.learning import Dice, Draws, Gates, heeded
from bot.domain.matter import Matter, MatterKind
from bot.domain.question import AnswerDesk, QuestionDesk, QuestionWork, Said
from bot.domain.question.likely import LikelyDesk
from bot.domain.question.routing import role_of
from bot.domain.question.values import WORDS as LONGEST
from bot.domain.rumour import RumourDesk
from bot.domain.second import Awaited, Scope, SecondDesk, Waits, wanted
from bot.domain.talk import (
    REMEMBERED,
    Coming,
    Flag,
    Heard,
    Message,
    Reader,
    Reading,
    Talk,
    remembered,
)
from bot.domain.wording import shortened

ANONYMOUS_OFFICE = "manager"


@dataclass(frozen=True, slots=True)
class Words:
    """One message of a group as it comes in; no member where an anonymous admin speaks.

    `at` is when it was written, None where that is now.
    """

    said: Said
    member: MemberId
    text: str
    reply_to: int | None = None
    forwarded: bool = False
    edited: bool = False
    anonymous: bool = False
    at: datetime | None = None


class HearingWork(QuestionWork, Protocol):
    """The stores that hearing needs."""

    @property
    def draws(self) -> Draws: ...
    @property
    def gates(self) -> Gates: ...
    @property
    def talk(self) -> Talk: ...
    @property
    def waits(self) -> Waits: ...


class HearingDesk:
    """Listens; whoever opted out is not listened to."""

    def __init__(
        self,
        pseudonym: Pseudonym,
        questions: QuestionDesk,
        answers: AnswerDesk,
        rumours: RumourDesk,
        second: SecondDesk,
        dice: Dice,
        likely: LikelyDesk,
        reader: str = "",
    ) -> None:
        self._pseudonym, self._dice, self._reader = pseudonym, dice, reader
        self._questions, self._answers, self._rumours = questions, answers, rumours
        self._second, self._likely = second, likely

    def hear(
        self, work: HearingWork, words: Words, reader: Reader, scope: Scope = Scope.OFF
    ) -> Reading | None:
        """Reads one message and sees to what it needs; None where it is not to be read."""
        group = work.communities.group(words.said.chat)
        community = _listened(group)
        if group is None or community is None:
            return None
        if work.people.membership(community, words.member).opted_out:
            self._own_matter(work, words)
            return None
        role = self._role(work, community, words)
        before = work.talk.last(group.chat, REMEMBERED)
        message = self._message(work, community, words, role)
        reading = reader.read(message, before)
        said = remembered(message, message.at or work.now, reading, self._reader)
        work.talk.put(group.chat, said)
        if words.edited:
            self._reread(work, community, words, reading)
        else:
            self._fresh(work, group, words, said, before)
        self._again(work, words, role, reading, scope)
        return reading

    def ahead(self, work: HearingWork, coming: Sequence[Words], reader: Reader) -> None:
        """Lets the reader look at what is read next, chat by chat; who opted out is left out."""
        chats: dict[ChatId, list[Words]] = {}
        for words in coming:
            chats.setdefault(words.said.chat, []).append(words)
        found = (self._coming(work, chat, told) for chat, told in chats.items())
        reader.ahead([each for each in found if each is not None])

    def _coming(self, work: HearingWork, chat: ChatId, coming: Sequence[Words]) -> Coming | None:
        community = _listened(work.communities.group(chat))
        if community is None:
            return None
        unread = work.people.unread(community)
        messages = [
            self._message(work, community, words, self._role(work, community, words))
            for words in coming
            if words.member not in unread
        ]
        return Coming(tuple(messages), work.talk.last(chat, REMEMBERED))

    def _message(
        self, work: HearingWork, community: CommunityId, words: Words, role: str
    ) -> Message:
        """What is read. It was written when Telegram says so, also where it waited for us."""
        at = work.now if words.at is None else min(words.at, work.now)
        author = author_code(self._pseudonym, community, words.member, work.now)
        number = words.said.message
        return Message(words.text, words.forwarded, role, at, author, words.reply_to, number)

    def _own_matter(self, work: HearingWork, words: Words) -> None:
        """Nobody reads them, but what they asked outright they may still mend and take back."""
        at = words.said.message if words.edited else words.reply_to
        known = None if at is None else work.matters.said_at(words.said.chat, at)
        if known is None or known.owner != words.member:
            return
        if words.edited:
            self._edited(work, known, words.text)
        else:
            self._answers.withdrawn(work, known, words.text)

    def _again(
        self, work: HearingWork, words: Words, role: str, reading: Reading, scope: Scope
    ) -> None:
        """Lets the words wait for the second reader; older words of the message wait no more."""
        chat, message = words.said.chat, words.said.message
        if words.edited:
            work.waits.drop(chat, message)
        if not wanted(scope, reading):
            return
        answers = words.reply_to is not None and work.matters.said_at(chat, words.reply_to)
        self._second.wait(
            work,
            Awaited(
                chat,
                message,
                words.member,
                words.text,
                words.forwarded,
                role,
                open=not role and not answers,
            ),
        )

    def _role(self, work: HearingWork, community: CommunityId, words: Words) -> str:
        if words.anonymous:
            return ANONYMOUS_OFFICE
        role = role_of(work, community, words.member)
        return role.value if role else ""

    def _fresh(
        self,
        work: HearingWork,
        group: Group,
        words: Words,
        said: Heard,
        before: Sequence[Heard],
    ) -> None:
        community, role, reading = group.community or CommunityId(""), said.role, said.reading
        if words.reply_to is not None:
            answered = work.matters.said_at(group.chat, words.reply_to)
            if answered is not None:
                self._answers.heard(
                    work, answered, words.member, role, words.text, words.said.message, reading
                )
                return
        self._likely.heard(work, group.chat, said, words.text, before)
        if "T" in reading.cues and words.member:
            waiting = self._answers.latest_answered(work, words.member, group.chat)
            if waiting is not None:
                self._answers.thanked(work, waiting)
        if not role:
            self._look_after(work, community, words, reading)

    def _look_after(
        self, work: HearingWork, community: CommunityId, words: Words, reading: Reading
    ) -> None:
        dice = None if words.edited else self._dice
        flags = heeded(work, community, words.said, reading, dice)
        if Flag.RUMOUR in flags:
            self._rumours.flag(work, community, words.member, words.text, reading, words.said)
        elif flags:
            text = shortened(words.text.strip(), LONGEST)
            self._questions.ask(work, community, words.member, text, reading, words.said)

    def _reread(
        self, work: HearingWork, community: CommunityId, words: Words, reading: Reading
    ) -> None:
        known = work.matters.said_at(words.said.chat, words.said.message)
        if known is not None:
            self._edited(work, known, words.text)
        elif not self._role(work, community, words):
            self._look_after(work, community, words, reading)

    def _edited(self, work: HearingWork, known: Matter, text: str) -> None:
        if known.kind is MatterKind.QUESTION:
            self._questions.reread(work, known, text)
        elif known.kind is MatterKind.RUMOUR:
            self._rumours.reread(work, known, text)


def _listened(group: Group | None) -> CommunityId | None:
    """The community in whose name a group is listened to."""
    active = group is not None and group.state is GroupState.ACTIVE
    return group.community if group is not None and active else None


def author_code(
    pseudonym: Pseudonym, community: CommunityId, member: MemberId, now: datetime
) -> str:
    """A code that holds for one month; without the key nobody can join two months."""
    return pseudonym(CommunityId(f"{community}:{now:%Y-%m}"), member)
