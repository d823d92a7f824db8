"""Arriving in a group, moving with it, losing rights, leaving; and /groups."""

from telegram import Chat, ChatMember, Update

from bot.domain.basics import ChatId, MemberId
from bot.domain.groups import ERASE, LEAVE, Footing
from bot.domain.letter import Outcome
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.reply import say_card, show

_INSIDE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED)


async def my_standing(update: Update, context: Context) -> None:
    """Our own standing has changed: in a group, or in somebody's private chat."""
    change = update.my_chat_member
    if change is None:
        return
    inside = change.new_chat_member.status in _INSIDE
    if change.chat.type == Chat.PRIVATE:
        context.desks.groups.blocked(context.work, MemberId(change.chat.id), not inside)
    elif change.chat.type in (Chat.GROUP, Chat.SUPERGROUP):
        member = change.new_chat_member
        footing = Footing(
            inside,
            member.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER),
            bool(getattr(member, "can_pin_messages", False)),
        )
        context.desks.groups.changed(context.work, ChatId(change.chat.id), footing)


async def migrate(update: Update, context: Context) -> None:
    """A group has become a supergroup; either service message tells both ids."""
    message = update.message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    context.desks.groups.migrated(context.work, ChatId(old), ChatId(new))


async def service(update: Update, context: Context) -> None:
    """A service message: of these only a new title matters."""
    message = update.message
    if message is not None and message.new_chat_title:
        chat = ChatId(message.chat.id)
        context.desks.groups.renamed(context.work, chat, message.new_chat_title)


async def groups(update: Update, context: Context) -> None:
    """/groups: how each group is doing."""
    say_card(update, context, context.desks.groups.overview(context.work, context.actor.id))


async def look_again(update: Update, context: Context) -> None:
    """The same list, fresh; or the notice of privacy once more."""
    what, *more = (*context.pressed.fields, "")
    if what == "again":
        show(update, context, context.desks.groups.again(context.work, context.actor.id, more[0]))
        return
    show(update, context, context.desks.groups.overview(context.work, context.actor.id))


def leave(work: Work, desks: Desks, chat: str) -> None:
    """A day has passed and nobody opened a community."""
    desks.groups.leave_guest(work, ChatId(int(chat)))


def erase(work: Work, desks: Desks, chat: str) -> None:
    """30 days have passed since we left."""
    desks.groups.erase(work, ChatId(int(chat)))


def outcome(work: Work, desks: Desks, chat: str, letter: str, what: Outcome) -> None:
    """A pin was refused for want of a right."""
    if what is Outcome.NO_RIGHT:
        desks.groups.no_right(work, ChatId(int(chat)), "pin")


def announced(work: Work, desks: Desks, chat: str, letter: str, what: Outcome) -> None:
    """Whether the notice of privacy stands in the group; where it does not, nothing begins."""
    if what is Outcome.UNCERTAIN:
        desks.groups.doubtful(work, ChatId(int(chat)), letter)
    elif what is not Outcome.SENT:
        desks.groups.unannounced(work, ChatId(int(chat)))


FEATURE = Feature(
    commands={"groups": Entry(groups)},
    buttons={"gr": Entry(look_again)},
    events={
        "my_chat_member": Entry(my_standing),
        "migrate": Entry(migrate),
        "service": Entry(service),
    },
    dues={LEAVE: leave, ERASE: erase},
    outcomes={"group": outcome, "setup": announced},
)
