"""The labelled texts that the tables are learned from, as they lie in the data folder."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CPED = "cped_dialogues_75pct.csv"


class NoData(Exception):
    """The folder does not hold what is asked for; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Said:
    """One labelled message of a chat; `minute` counts from Monday midnight of the week told."""

    group: str
    number: int
    minute: int
    author: str
    role: str
    reply: int | None
    text: str
    mood: str
    asks: str
    answers: tuple[int, ...]
    claim: str
    targets: tuple[str, ...]
    cues: str


@dataclass(frozen=True, slots=True)
class Chat:
    """One group's week. `writer` is who wrote it; first answers by question, None if none came."""

    name: str
    messages: tuple[Said, ...]
    first_answers: Mapping[int, int | None]

    @property
    def writer(self) -> str:
        return self.name[0]


def chats(folder: Path) -> tuple[Chat, ...]:
    """Every labelled chat, by name. Raises `NoData`."""
    files = sorted((folder / "chat").glob("??.tsv"))
    if not files:
        raise NoData(f"{folder} holds no chat/*.tsv")
    return tuple(_chat(file) for file in files)


def _chat(file: Path) -> Chat:
    told = json.loads(file.with_suffix(".json").read_text("utf-8"))
    firsts = {int(n): known.get("first_answer") for n, known in told["questions"].items()}
    lines = file.read_text("utf-8").split("\n")[1:]
    return Chat(file.stem, tuple(_said(file.stem, line) for line in lines if line), firsts)


def _said(group: str, line: str) -> Said:
    n, minute, author, role, reply, text, mood, asks, answers, claim, target, cue = (
        "" if part == "-" and place not in (5, 6) else part
        for place, part in enumerate(line.split("\t"))
    )
    return Said(
        group,
        int(n),
        int(minute),
        author,
        role,
        int(reply) if reply else None,
        text.replace("⏎", "\n"),
        mood,
        asks,
        tuple(int(one) for one in answers.split(",") if one),
        claim,
        tuple(one for one in target.split(",") if one),
        cue,
    )


def rows(folder: Path, name: str) -> Iterator[Mapping[str, str]]:
    """The rows of one public corpus, CSV or TSV. Raises `NoData`."""
    path = folder / "text" / name
    tabs = path.suffix == ".tsv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(
                file,
                delimiter="\t" if tabs else ",",
                quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
            )
    except OSError as error:
        raise NoData(f"{path} cannot be read") from error


def without(chosen: Sequence[Chat], writer: str) -> tuple[Chat, ...]:
    """The chats of everybody else."""
    return tuple(chat for chat in chosen if chat.writer != writer)


def split(
    found: Sequence[Mapping[str, str]], asked: str
) -> tuple[list[Mapping[str, str]], list[Mapping[str, str]]]:
    """The rows that are learned from, and those of the split that is asked."""
    return (
        [row for row in found if row["split"] != asked],
        [row for row in found if row["split"] == asked],
    )
