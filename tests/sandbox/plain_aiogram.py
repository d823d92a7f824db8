"""Four small bots in plain aiogram, as anybody writes them; only token and address are set."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputPollOption,
    Message,
    PollAnswer,
)


def echo() -> Dispatcher:
    """Says everything once more."""
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def again(message: Message) -> None:
        await message.answer(f"echo: {message.text}")

    return dispatcher


def keyboard() -> Dispatcher:
    """Shows two buttons and answers to a tap."""
    dispatcher = Dispatcher()
    row = [InlineKeyboardButton(text=word, callback_data=word) for word in ("yes", "no")]

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        markup = InlineKeyboardMarkup(inline_keyboard=[row])
        await message.answer("Coming?", reply_markup=markup)

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        await query.answer(f"You said {query.data}", show_alert=True)
        if isinstance(query.message, Message):
            await query.message.edit_text(f"Answer: {query.data}")

    return dispatcher


def poll() -> Dispatcher:
    """Opens a poll and names who voted."""
    dispatcher = Dispatcher()

    @dispatcher.message(Command("poll"))
    async def opens(message: Message) -> None:
        options: list[InputPollOption | str] = [InputPollOption(text="left"), "right"]
        await message.answer_poll("Which way?", options, is_anonymous=False)

    @dispatcher.poll_answer()
    async def voted(answer: PollAnswer, bot: Bot) -> None:
        if answer.user is not None:
            text = f"{answer.user.first_name} chose {answer.option_ids}"
            await bot.send_message(answer.user.id, text)

    return dispatcher


def edit() -> Dispatcher:
    """Edits its own message, twice with the same text."""
    dispatcher = Dispatcher()

    @dispatcher.message(Command("edit"))
    async def edits(message: Message) -> None:
        sent = await message.answer("one")
        await sent.edit_text("<b>two</b>", parse_mode="HTML")
        with contextlib.suppress(Exception):
            await sent.edit_text("<b>two</b>", parse_mode="HTML")

    return dispatcher


@contextlib.asynccontextmanager
async def running(dispatcher: Dispatcher, token: str, address: str) -> AsyncIterator[Bot]:
    """The bot polls while the block runs."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    bot = Bot(token, session=session)
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)
    )
    try:
        yield bot
    finally:
        await dispatcher.stop_polling()
        await polling
