"""The one PTB handler: it runs whatever entry of the roll intake has found."""

from typing import Any

from telegram import Update
from telegram.ext import Application, BaseHandler

from handlers.feature import Context


class Door(BaseHandler[Update, Context, None]):
    """Passes every update of a step to its entry."""

    def __init__(self) -> None:
        super().__init__(_enter)

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update)


async def _enter(update: Update, context: Context) -> None:
    found = context.step.found
    if found is not None:
        await found.entry.run(update, context)


def register(app: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """One handler in one group: nothing can run before or beside it."""
    app.add_handler(Door())
