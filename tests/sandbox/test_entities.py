"""Marked-up text becomes plain text and entities, or is declined in Telegram's words."""

from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import parsed, utf16
from bot.sandbox.errors import ApiError

READ: list[tuple[str, str, str, list[tuple[str, int, int]]]] = [
    ("HTML", "<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("HTML", "😀 <u>x</u>", "😀 x", [("underline", 3, 1)]),
    ("HTML", "&lt;b&gt; &amp;amp; &#20320;", "<b> &amp; 你", []),
    ("HTML", '<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
    ("HTML", "<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
    ("HTML", '<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ("HTML", "  <b> a</b>  ", "a", [("bold", 0, 1)]),
    ("HTML", '<a href="tg://user?id=5">n</a>', "n", [("text_mention", 0, 1)]),
    ("MarkdownV2", "*a _b_* __c__ ~d~ ||e||", "a b c d e", [
        ("bold", 0, 3), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1),
        ("spoiler", 8, 1),
    ]),
    ("MarkdownV2", "`a.b` [t](http://x.y/\\))", "a.b t", [("code", 0, 3), ("text_link", 4, 1)]),
    ("MarkdownV2", "```py\nx.y\n```", "x.y", [("pre", 0, 3)]),
    ("MarkdownV2", ">q\n>r\nz", "q\nr\nz", [("blockquote", 0, 3)]),
    ("MarkdownV2", "**>q||", "q", [("expandable_blockquote", 0, 1)]),
    ("MarkdownV2", "1\\. \\*", "1. *", []),
    ("Markdown", "*a* _b_ `c` [t](http://x.y) a_b_c", "a b c t abc", [
        ("bold", 0, 1), ("italic", 2, 1), ("code", 4, 1), ("text_link", 6, 1), ("italic", 9, 1),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "text", "plain", "marks"), READ)
def test_marked_up_text_is_read(
    mode: str, text: str, plain: str, marks: list[tuple[str, int, int]]
) -> None:
    found, entities = parsed(text, mode, None)
    assert found == plain
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == marks


WRONG = [
    ("HTML", "<x>", 'Unsupported start tag "x" at byte offset 0'),
    ("HTML", "你<x>", 'Unsupported start tag "x" at byte offset 3'),
    ("HTML", "<b>", 'Can\'t find end tag corresponding to start tag "b"'),
    ("HTML", "a</b>", "Unexpected end tag at byte offset 1"),
    ("HTML", "<b></i>", 'Unmatched end tag at byte offset 3, expected "</b>", found "</i>"'),
    ("HTML", "<b", 'Unclosed start tag "b" at byte offset 0'),
    ("HTML", "1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("HTML", "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("MarkdownV2", "1.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    (
        "MarkdownV2",
        "a > b",
        "Character '>' is reserved and must be escaped with the preceding '\\'",
    ),
    ("MarkdownV2", "_a", "Can't find end of Italic entity at byte offset 0"),
    ("MarkdownV2", "你*a", "Can't find end of Bold entity at byte offset 3"),
    ("MarkdownV2", "[a](b", "Can't find end of a URL at byte offset 4"),
    ("Markdown", "snake_case", "Can't find end of the entity starting at byte offset 5"),
]


@pytest.mark.parametrize(("mode", "text", "words"), WRONG)
def test_what_cannot_be_read_is_declined_in_telegrams_words(
    mode: str, text: str, words: str
) -> None:
    with pytest.raises(ApiError) as declined:
        parsed(text, mode, None)
    assert declined.value.description == f"Bad Request: can't parse entities: {words}"


def test_another_parse_mode_is_declined() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        parsed("x", "BBCode", None)


FOUND = [
    ("/help@linsheng_bot now", [("bot_command", "/help@linsheng_bot")]),
    ("请用/help", []),
    ("a/b /c/d", []),
    ("你好 @li_wei，在吗", [("mention", "@li_wei")]),
    ("写信 a.b@example.org。", [("email", "a.b@example.org")]),
    ("看 https://example.org/x?y=1, 好", [("url", "https://example.org/x?y=1")]),
    ("example.com 和 file.txt", [("url", "example.com")]),
    ("#停水 通知 #123", [("hashtag", "#停水")]),
    ("😀 #a", [("hashtag", "#a")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_telegram_finds_these_by_itself(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(e["type"], piece(text, e)) for e in parsed(text, None, None)[1]] == expected


def piece(text: str, entity: dict[str, Any]) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode(
        "utf-16-le"
    )


def test_nothing_is_found_inside_code() -> None:
    _, entities = parsed("<code>/help @li_wei</code>", "HTML", None)
    assert [e["type"] for e in entities] == ["code"]


def test_an_entity_past_the_end_is_declined() -> None:
    given_ = [{"type": "bold", "offset": 1, "length": 5}]
    with pytest.raises(ApiError, match="entity beginning at UTF-16 offset 1 ends after the end"):
        parsed("abc", None, given_)


PIECES = st.text(max_size=12) | st.sampled_from(
    [
        "<",
        ">",
        "</",
        "<b>",
        "</b>",
        "*",
        "_",
        "__",
        "~",
        "||",
        "`",
        "```",
        "[",
        "](",
        ")",
        ">",
        "\\",
        "&",
        "😀",
    ]
)


@given(
    st.lists(PIECES, max_size=12).map("".join),
    st.sampled_from([None, "HTML", "MarkdownV2", "Markdown"]),
)
def test_any_text_is_read_or_declined_and_offsets_lie_inside(text: str, mode: str | None) -> None:
    try:
        plain, entities = parsed(text, mode, None)
    except ApiError as declined:
        assert declined.code == 400  # noqa: PT017 - both ends are right
        return
    for entity in entities:
        assert entity["offset"] >= 0
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= utf16(plain)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30))
def test_html_marks_exactly_the_words_it_encloses(words: str) -> None:
    plain, entities = parsed(f"😀<b>{escape(words, quote=False)}</b>", "HTML", None)
    [bold] = [e for e in entities if e["type"] == "bold"]
    assert (plain, piece(plain, bold)) == (f"😀{words}", words)
