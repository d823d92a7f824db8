"""/privacy, /optout, /optin, /mydata, /forget; and the sweep."""

from telegram import Chat, Update

from bot.domain.basics import ChatId, Refusal
from bot.domain.letter import Card, Outcome
from bot.domain.privacy import PURGE, receipt_letter
from handlers.desks import Desks
from handlers.feature import Context, Entry, Feature, Work
from handlers.reply import opened, say, say_card, show, toast

PIECE = 3500


async def privacy(update: Update, context: Context) -> None:
    """What is kept, on one screen."""
    say_card(update, context, context.desks.privacy.notice())


async def start_privacy(update: Update, context: Context) -> None:
    """〔隐私详情〕 under the group's notice."""
    opened(update, context)
    say_card(update, context, context.desks.privacy.notice())


async def opt_out(update: Update, context: Context) -> None:
    """/optout or 〔不要分析我〕: at once."""
    _opt(update, context, out=True)


async def opt_in(update: Update, context: Context) -> None:
    """/optin: at once."""
    _opt(update, context, out=False)


def _opt(update: Update, context: Context, out: bool) -> None:
    chat = update.effective_chat
    group = None if chat is None or chat.type == Chat.PRIVATE else ChatId(chat.id)
    context.desks.privacy.opt(context.work, context.actor.id, group, out)
    key = "privacy.out" if out else "privacy.in"
    if update.callback_query is not None:
        toast(update, context, key, alert=True)
    else:
        say(update, context, key)


async def my_data(update: Update, context: Context) -> None:
    """Everything that is kept of the person who asks; in private only."""
    _only_private(update)
    say_card(update, context, context.desks.privacy.summary(context.work, context.actor.id))


async def forget(update: Update, context: Context) -> None:
    """What would go and what stays; in private only."""
    _only_private(update)
    say_card(update, context, context.desks.privacy.ask_forget(context.work, context.actor.id))


async def press(update: Update, context: Context) -> None:
    """A button of these."""
    desk, work, member = context.desks.privacy, context.work, context.actor.id
    match context.pressed.fields[:1]:
        case ("mydata",):
            show(update, context, desk.summary(work, member))
        case ("forget",):
            show(update, context, desk.ask_forget(work, member))
        case ("export",):
            _export(update, context)
        case ("sure",):
            receipt = desk.forget(work, member)
            work.letters.put(receipt_letter(context.new_id(), member, receipt))
        case _:
            show(update, context, Card("form.cancelled"))


def _export(update: Update, context: Context) -> None:
    whole = context.desks.privacy.export(context.work, context.actor.id)
    for at in range(0, len(whole), PIECE):
        say(update, context, "mydata.json", piece=whole[at : at + PIECE])


def _only_private(update: Update) -> None:
    chat = update.effective_chat
    if chat is None or chat.type != Chat.PRIVATE:
        raise Refusal("refuse.in_private")


def sweep(work: Work, desks: Desks, object: str) -> None:
    """Again and again, all day long."""
    desks.privacy.begin(work)


def forgotten(work: Work, desks: Desks, object: str, letter: str, what: Outcome) -> None:
    """The receipt is out: its row goes too."""
    chat = work.letters.chat_of(letter)
    if chat is not None:
        work.letters.erase(chat)


FEATURE = Feature(
    commands={
        "privacy": Entry(privacy),
        "optout": Entry(opt_out),
        "optin": Entry(opt_in),
        "mydata": Entry(my_data),
        "forget": Entry(forget),
    },
    triggers={
        "隐私": "privacy",
        "隱私": "privacy",
        "不要分析我": "optout",
        "恢复": "optin",
        "恢復": "optin",
        "我的数据": "mydata",
        "我的資料": "mydata",
        "删除我的数据": "forget",
        "刪除我的資料": "forget",
    },
    buttons={"oo": Entry(opt_out), "oi": Entry(opt_in), "pr": Entry(press)},
    starts={"privacy": Entry(start_privacy)},
    dues={PURGE: sweep},
    outcomes={"forgotten": forgotten},
)
