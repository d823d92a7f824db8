"""Only a database that is ours and whole is opened; everything else stays untouched."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from storage.lock import Running, hold
from storage.schema import HEAD, BadDatabase, prepare, require, version_of
from storage.tables import metadata


def test_a_new_database_is_whole_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "a.db"
    prepare(path)
    assert version_of(path) == HEAD
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    prepare(path)
    assert {p.name for p in path.parent.iterdir()} <= {"a.db", "a.db-shm", "a.db-wal"}


def test_the_migrations_yield_exactly_the_tables(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    path = tmp_path / "a.db"
    prepare(path)
    with create_engine(f"sqlite:///{path}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def spoiled(path: Path, how: str) -> None:
    prepare(path)
    whole = path.read_bytes()
    match how:
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("this is a letter, not a database")
        case "cut off":
            path.write_bytes(whole[:5000])
        case "scrambled":
            path.write_bytes(whole[:100] + bytes(len(whole) - 100))
        case "foreign":
            path.unlink()
            with closing(sqlite3.connect(path)) as other:
                other.execute("CREATE TABLE guests (name TEXT)")
                other.commit()
        case "newer":
            with closing(sqlite3.connect(path)) as other:
                other.execute("UPDATE alembic_version SET version_num = '9999'")
                other.commit()
        case "older":
            with closing(sqlite3.connect(path)) as other:
                other.execute("UPDATE alembic_version SET version_num = '0001'")
                other.commit()
        case "no version":
            with closing(sqlite3.connect(path)) as other:
                other.execute("DELETE FROM alembic_version")
                other.commit()


@pytest.mark.parametrize(
    "how", ["empty", "text", "cut off", "scrambled", "foreign", "newer", "older", "no version"]
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line_and_left_alone(
    tmp_path: Path, how: str
) -> None:
    path = tmp_path / "a.db"
    spoiled(path, how)
    before = path.read_bytes()
    with pytest.raises(BadDatabase) as refused:
        prepare(path)
    assert "\n" not in str(refused.value)
    assert path.read_bytes() == before


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(BadDatabase, match="does not exist"):
        require(tmp_path / "none.db")


def test_a_write_ahead_log_that_is_gone_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    prepare(path)
    Path(f"{path}-wal").unlink(missing_ok=True)
    prepare(path)
    assert version_of(path) == HEAD


def test_two_processes_never_work_with_one_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    program = (
        "import sys; from pathlib import Path; from storage.lock import hold\n"
        "with hold(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Running, match=str(other.pid)), hold(path):
            pass
        other.communicate("")
    with hold(path):
        pass
