"""/board: the one pinned message of a group."""

from telegram import Chat, Update

from bot.domain.basics import ChatId, Refusal
from bot.domain.letter import Outcome
from bot.domain.people import Need
from bot.domain.touch import BOARD
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.place import community_here
from handlers.reply import here, say_card


async def board(update: Update, context: Context) -> None:
    """In a group it is shown anew; in private it is read out."""
    chat = update.effective_chat
    if chat is None:
        return
    if chat.type != Chat.PRIVATE:
        there = context.desks.board.ask(context.work, ChatId(chat.id))
        here(update, context, "board.there" if there else "board.comes")
        return
    community = community_here(context, chat)
    groups = context.work.communities.groups(community.id)
    if not groups:
        raise Refusal("board.none")
    say_card(update, context, context.desks.board.read(context.work, groups[0].chat))


def due(work: Work, desks: Desks, chat: str) -> None:
    """Something on it has changed."""
    desks.board.due(work, ChatId(int(chat)))


def outcome(work: Work, desks: Desks, chat: str, letter: str, what: Outcome) -> None:
    """What became of it, or of an edit."""
    desks.board.outcome(work, ChatId(int(chat)), letter, what)


FEATURE = Feature(
    commands={"board": Entry(board, Need.NONE)},
    triggers={"看板": "board"},
    dues={BOARD: due},
    outcomes={"board": outcome},
)
