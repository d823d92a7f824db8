"""陈雪 judges what chance drew of the week; a question mark is all she goes by."""

from bot.sandbox.actors import Chat, Message
from bot.sandbox.week.cast import Cast

MOST = 40
YES, NO = ("是问题", "需要核实"), ("不是问题", "不需要")


async def spot_checked(cast: Cast) -> None:
    """She begins when she is asked to, and goes on until nothing is left."""
    private = cast.private(cast.chen)
    if not await cast.taps(cast.chen, "开始", private):
        return
    for _ in range(MOST):
        copy = _copy(private)
        if copy is None:
            return
        claim = "需要核实" in str(copy.markup)
        real = not claim and "？" in str(copy.body.get("text", ""))
        await cast.taps(cast.chen, (YES if real else NO)[claim], private)


def _copy(private: Chat) -> Message | None:
    """The message that waits for her word."""
    waiting = (m for m in private.messages.values() if "说不准" in str(m.markup))
    return max(waiting, key=lambda m: m.id, default=None)
