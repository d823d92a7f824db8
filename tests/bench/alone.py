"""The plain reader alone, on one core, beside jieba and SnowNLP on the same texts.

Run as `python -m tests.bench.alone [FILE]`; FILE is the CSV of short messages. It prints a line of
JSON. Without a file the talk of the replay server is read.
"""

import csv
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.replay import TALK

NEAR = range(15, 26)
"""Characters of a message that is about twenty long."""
MOST, SOME = 2_000, 300
"""So many texts are read by the plain reader, and by the slow pair."""


def texts(file: Path | None) -> list[str]:
    """The texts to read, each different."""
    if file is None:
        return [f"{TALK[n % len(TALK)]}（{n}）" for n in range(MOST)]
    with file.open(encoding="utf-8", newline="") as rows:
        found = dict.fromkeys(row["text"] for row in csv.DictReader(rows))
    return [text for text in found if len(text) in NEAR][:MOST]


def median(read: Callable[[str], object], said: Sequence[str]) -> float:
    """Microseconds that half of the texts take at most."""
    spans = []
    for text in said:
        begun = time.perf_counter()
        read(text)
        spans.append(time.perf_counter() - begun)
    return statistics.median(spans) * 1e6


def resident(process: int | str = "self") -> float:
    """Peak resident MB of a process so far."""
    status = Path(f"/proc/{process}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def plain() -> Callable[[str], object]:
    """Reads a text as the bot does, after other messages."""
    from bot.analysis import reader_named
    from bot.domain.talk import Heard, Message

    reader = reader_named("plain")
    if reader is None:
        raise LookupError
    now, talk = datetime(2026, 11, 27, 2, tzinfo=UTC), list(enumerate(TALK))
    heard = [Heard(n, now, f"a{n % 5}", "", None, reader.read(Message(t), ())) for n, t in talk]
    return lambda text: reader.read(Message(text, at=now, author="a1"), heard)


def pair() -> Callable[[str], object]:
    """Words by jieba and mood by SnowNLP, as they come."""
    import jieba
    from snownlp import SnowNLP

    jieba.initialize()
    return lambda text: (jieba.lcut(text), SnowNLP(text).sentiments)


def main() -> None:
    """Loads, reads, and prints what it took."""
    said = texts(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    before, begun = resident(), time.perf_counter()
    ours = plain()
    ours(said[0])
    first, added = time.perf_counter() - begun, resident() - before
    median(ours, said[:SOME])
    naive = pair()
    naive(said[0])
    once, slow, again = median(ours, said), median(naive, said[:SOME]), median(ours, said)
    found = {
        "n": len(said),
        "first": first,
        "rss": added,
        "plain": (once + again) / 2,
        "naive": slow,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
