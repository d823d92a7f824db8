"""The catalogue: the same things said in three languages, and everything from outside literal."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.basics import LANGS, Lang
from bot.domain.letter import Phrase
from handlers.say import hant
from handlers.say.texts import MissingText, catalogue, filled, placeholders, render

ZONE = "Asia/Shanghai"


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_says_the_same_things(lang: Lang) -> None:
    assert placeholders(lang) == placeholders("en")


def test_the_traditional_catalogue_is_current() -> None:
    kept = (hant.HERE / "zh-Hant.toml").read_text(encoding="utf-8")
    assert kept == hant.generated(), "run python -m handlers.say.hant"


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_is_longer_than_a_message(lang: Lang) -> None:
    assert all(len(text.encode("utf-16-le")) // 2 <= 4096 for text in catalogue(lang).values())


@given(st.text())
def test_a_string_from_outside_appears_literally(name: str) -> None:
    shown = filled("<b>{name}</b>", "en", ZONE, {"name": name}, plain=False)
    inside = shown.removeprefix("<b>").removesuffix("</b>")
    assert "<" not in inside
    assert inside.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == name


@given(st.text())
def test_a_toast_shows_the_string_itself(name: str) -> None:
    assert filled("{name}", "en", ZONE, {"name": name}, plain=True) == name


def test_a_moment_is_shown_in_the_zone_of_the_community() -> None:
    at = {"at": datetime(2026, 11, 24, 10, 30, tzinfo=UTC)}
    assert filled("{at}", "zh-Hans", ZONE, at, plain=True) == "11月24日(周二) 18:30"
    assert filled("{at}", "en", ZONE, at, plain=True) == "Tue 24 Nov 18:30"
    assert filled("{at:time}", "en", "UTC", at, plain=True) == "10:30"


def test_phrases_stand_on_lines_of_their_own() -> None:
    lines = (Phrase("denied.member"), Phrase("denied.member"))
    shown = filled("{lines}", "en", ZONE, {"lines": lines}, plain=True)
    assert shown.count("\n") == 1


def test_a_missing_value_is_an_error_and_never_a_gap() -> None:
    with pytest.raises(MissingText):
        render("en", ZONE, "no.such.text", {})
    with pytest.raises(MissingText):
        filled("{name}", "en", ZONE, {}, plain=False)
