"""The way out: letters → Telegram, in lanes, at Telegram's pace."""

from handlers.post.post import Post

__all__ = ["Post"]
