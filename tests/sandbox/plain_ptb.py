"""The same four bots in plain python-telegram-bot; only token and address are set."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    PollAnswerHandler,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE
Handler = Any


def echo() -> list[Handler]:
    """Says everything once more."""

    async def again(update: Update, context: Context) -> None:
        if update.message is not None:
            await update.message.reply_text(f"echo: {update.message.text}")

    return [MessageHandler(filters.TEXT, again)]


def keyboard() -> list[Handler]:
    """Shows two buttons and answers to a tap."""
    row = [InlineKeyboardButton(word, callback_data=word) for word in ("yes", "no")]

    async def start(update: Update, context: Context) -> None:
        if update.message is not None:
            await update.message.reply_text("Coming?", reply_markup=InlineKeyboardMarkup([row]))

    async def tapped(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is not None:
            await query.answer(f"You said {query.data}", show_alert=True)
            await query.edit_message_text(f"Answer: {query.data}")

    return [CommandHandler("start", start), CallbackQueryHandler(tapped)]


def poll() -> list[Handler]:
    """Opens a poll and names who voted."""

    async def opens(update: Update, context: Context) -> None:
        if update.message is not None:
            await update.message.reply_poll("Which way?", ["left", "right"], is_anonymous=False)

    async def voted(update: Update, context: Context) -> None:
        answer = update.poll_answer
        if answer is not None and answer.user is not None:
            text = f"{answer.user.first_name} chose {list(answer.option_ids)}"
            await context.bot.send_message(answer.user.id, text)

    return [CommandHandler("poll", opens), PollAnswerHandler(voted)]


def edit() -> list[Handler]:
    """Edits its own message, twice with the same text."""

    async def edits(update: Update, context: Context) -> None:
        if update.message is None:
            return
        sent = await update.message.reply_text("one")
        await sent.edit_text("<b>two</b>", parse_mode="HTML")
        with contextlib.suppress(BadRequest):
            await sent.edit_text("<b>two</b>", parse_mode="HTML")

    return [CommandHandler("edit", edits)]


@contextlib.asynccontextmanager
async def running(handlers: list[Handler], token: str, address: str) -> AsyncIterator[Bot]:
    """The bot polls while the block runs."""
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{address}/bot")
        .base_file_url(f"{address}/file/bot")
        .build()
    )
    application.add_handlers(handlers)
    async with application:
        await application.start()
        if application.updater is not None:
            await application.updater.start_polling(timeout=5)
        yield application.bot
        if application.updater is not None:
            await application.updater.stop()
        await application.stop()
