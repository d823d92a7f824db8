"""/start, /help, /lang, /elder; and the answer to everything nobody else understands."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from telegram import Bot, BotCommand, BotCommandScope, Update
from telegram import (
    BotCommandScopeAllChatAdministrators as Admins,
)
from telegram import (
    BotCommandScopeAllGroupChats as Groups,
)
from telegram import (
    BotCommandScopeAllPrivateChats as Private,
)

from bot.domain.basics import Lang
from bot.domain.letter import Card
from bot.domain.people import Need
from handlers.errors import ANSWERS
from handlers.feature import Context, Entry, Feature
from handlers.reply import opened, say_card, show
from handlers.say.texts import render

log = logging.getLogger(__name__)

MENUS: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (Groups(), ("ask", "check", "board", "help", "privacy", "optout")),
    (Admins(), ("setup", "ask", "check", "board", "help", "privacy", "optout")),
    (
        Private(),
        ("ask", "my", "check", "digest", "help", "elder", "privacy"),
    ),
)


async def start(update: Update, context: Context) -> None:
    """They opened the private chat."""
    say_card(update, context, opened(update, context))


async def held(update: Update, context: Context) -> None:
    """They opened it because an answer waits here: the answer is enough."""
    opened(update, context)


async def help_(update: Update, context: Context) -> None:
    """What this person can do."""
    say_card(update, context, context.desks.welcome.help(context.work, context.actor.id))


async def lang(update: Update, context: Context) -> None:
    """Which language; `/lang en` says it at once."""
    words = context.words.strip()
    card = _speak(context, words) if words else context.desks.welcome.languages()
    say_card(update, context, card)


def _speak(context: Context, words: str) -> Card:
    """Changes the language; the very answer is in the new one."""
    card = context.desks.welcome.speak(context.work, context.actor.id, words)
    chosen = context.work.people.person(context.actor.id).lang
    context.step.actor = replace(context.actor, lang=chosen or context.lang)
    return card


async def elder(update: Update, context: Context) -> None:
    """Large letters, on or off."""
    say_card(update, context, context.desks.welcome.elder(context.work, context.actor.id))


async def start_elder(update: Update, context: Context) -> None:
    """〔长辈版〕 under the group's notice."""
    opened(update, context)
    person = context.work.people.person(context.actor.id)
    if not person.elder:
        await elder(update, context)


async def press(update: Update, context: Context) -> None:
    """A button of the welcome."""
    what, first, second = [*context.pressed.fields, "", "", ""][:3]
    show(update, context, _card(context, what, first, second))


def _card(context: Context, what: str, first: str, second: str) -> Card:
    desk, work, member = context.desks.welcome, context.work, context.actor.id
    match what:
        case "lang":
            return _speak(context, first)
        case "langs":
            return desk.languages()
        case "elder":
            return desk.elder(work, member)
        case "building":
            return desk.buildings(work, member)
        case "bld":
            return desk.live_in(work, member, first, second)
        case _:
            return desk.help(work, member)


async def otherwise(update: Update, context: Context) -> None:
    """Private words, pictures or voices that nobody asked for."""
    message = update.message
    desk = context.desks.welcome
    if message is not None and message.voice is not None:
        say_card(update, context, Card("start.voice"))
    elif message is not None and not message.text:
        say_card(update, context, Card("start.only_text"))
    else:
        card = desk.help(context.work, context.actor.id)
        say_card(update, context, Card("start.not_understood", card.rows))


def menus() -> Iterator[tuple[BotCommandScope, str, list[BotCommand]]]:
    """The slash menus: scope, language code ("" for all others), commands."""
    languages: tuple[tuple[str, Lang], ...] = (("", "zh-Hans"), ("en", "en"))
    for scope, names in MENUS:
        for code, said in languages:
            yield (
                scope,
                code,
                [
                    BotCommand(name, render(said, "UTC", f"commands.{name}", {}, plain=True))
                    for name in names
                ],
            )


async def publish_menus(bot: Bot) -> None:
    """Tells Telegram the menus; at start."""
    try:
        for scope, code, commands in menus():
            await bot.set_my_commands(commands, scope, code or None)
    except ANSWERS as error:
        log.warning("the menus could not be set (%s)", type(error).__name__)


FEATURE = Feature(
    commands={
        "start": Entry(start),
        "help": Entry(help_),
        "lang": Entry(lang),
        "elder": Entry(elder),
    },
    triggers={
        "帮助": "help",
        "幫助": "help",
        "语言": "lang",
        "語言": "lang",
        "长辈版": "elder",
        "長輩版": "elder",
        "大字": "elder",
    },
    buttons={"wl": Entry(press, Need.NONE)},
    starts={"held": Entry(held), "elder": Entry(start_elder)},
    otherwise=Entry(otherwise),
)
