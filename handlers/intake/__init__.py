"""The way in: Telegram's updates are kept first, confirmed then, and done one by one."""

from handlers.intake.order import Intake
from handlers.intake.poll import Poller, Stop

__all__ = ["Intake", "Poller", "Stop"]
