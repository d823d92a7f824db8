"""Learns every table again: `python -m bot.analysis.train --data DIR`."""

import argparse
import sys
from pathlib import Path

from bot.analysis.learn import answers, retelling
from bot.analysis.learn.confusion import draw
from bot.analysis.learn.cores import in_one_order
from bot.analysis.learn.corpus import NoData
from bot.analysis.learn.meaning import embedding
from bot.analysis.learn.measure import judged, read_by_all, read_plainly, rows_of
from bot.analysis.learn.whole import Workshop
from bot.analysis.learn.wholly import Read
from bot.analysis.scores import STORED, store
from bot.analysis.tables import HERE, save


def main() -> int:
    """Writes the tables; returns the exit status."""
    asked = _asked()
    try:
        with in_one_order():
            _train(asked)
    except NoData as missing:
        print(f"train: {missing}", file=sys.stderr)
        return 2
    return 0


def _train(asked: argparse.Namespace) -> None:
    workshop = Workshop(asked.data, _said, embedding(), asked.own)
    asked.out.mkdir(parents=True, exist_ok=True)
    read = (read_by_all if asked.measure else read_plainly)(workshop, _said)
    _learn(workshop, asked.out)
    _whole_chats(workshop, read["plain"], asked.out)
    if asked.measure:
        store(rows_of(workshop, read, asked.data, _said), asked.out / STORED.name)
    if asked.pictures:
        draw(asked.pictures, judged(workshop, read["plain"]))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.analysis.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of labelled texts")
    parser.add_argument("--own", type=Path, help="chats of our own to learn from, too")
    parser.add_argument("--out", type=Path, default=HERE, help="where the tables go")
    parser.add_argument("--measure", action="store_true", help="measure them too (minutes more)")
    parser.add_argument("--pictures", type=Path, help="where confusion matrices are drawn")
    return parser.parse_args()


def _learn(workshop: Workshop, out: Path) -> None:
    """The tables that read one message."""
    save("second", workshop.second_without(), out)
    save("first", workshop.first_without(), out)
    if workshop.meanings:
        save("meant-second", workshop.second_without(meant=True), out)
        save("meant", workshop.meant_without(), out)
    else:
        _said("without linsheng[semantic] the tables that weigh meanings stay as they are")


def _whole_chats(workshop: Workshop, read: Read, out: Path) -> None:
    """The tables of answers and of claims, over readings by readers that never met the writer."""
    _said("answers and claims")
    readings = {name: [reading for _, reading in pairs] for name, pairs in read.items()}
    chats = workshop.chats
    save("answers", answers.learn([answers.laid(c, readings[c.name]) for c in chats]), out)
    save("retelling", retelling.learn([retelling.laid(c, readings[c.name]) for c in chats]), out)


def _said(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
