"""The labelled texts that the tables are learned from, as they lie in the data folder."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

CPED = "cped_dialogues_75pct.csv"
SMS, RUMOURS = "nus_sms_zh.csv", "rumor_ced.csv"
WRITTEN = Path(__file__).with_name("written")
"""Chats of our own, written and labelled for learning; no figure is measured on them."""
SHORT = WRITTEN / "short_messages.tsv"
"""Short messages of the corpus, each by its digest: the words are not ours."""
DIGEST = 16
PARTS = 2


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

    @property
    def judged(self) -> frozenset[str]:
        """Whom it judges, one way or the other."""
        return frozenset(target[:-1] for target in self.targets)


@dataclass(frozen=True, slots=True)
class Chat:
    """One group's week; `part` names the writers who are left out together."""

    name: str
    messages: tuple[Said, ...]
    part: str

    @property
    def first_answers(self) -> Mapping[int, int | None]:
        """The first answer of each question, None if none came."""
        firsts: dict[int, int | None] = {
            said.number: None for said in self.messages if said.asks == "1"
        }
        for said in reversed(self.messages):
            firsts |= {asked: said.number for asked in said.answers if asked in firsts}
        return firsts


def chats(folder: Path) -> tuple[Chat, ...]:
    """Every labelled chat, by name; each writer is a part. Raises `NoData`."""
    files = sorted((folder / "chat").glob("??.tsv"))
    if not files:
        raise NoData(f"{folder} holds no chat/*.tsv")
    return tuple(_chat(file, file.stem, file.stem[0]) for file in files)


def written(folder: Path | None = None) -> tuple[Chat, ...]:
    """Our own chats, by name. Writers are left out by halves: one by one would take hours."""
    files = sorted((folder or WRITTEN).glob("??.tsv"))
    writers = sorted({file.stem[0] for file in files})
    return tuple(
        _chat(file, f"own {file.stem}", f"own {writers.index(file.stem[0]) % PARTS}")
        for file in files
    )


def _chat(file: Path, name: str, part: str) -> Chat:
    lines = file.read_text("utf-8").split("\n")[1:]
    return Chat(name, tuple(_said(name, line) for line in lines if line), part)


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


def short_messages(folder: Path) -> list[tuple[str, str]]:
    """Each short message that was labelled here, with 1 where it needs an answer, else 0."""
    asks = dict(line.split("\t") for line in SHORT.read_text("utf-8").splitlines()[1:])
    texts = dict.fromkeys(row["text"] for row in rows(folder, SMS))
    known = {text: sha256(text.encode()).hexdigest()[:DIGEST] for text in texts}
    return [(text, asks[digest]) for text, digest in known.items() if digest in asks]


def without(chosen: Sequence[Chat], part: str) -> tuple[Chat, ...]:
    """The chats of everybody else."""
    return tuple(chat for chat in chosen if chat.part != part)


def split(
    found: Sequence[Mapping[str, str]], asked: str
) -> tuple[list[Mapping[str, str]], list[Mapping[str, str]]]:
    """The rows that are learned from, and those of the split that is asked."""
    return (
        [row for row in found if row["split"] != asked],
        [row for row in found if row["split"] == asked],
    )
