"""The table of figures: what was measured, by whom, and what it had to reach."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

STORED = Path(__file__).parent / "tables" / "scores.json"
READERS = ("naive", "retrained", "lexicon", "plain", "meaning")
"""jieba and SnowNLP as they come; SnowNLP learned again; rules; our tables; with embeddings."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure for each reader; an interval is of the newest reader that has one."""

    task: str
    data: str
    count: int
    values: dict[str, float]
    low: float | None = None
    high: float | None = None
    must: float | None = None
    must_with_meaning: float | None = None
    less_is_better: bool = False

    @property
    def missed(self) -> bool:
        """Whether a reader of ours does not reach its mark."""
        marks = (("plain", self.must), ("meaning", self.must_with_meaning))
        return any(
            mark is not None
            and name in self.values
            and (self.values[name] > mark if self.less_is_better else self.values[name] < mark)
            for name, mark in marks
        )


def stored() -> list[Row]:
    """The figures that were measured when the tables were made."""
    return [Row(**row) for row in json.loads(STORED.read_text("utf-8"))]


def store(found: Iterable[Row], path: Path = STORED) -> None:
    """Keeps figures beside their tables."""
    rows = [asdict(row) for row in found]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")


def shown(found: Sequence[Row]) -> str:
    """The figures as a table of plain text."""
    lines = [_line("task", "texts", READERS, "95 %", "mark")]
    data = ""
    for row in found:
        if row.data != data:
            data = row.data
            lines += ["", f"{data}:"]
        values = [f"{row.values[name]:.3f}" if name in row.values else "-" for name in READERS]
        interval = "" if row.low is None else f"{row.low:.2f}-{row.high:.2f}"
        marks = " / ".join(f"{m:g}" for m in (row.must, row.must_with_meaning) if m is not None)
        sign = "" if not marks else ("≤ " if row.less_is_better else "≥ ")
        tail = f"{sign}{marks}{'  missed' if row.missed else ''}"
        lines.append(_line(row.task, str(row.count), values, interval, tail))
    return "\n".join(lines)


def _line(task: str, count: str, values: Sequence[str], interval: str, mark: str) -> str:
    cells = "".join(f"{value:>10}" for value in values)
    return f"{task:<48}{count:>7}{cells}{interval:>12}  {mark}".rstrip()
