"""The catalogue: every word the bot says, in three languages, with strict placeholders."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Formatter
from zoneinfo import ZoneInfo

from bot.domain.basics import Lang
from bot.domain.letter import Phrase, Value

WEEKDAYS = {
    "zh-Hans": "一二三四五六日",
    "zh-Hant": "一二三四五六日",
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


class MissingText(LookupError):
    """A key or a placeholder the catalogue does not have."""


@cache
def catalogue(lang: Lang) -> Mapping[str, str]:
    """All texts of one language by their dotted key."""
    source = files("handlers.say").joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    return dict(_flat("", tomllib.loads(source)))


def render(
    lang: Lang, zone: str, key: str, values: Mapping[str, Value], plain: bool = False
) -> str:
    """A text with its placeholders filled: HTML, or (for toasts and buttons) plain.

    Strings from outside appear literally, whatever they contain. Raises `MissingText`.
    """
    text = catalogue(lang).get(key)
    if text is None:
        raise MissingText(key)
    return filled(text, lang, zone, values, plain, key)


def elder_key(key: str, lang: Lang) -> str:
    """The key of the text in short lines for elderly people, where there is one."""
    return f"{key}_elder" if f"{key}_elder" in catalogue(lang) else key


def in_both(phrase: Phrase) -> str:
    """A text for whoever runs the bot: Chinese and English on one line."""
    both = [render(lang, "UTC", phrase.key, phrase.values, True) for lang in _BOTH]
    return " / ".join(both)


_BOTH: tuple[Lang, ...] = ("zh-Hans", "en")


def filled(
    text: str, lang: Lang, zone: str, values: Mapping[str, Value], plain: bool, key: str = ""
) -> str:
    """A text of the catalogue with each {name} replaced by its value. Raises `MissingText`."""
    return _Filler(lang, zone, plain).fill(key, text, values)


class _Filler(Formatter):
    def __init__(self, lang: Lang, zone: str, plain: bool) -> None:
        self._lang, self._zone, self._plain = lang, zone, plain

    def fill(self, key: str, text: str, values: Mapping[str, Value]) -> str:
        parts = []
        for literal, name, spec, _ in self.parse(text):
            parts.append(literal)
            if name is not None:
                if name not in values:
                    raise MissingText(f"{key}: {name}")
                parts.append(self._show(values[name], spec or ""))
        return "".join(parts)

    def _show(self, value: Value, spec: str) -> str:
        match value:
            case datetime():
                return self._moment(value, spec)
            case Phrase():
                return render(self._lang, self._zone, value.key, value.values, self._plain)
            case tuple():
                return "\n".join(self._show(phrase, "") for phrase in value)
            case int():
                return str(value)
            case _:
                return value if self._plain else escape(value, quote=False)

    def _moment(self, value: datetime, spec: str) -> str:
        local = value.astimezone(ZoneInfo(self._zone))
        if spec == "time":
            return f"{local:%H:%M}"
        day = WEEKDAYS[self._lang][local.weekday()]
        if self._lang == "en":
            date = f"{day} {local.day} {local:%b}"
        else:
            date = f"{local.month}月{local.day}日(周{day})"
        return date if spec == "date" else f"{date} {local:%H:%M}"


def placeholders(lang: Lang) -> dict[str, frozenset[str]]:
    """The names each text of a language asks for."""
    return {
        key: frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
        for key, text in catalogue(lang).items()
    }


def _flat(prefix: str, tree: Mapping[str, object]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, node in tree.items():
        key = f"{prefix}{name}"
        if isinstance(node, str):
            flat.append((key, node))
        elif isinstance(node, dict):
            flat.extend(_flat(f"{key}.", node))
    return flat
