"""Personal data in a text, with the words it rests on; the patterns are those of the masking."""

from bot.domain.personal import found


def personal(text: str) -> tuple[tuple[str, str], ...]:
    """Kind and words of everything that leads to a person, from left to right."""
    return tuple((each.kind, text[each.start : each.end]) for each in found(text))
