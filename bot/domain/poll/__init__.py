"""Quick polls: Telegram's own, anonymous, hidden until they close."""

from bot.domain.poll.count import CountDesk
from bot.domain.poll.desk import PollDesk
from bot.domain.poll.values import CLOSE, KIND, RESULT, Counted, PollWork

__all__ = ["CLOSE", "KIND", "RESULT", "CountDesk", "Counted", "PollDesk", "PollWork"]
