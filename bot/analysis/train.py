"""Learns every table again: `python -m bot.analysis.train --data DIR`."""

import argparse
import sys
from functools import partial
from pathlib import Path

from bot.analysis.learn.confusion import draw
from bot.analysis.learn.corpus import NoData
from bot.analysis.learn.meaning import embedding
from bot.analysis.learn.measure import measured
from bot.analysis.learn.whole import Workshop
from bot.analysis.scores import STORED, store
from bot.analysis.tables import HERE, save


def main() -> int:
    """Writes the tables; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.analysis.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of labelled texts")
    parser.add_argument("--out", type=Path, default=HERE, help="where the tables go")
    parser.add_argument("--measure", action="store_true", help="measure them too (minutes more)")
    parser.add_argument("--pictures", type=Path, help="where confusion matrices are drawn")
    parser.add_argument("--keep", action="store_true", help="measure only; tables stay")
    asked = parser.parse_args()
    try:
        if not asked.keep:
            _learn(asked.data, asked.out)
        if asked.measure:
            _measure(asked)
    except NoData as missing:
        print(f"train: {missing}", file=sys.stderr)
        return 2
    return 0


def _learn(folder: Path, out: Path) -> None:
    workshop = Workshop(folder, _said, embedding())
    out.mkdir(parents=True, exist_ok=True)
    save("second", workshop.second_without(), out)
    save("first", workshop.first_without(), out)
    if workshop.meanings:
        save("meant-second", workshop.second_without(meant=True), out)
        save("meant-first", workshop.first_without(meant=True), out)
    else:
        _said("without linsheng[semantic] the tables that weigh meanings stay as they are")


def _measure(asked: argparse.Namespace) -> None:
    pictures = partial(draw, asked.pictures) if asked.pictures else lambda _: None
    rows = measured(asked.data, _said, embedding(), pictures)
    store(rows, asked.out / STORED.name)


def _said(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
