"""Takes one kept update apart: who, where, and which entry of the roll it asks for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Chat, Update

from bot.domain.basics import ChatId, MemberId
from bot.domain.community import GroupState
from bot.domain.people import Need, Sender
from handlers.feature import Found, Work
from handlers.roll import Roll
from handlers.sender import member_of, sender_of
from handlers.store import Store


@dataclass(frozen=True, slots=True)
class Parsed:
    """One update, and what must be known of its sender's standing before it is decided."""

    update: Update
    lane: int
    sender: Sender
    member: MemberId
    found: Found | None
    need: Need = Need.NONE
    chats: tuple[ChatId, ...] = ()


class Parser:
    """Raw JSON → update → `Parsed`. Whatever PTB cannot parse raises; the caller puts it aside."""

    def __init__(self, store: Store, roll: Roll, bot: Bot) -> None:
        self._store, self._roll, self._bot = store, roll, bot

    def opened(self, raw: str) -> Update:
        """The update as PTB knows it."""
        return Update.de_json(_clean(json.loads(raw)), self._bot)

    def parse(self, update: Update) -> Parsed:
        """What it asks for, as things stand now."""
        sender, member = sender_of(update), member_of(update.effective_user)
        chat = update.effective_chat
        lane = chat.id if chat is not None else int(member)
        found, need, chats = self._asked(update, sender, member)
        return Parsed(update, lane, sender, member, found, need, chats)

    def _asked(
        self, update: Update, sender: Sender, member: MemberId
    ) -> tuple[Found | None, Need, tuple[ChatId, ...]]:
        if not _in_private(update):
            found = _allowed(self._roll.find(update, None), sender)
            chat = update.effective_chat
            chats = () if chat is None else (ChatId(chat.id),)
            return found, found.entry.need if found else Need.NONE, chats
        with self._store.work() as work:
            form = work.forms.get(member)
            found = _allowed(self._roll.find(update, form.kind if form else None), sender)
            need = found.entry.need if found else Need.NONE
            if need is Need.NONE:
                return found, need, ()
            asked = int(form.fields.get("chat", 0)) if form else 0
            own = _own_chats(work, member)
            return found, need, (*own, ChatId(asked)) if asked and asked not in own else own


def _allowed(found: Found | None, sender: Sender) -> Found | None:
    """Bots and linked channels only cause events; nothing they say asks for anything."""
    if found is None or found.event or sender in (Sender.RESIDENT, *NAMELESS):
        return found
    return None


NAMELESS = (Sender.ANONYMOUS_ADMIN, Sender.CHANNEL)


def _in_private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type == Chat.PRIVATE


def _own_chats(work: Work, member: MemberId) -> tuple[ChatId, ...]:
    """Every group in which a person has a part: a role, or something they told us."""
    known = {grant.community for grant in work.people.grants(member)}
    known |= {membership.community for membership in work.people.memberships(member)}
    return tuple(
        group.chat
        for community in sorted(known)
        for group in work.communities.groups(community)
        if group.state is GroupState.ACTIVE
    )


_DROPPED: dict[int, int | None] = dict.fromkeys(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_DROPPED |= dict.fromkeys((*range(127, 160), 0x2028, 0x2029, 65279))
_DROPPED |= dict.fromkeys(range(55296, 57344), 65533)


def _clean(node: Any) -> Any:
    """Strings without control characters and lone surrogates, anywhere in an update.

    Entity offsets keep their meaning only for text without such characters; none of our
    decisions rests on offsets.
    """
    if isinstance(node, str):
        return node if node.isascii() and node.isprintable() else node.translate(_DROPPED)
    if isinstance(node, Mapping):
        return {key: _clean(value) for key, value in node.items()}
    return [_clean(item) for item in node] if isinstance(node, list) else node
