"""How desks write: letters to people and groups, reactions, lines in the audit log."""

from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from bot.domain.audit import Audit, Entry
from bot.domain.basics import ChatId, CommunityId, MemberId, NewId, Pseudonym
from bot.domain.letter import Card, Kind, Ledger, Letter, Letters, Priority, Value, private


class PenWork(Protocol):
    """The stores that writing needs."""

    now: datetime

    @property
    def letters(self) -> Letters: ...
    @property
    def audit(self) -> Audit: ...


class Pen:
    """Writes; decides nothing."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self.new_id, self.pseudonym = new_id, pseudonym

    def card(self, work: PenWork, member: int, card: Card) -> str:
        """A card to somebody's private chat; returns the letter's id."""
        letter = private(self.new_id(), member, card.key, card.rows, **dict(card.values))
        work.letters.put(letter)
        return letter.id

    def tell(self, work: PenWork, member: int, key: str, **values: Value) -> str:
        """A few words to somebody's private chat."""
        return self.card(work, member, Card(key, (), MappingProxyType(values)))

    def recard(self, work: PenWork, member: int, before: str, card: Card) -> None:
        """Puts a new card into the message an earlier letter became."""
        work.letters.put(
            Letter(
                self.new_id(),
                ChatId(member),
                card.key,
                card.values,
                card.rows,
                kind=Kind.EDIT,
                refers=before,
            )
        )

    def react(self, work: PenWork, chat: ChatId, message: int, emoji: str = "") -> None:
        """One silent reaction of the bot; none takes it back."""
        letter = Letter(
            self.new_id(),
            chat,
            emoji,
            kind=Kind.REACT,
            priority=Priority.QUESTION,
            target=message,
        )
        work.letters.put(letter)

    def post(
        self,
        work: PenWork,
        chat: ChatId,
        card: Card,
        about: str = "",
        priority: Priority = Priority.VOTE,
        ledger: Ledger = Ledger.ACT,
        topic: int | None = None,
        target: int | None = None,
        silent: bool = False,
        not_before: datetime | None = None,
    ) -> str:
        """A message in a group; returns the letter's id."""
        letter = Letter(
            self.new_id(),
            chat,
            card.key,
            card.values,
            card.rows,
            priority=priority,
            ledger=ledger,
            about=about,
            topic=topic,
            target=target,
            silent=silent,
            not_before=not_before,
        )
        work.letters.put(letter)
        return letter.id

    def rewrite(
        self, work: PenWork, chat: ChatId, before: str, card: Card, about: str = ""
    ) -> None:
        """New words in a message of ours in a group."""
        work.letters.put(
            Letter(
                self.new_id(),
                chat,
                card.key,
                card.values,
                card.rows,
                kind=Kind.EDIT,
                priority=Priority.VERDICT,
                about=about,
                refers=before,
            )
        )

    def note(
        self,
        work: PenWork,
        community: CommunityId,
        member: MemberId | None,
        act: str,
        object: str,
        why: str = "",
    ) -> None:
        """A line in the audit log."""
        code = "" if member is None else self.pseudonym(community, member)
        work.audit.append(Entry(community, work.now, code, act, object, why))
