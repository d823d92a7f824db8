"""Quick polls: Telegram's own, anonymous, hidden until they close."""

from bot.domain.poll.count import CountDesk
from bot.domain.poll.desk import PollDesk
from bot.domain.poll.values import CLOSE, DROP, KIND, LATE, RESULT, Counted, PollWork

__all__ = [
    "CLOSE",
    "DROP",
    "KIND",
    "LATE",
    "RESULT",
    "CountDesk",
    "Counted",
    "PollDesk",
    "PollWork",
]
