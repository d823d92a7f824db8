"""What one person sees: exactly that, and nothing more."""

from bot.sandbox.view.menu import menu
from bot.sandbox.view.phone import chat_list, view

__all__ = ["chat_list", "menu", "view"]
