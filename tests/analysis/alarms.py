"""Every finding over labelled chats, on the terminal alone: `python -m tests.analysis.alarms DIR`.

Nobody labelled the chats for hazards, personal data or kinds, so a person reads the list and
judges. Each file is one group and one week.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.analysis.plain import PlainReader
from bot.domain.talk import Message, Reading, TextKind

SHOWN = (TextKind.ADVERTISEMENT, TextKind.NOTICE, TextKind.FORWARD)


def read(folder: Path) -> Iterator[tuple[str, str, str, Reading]]:
    """File, role, text and reading of every message."""
    reader = PlainReader()
    for path in sorted((folder / "chat").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines()[1:]:
            _, _, _, role, _, text, *_ = line.split("\t")
            said = text.replace("⏎", "")
            yield path.stem, role, text, reader.read(Message(said), ())


def named(reading: Reading) -> Iterator[str]:
    """What of a reading is listed."""
    if reading.hazard:
        yield "hazard"
    yield from reading.personal
    if reading.kind in SHOWN:
        yield str(reading.kind)


def tell(*words: str) -> None:
    """One line on the terminal."""
    sys.stdout.write("\t".join(words) + "\n")


def main(folder: Path, wanted: frozenset[str]) -> None:
    """Lists what is wanted, or everything; then counts it a group-week."""
    weeks: set[str] = set()
    counts: Counter[str] = Counter()
    for week, role, text, reading in read(folder):
        weeks.add(week)
        for name in named(reading):
            counts[name] += 1
            if not wanted or name in wanted:
                tell(name, week, role, text, " ".join(reading.evidence))
    for name, count in sorted(counts.items()):
        tell(f"{name}: {count} in {len(weeks)} group-weeks")


if __name__ == "__main__":
    main(Path(sys.argv[1]), frozenset(sys.argv[2:]))
