"""The control API: by it a test, or the page, plays people and reads what they see."""

from bot.sandbox.control.routes import routes

__all__ = ["routes"]
