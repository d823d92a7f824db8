"""How well the reading room reads: measured anew on labelled texts, or as it was measured."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from bot.analysis.scores import shown, stored
from bot.roof.wiring import refuse

DATA = "LINSHENG_DATA"


def evaluate(folder: Path | None, plain: bool = False) -> int:
    """Prints the table; without data the stored one, and status 2. `plain` leaves meanings out."""
    named = folder or (Path(os.environ[DATA]) if os.environ.get(DATA) else None)
    if named is None:
        print(shown(stored()))
        return refuse(f"these are the stored figures; name labelled texts with --data or {DATA}.")
    if find_spec("sklearn") is None:
        return refuse("measuring anew needs scikit-learn: pip install 'linsheng[learn]'.")
    return _measured(named, plain)


def _measured(folder: Path, plain: bool) -> int:
    from bot.analysis.learn.cores import in_one_order
    from bot.analysis.learn.corpus import NoData
    from bot.analysis.learn.meaning import embedding
    from bot.analysis.learn.measure import measured

    try:
        with in_one_order():
            rows = list(measured(folder, _said, None if plain else embedding()))
    except NoData as missing:
        return refuse(f"{missing}.")
    print(shown(rows))
    return 0


def _said(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
