"""Learns every table again: `python -m bot.analysis.train --data DIR`."""

import argparse
import sys
from pathlib import Path

from bot.analysis.learn import answers, retelling
from bot.analysis.learn.chats import read_through
from bot.analysis.learn.corpus import NoData
from bot.analysis.learn.whole import Workshop
from bot.analysis.tables import HERE, save


def main() -> int:
    """Writes the tables; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.analysis.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of labelled texts")
    parser.add_argument("--out", type=Path, default=HERE, help="where the tables go")
    asked = parser.parse_args()
    try:
        workshop = Workshop(asked.data, say=_said)
    except NoData as missing:
        print(f"train: {missing}", file=sys.stderr)
        return 2
    asked.out.mkdir(parents=True, exist_ok=True)
    save("second", workshop.second_without(), asked.out)
    save("first", workshop.first_without(), asked.out)
    _whole_chats(workshop, asked.out)
    return 0


def _whole_chats(workshop: Workshop, out: Path) -> None:
    """The tables of answers and of claims, over readings by readers that never met the writer."""
    readings = {}
    for writer in workshop.writers:
        reader = workshop.reader_without(writer)
        for chat in workshop.of(writer):
            readings[chat.name] = [reading for _, reading in read_through(chat, reader)]
    _said("answers and claims")
    chats = workshop.chats
    save("answers", answers.learn([answers.laid(c, readings[c.name]) for c in chats]), out)
    save("retelling", retelling.learn([retelling.laid(c, readings[c.name]) for c in chats]), out)


def _said(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
