"""What sort of text it is: a command, one more in a row, or what its signs weigh most for."""

import re

from bot.analysis.kinds.advertisement import ADVERTISEMENT
from bot.analysis.kinds.chain import is_chain
from bot.analysis.kinds.forward import FORWARD
from bot.analysis.kinds.notice import NOTICE
from bot.analysis.kinds.sign import ENOUGH, Signs
from bot.domain.talk import TextKind

CLEARLY = 3.0
_SIGNS = Signs(
    {
        TextKind.FORWARD: FORWARD,
        TextKind.NOTICE: NOTICE,
        TextKind.ADVERTISEMENT: ADVERTISEMENT,
    }
)
_COMMAND = re.compile(r"^/[^\W\d_][\w@]*(?:\s|$)")


def kind(text: str, forwarded: bool) -> TextKind:
    """The sort of a normal text; `forwarded` says that it came from elsewhere."""
    if _COMMAND.match(text):
        return TextKind.COMMAND
    found = _SIGNS.weigh(text)
    if forwarded:
        found[TextKind.FORWARD] += ENOUGH
    if is_chain(text, max(found[TextKind.FORWARD], found[TextKind.NOTICE]) < CLEARLY):
        return TextKind.CHAIN
    best = max(found, key=lambda each: found[each])
    return best if found[best] >= ENOUGH else TextKind.TALK
