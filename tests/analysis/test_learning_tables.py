"""Learning the tables and measuring them, on a small folder of made-up labelled texts."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.__main__ import main as linsheng
from bot.analysis import meaning_reader, scores, tables, trained_reader
from bot.analysis.context import context
from bot.domain.talk import Message
from tests import machine
from tests.analysis.small import made

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(not machine.LEARNS, reason="scikit-learn is not installed"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("labelled") / "data")
    (folder / "own").mkdir()
    for name in ("c1", "c2"):
        shutil.copy(
            folder / f"chat/{name}.tsv", folder / f"own/{'z' if name == 'c1' else 'y'}1.tsv"
        )
    return folder


@pytest.fixture(autouse=True)
def small_and_quick(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.analysis.learn.corpus.WRITTEN", data / "own")
    for module in ("bot.analysis.train", "bot.analysis.learn.meaning"):
        monkeypatch.setattr(f"{module}.embedding", lambda: None)
    monkeypatch.setattr("bot.analysis.learn.score.DRAWS", 3)


@pytest.fixture(params=["small", pytest.param("whole", marks=pytest.mark.slow)])
def forests(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How large the forests grow, and how often chance is asked how sure a figure is."""
    if request.param == "small":
        monkeypatch.setattr("bot.analysis.learn.score.DRAWS", 1)
        monkeypatch.setattr("bot.analysis.learn.second.ROUNDS", 8)
        monkeypatch.setattr("bot.analysis.learn.second.BINS", 4)


def directions(texts: list[str]) -> npt.NDArray[np.float32]:
    """Texts with the same characters point the same way."""
    found = np.zeros((len(texts), 16), np.float32)
    for row, text in enumerate(texts):
        np.add.at(found[row], [ord(one) % 16 for one in text], 1)
    pointing: npt.NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return pointing


def trained(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    from bot.analysis import train

    monkeypatch.setattr(sys, "argv", ["train", *words])
    return train.main()


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.usefixtures("forests")
def test_the_same_texts_make_the_same_tables_and_they_read(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        assert trained(monkeypatch, "--data", str(data), "--out", str(tmp_path / name)) == 0
    first = (tmp_path / "one/hashes.json").read_text()
    assert first == (tmp_path / "two/hashes.json").read_text()

    monkeypatch.setattr(tables, "HERE", tmp_path / "one")
    monkeypatch.setattr(tables, "HASHES", tmp_path / "one/hashes.json")
    reader = trained_reader("first", "second")
    assert reader.read(Message("请问电梯什么时候修好"), ()).asks > 0.5
    assert reader.read(Message("今天天气不错"), ()).asks < 0.5


@pytest.mark.slow
@pytest.mark.no_cover
def test_with_an_embedding_meanings_are_learned_weighed_and_measured(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.analysis.learn.second.ROUNDS", 8)
    monkeypatch.setattr("bot.analysis.learn.second.BINS", 4)
    monkeypatch.setattr("bot.analysis.train.embedding", lambda: directions)
    assert trained(monkeypatch, "--data", str(data), "--out", str(tmp_path), "--measure") == 0
    stored = json.loads((tmp_path / "scores.json").read_text())
    assert {row["task"] for row in stored if "meaning" in row["values"]} >= {"mood, macro-F1"}

    monkeypatch.setattr(tables, "HERE", tmp_path)
    monkeypatch.setattr(tables, "HASHES", tmp_path / "hashes.json")
    text, reader = "请问电梯什么时候修好", meaning_reader()
    place = context(Message(text), ())
    assert reader.placed(Message(text), place, directions([text])[0]).asks > 0.5
    assert reader.read(Message("今天天气不错"), ()).asks < 0.5


def test_a_table_that_was_changed_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(tables.HERE / "first.npz", tmp_path)
    (tmp_path / "hashes.json").write_text(json.dumps({"first": "0" * 64}))
    monkeypatch.setattr(tables, "HERE", tmp_path)
    monkeypatch.setattr(tables, "HASHES", tmp_path / "hashes.json")
    with pytest.raises(tables.BadTable, match="was changed"):
        tables.load("first")
    with pytest.raises(tables.BadTable, match="cannot be read"):
        tables.load("second")


def test_training_without_texts_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert trained(monkeypatch, "--data", str(tmp_path), "--out", str(tmp_path / "out")) == 2
    assert "holds no chat" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.usefixtures("forests")
def test_evaluate_measures_anew_where_there_are_texts(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert linsheng(["evaluate", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "mood, macro-F1" in said
    assert "rumour AUC" in said
    for reader in scores.READERS:
        assert reader in said


def test_evaluate_without_texts_shows_what_is_stored_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINSHENG_DATA", raising=False)
    assert linsheng(["evaluate"]) == 2
    said = capsys.readouterr()
    assert "mood, macro-F1" in said.out
    assert "stored figures" in said.err


def test_evaluate_on_a_folder_of_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert linsheng(["evaluate", "--data", str(tmp_path)]) == 2
    assert "holds no chat" in capsys.readouterr().err


def test_a_missed_mark_is_told_by_its_row() -> None:
    row = scores.Row("mood", "chats", 9, {"plain": 0.6}, must=0.63)
    assert row.missed
    assert "missed" in scores.shown([row])
    few = scores.Row("flagged", "chats", 9, {"plain": 0.01}, must=0.02, less_is_better=True)
    assert not few.missed
