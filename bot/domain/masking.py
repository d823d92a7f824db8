"""What never stands in a matter: identity numbers, door numbers, plates, a resident's phone."""

from bot.domain.personal import ADDRESS, IDENTITY, PHONE, PLATE, Found, found

_MARKS = {PHONE: "【电话】", IDENTITY: "【证件号】", PLATE: "【车牌】", ADDRESS: "【门牌】"}
_ROUNDS = 8
"""A number may stand free only after its neighbour is hidden; so often it is looked for again."""


def masked(text: str, phones: bool = True) -> str:
    """The text with numbers hidden; a phone given as an answer stays where `phones` is false."""
    for _ in range(_ROUNDS):
        hidden = _hidden(text, [each for each in found(text) if phones or each.kind != PHONE])
        if hidden == text:
            break
        text = hidden
    return text


def part(text: str, start: int, end: int) -> str:
    """A piece of the text with everything in it hidden, as the whole text tells it."""
    inside = [each for each in found(text) if each.start < end and start < each.end]
    first = min([start, *(each.start for each in inside)])
    last = max([end, *(each.end for each in inside)])
    moved = [
        Found(each.kind, each.start - first, each.end - first, each.hidden - first)
        for each in inside
    ]
    return _hidden(text[first:last], moved)


def _hidden(text: str, every: list[Found]) -> str:
    parts, at = [], 0
    for each in every:
        parts += [text[at : each.hidden], _MARKS[each.kind]]
        at = each.end
    return "".join([*parts, text[at:]])
