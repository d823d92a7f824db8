"""Confusion matrices as pictures: what a text is, and what it was taken for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from bot.analysis.learn.chats import Pair
from bot.domain.talk import ASKS, Mood

CELL, LEFT, TOP = 96, 150, 92
WORDS = {"-": "negative", "0": "neutral", "+": "positive"}


def draw(folder: Path, read: Mapping[str, Sequence[Pair]]) -> None:
    """Writes the pictures of mood and question for one reader's chats."""
    pairs = [pair for chat in read.values() for pair in chat]
    moods = Counter((WORDS[said.mood], WORDS[_told(found.mood)]) for said, found in pairs)
    asks = Counter(
        ("asks" if s.asks == "1" else "asks nothing", "asks" if f.asks >= ASKS else "asks nothing")
        for s, f in pairs
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, labels, counts in (
        ("mood", tuple(WORDS.values()), moods),
        ("question", ("asks", "asks nothing"), asks),
    ):
        (folder / f"confusion-{name}.svg").write_text(svg(name, labels, counts), "utf-8")


def _told(mood: Mood) -> str:
    return "0" if mood is Mood.UNKNOWN else mood.value


def svg(title: str, labels: Sequence[str], counts: Mapping[tuple[str, str], int]) -> str:
    """Rows are the truth, columns what was read; darker is a larger share of its row."""
    side = len(labels) * CELL
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + side + 20}"'
        f' height="{TOP + side + 20}" font-family="sans-serif" font-size="15">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="12" y="26" font-size="18">{escape(title)}: truth in rows</text>',
    ]
    for n, label in enumerate(labels):
        middle = n * CELL + CELL // 2
        parts.append(_text(LEFT + middle, TOP - 12, label, "middle"))
        parts.append(_text(LEFT - 10, TOP + middle + 5, label, "end"))
    for row, truth in enumerate(labels):
        total = sum(counts.get((truth, label), 0) for label in labels) or 1
        for column, label in enumerate(labels):
            count = counts.get((truth, label), 0)
            parts += _cell(LEFT + column * CELL, TOP + row * CELL, count, count / total)
    return "\n".join([*parts, "</svg>", ""])


def _cell(x: int, y: int, count: int, share: float) -> list[str]:
    shade = round(255 - 175 * share)
    ink = "white" if share > 0.6 else "black"
    return [
        f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" stroke="#888"'
        f' fill="rgb({shade},{shade},255)"/>',
        _text(x + CELL // 2, y + 44, str(count), "middle", ink),
        _text(x + CELL // 2, y + 66, f"{share:.0%}", "middle", ink),
    ]


def _text(x: int, y: int, words: str, anchor: str, ink: str = "black") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{ink}">{escape(words)}</text>'
