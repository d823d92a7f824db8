"""Every command on a database that is old, new, damaged, locked or out of reach."""

from pathlib import Path

import pytest

from bot.__main__ import main
from storage.database import Database, open_engine
from storage.schema import HEAD, migrate, version_of
from tests.canary import CANARY
from tests.storage.test_schema import spoiled
from tests.test_command_line import NOW, database, folder, one_line

__all__ = ["database", "folder"]


@pytest.fixture(autouse=True)
def without_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor would start it each time, only to say that it works."""
    monkeypatch.setenv("LINSHENG_READING__SEMANTIC", "off")


CARE = (
    ["run"],
    ["doctor"],
    ["backup", "copy.db"],
    ["verify"],
    ["migrate"],
    ["digest", "--week", "2026-W47", "--out", "out"],
)


SPOILED = ("empty", "text", "cut off", "foreign", "newer", "older")


@pytest.mark.parametrize(
    ("arguments", "how"),
    [(a, how) for a in CARE for how in SPOILED if (a[0], how) != ("migrate", "older")],
)
def test_no_command_touches_a_file_that_is_not_of_this_version(
    database: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    how: str,
) -> None:
    monkeypatch.setenv("LINSHENG_TELEGRAM__TOKEN", CANARY)
    monkeypatch.setenv("LINSHENG_TELEGRAM__API_BASE_URL", "http://127.0.0.1:1")
    database.unlink()
    spoiled(database, how)
    before = database.read_bytes()
    assert main(arguments) == 2
    one_line(capsys)
    assert database.read_bytes() == before
    assert not Path("copy.db").exists()


def test_an_older_database_is_migrated_when_it_is_asked_for_and_kept_beside(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "data" / "linsheng.db"
    path.parent.mkdir()
    older(path)
    assert main(["migrate"]) == 0
    assert f"0001 → {HEAD}" in capsys.readouterr().out
    assert main(["verify"]) == 0
    assert version_of(folder / "data" / "linsheng.db.before-0001") == "0001"


def older(path: Path) -> None:
    """A real database of the first version."""
    engine = open_engine(path)
    migrate(engine, "0001")
    engine.dispose()


def test_a_backup_of_an_older_version_is_restored_and_brought_up(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older(Path("old.db"))
    before = Path("old.db").read_bytes()
    assert main(["restore", "old.db"]) == 0
    assert version_of(database) == HEAD
    assert Path("old.db").read_bytes() == before


def test_a_restore_that_fails_changes_nothing(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = Database(database, lambda: NOW)
    held.bind(b"x" * 32)
    held.checkpoint()
    held.close()
    assert main(["backup", "copy.db"]) == 0
    before = database.read_bytes()
    capsys.readouterr()
    assert main(["restore", "copy.db"]) == 2
    assert "key file" in one_line(capsys)
    assert database.read_bytes() == before
    assert not list(database.parent.glob("linsheng.db.re*"))


@pytest.mark.parametrize("arguments", CARE, ids=lambda arguments: arguments[0])
def test_a_path_that_cannot_be_is_refused_in_one_line(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
) -> None:
    (folder / "file").write_text("in the way")
    monkeypatch.setenv("LINSHENG_TELEGRAM__TOKEN", CANARY)
    monkeypatch.setenv("LINSHENG_TELEGRAM__API_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("LINSHENG_STORAGE__PATH", "file/inside.db")
    assert main(arguments) == 2
    one_line(capsys)


def test_a_backup_into_a_place_that_cannot_be_is_refused(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (database.parent / "file").write_text("in the way")
    assert main(["backup", "data/file/copy.db"]) == 2
    assert "cannot be written" in one_line(capsys)


def test_a_locked_database_is_said_to_be_busy(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINSHENG_TELEGRAM__TOKEN", CANARY)
    monkeypatch.setattr("storage.database.BUSY_MS", 10)
    with Database(database, lambda: NOW).work():
        assert main(["run"]) == 75
    assert "locked" in one_line(capsys)
