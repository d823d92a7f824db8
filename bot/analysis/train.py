"""Learns every table again: `python -m bot.analysis.train --data DIR`."""

import argparse
import sys
from pathlib import Path

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
    asked = parser.parse_args()
    try:
        workshop = Workshop(asked.data, _said, embedding())
    except NoData as missing:
        print(f"train: {missing}", file=sys.stderr)
        return 2
    asked.out.mkdir(parents=True, exist_ok=True)
    save("second", workshop.second_without(), asked.out)
    save("first", workshop.first_without(), asked.out)
    if workshop.meanings:
        save("meant-second", workshop.second_without(meant=True), asked.out)
        save("meant-first", workshop.first_without(meant=True), asked.out)
    else:
        _said("without linsheng[semantic] the tables that weigh meanings stay as they are")
    if asked.measure:
        store(measured(asked.data, _said, embedding()), asked.out / STORED.name)
    return 0


def _said(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
