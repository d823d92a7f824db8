"""Which community somebody means: the group they write in, else the one they belong to."""

from telegram import Chat, Update

from bot.domain.basics import ChatId, Refusal
from bot.domain.community import Community, GroupState
from handlers.feature import Context


def group_of(update: Update) -> ChatId | None:
    """The group in which somebody writes; None in private."""
    chat = update.effective_chat
    return None if chat is None or chat.type == Chat.PRIVATE else ChatId(chat.id)


def community_here(context: Context, chat: Chat) -> Community:
    """The community of a group, or of a person in private. Raises `Refusal`."""
    work, member = context.work, context.actor.id
    if chat.type != Chat.PRIVATE:
        group = work.communities.group(ChatId(chat.id))
        if group is None or group.community is None or group.state is not GroupState.ACTIVE:
            raise Refusal("board.none")
        found = work.communities.get(group.community)
        if found is not None:
            return found
    own = [grant.community for grant in work.people.grants(member)]
    own += [membership.community for membership in work.people.memberships(member)]
    everyone = work.communities.all()
    own += [everyone[0].id] if len(everyone) == 1 else []
    for id in own:
        found = work.communities.get(id)
        if found is not None:
            return found
    raise Refusal("ask.where")
