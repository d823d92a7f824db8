"""The cases are well formed, many, and none stands there twice."""

from pathlib import Path

import pytest

from bot.domain.talk import TextKind

CASES = Path(__file__).parent / "cases"
PERSONAL = ("phone", "identity", "plate", "address")


def rows(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()[1:]
    return [(label, text) for label, text in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(
    ("name", "heading", "least"),
    [("hazard.tsv", "hazard", 240), ("personal.tsv", "kinds", 240), ("kind.tsv", "kind", 300)],
)
def test_cases_are_many_and_each_stands_once(name: str, heading: str, least: int) -> None:
    assert (CASES / name).read_text("utf-8").startswith(f"{heading}\ttext\n")
    texts = [text for _, text in rows(name)]
    assert len(texts) >= least
    assert len(set(texts)) == len(texts)
    assert all(text == text.strip() != "" for text in texts)


def test_half_of_the_hazards_are_none() -> None:
    labels = [label for label, _ in rows("hazard.tsv")]
    assert set(labels) == {"0", "1"}
    assert 0.45 <= labels.count("1") / len(labels) <= 0.55


@pytest.mark.parametrize("kind", PERSONAL)
def test_every_kind_of_personal_data_has_forty_cases(kind: str) -> None:
    kinds = [label.split(",") for label, _ in rows("personal.tsv")]
    assert sum(kind in each for each in kinds) >= 40
    assert all(each == ["-"] or each == [k for k in PERSONAL if k in each] for each in kinds)


@pytest.mark.parametrize("kind", list(TextKind))
def test_every_kind_of_text_has_forty_five_cases(kind: TextKind) -> None:
    labels = [TextKind(label) for label, _ in rows("kind.tsv")]
    assert labels.count(kind) >= 45
