"""The command line: every command on a real file, and one plain line for every wrong input."""

import os
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from bot.domain.audit import Entry
from bot.domain.basics import CommunityId, MemberId, pseudonyms
from bot.domain.people import Person
from storage.database import Database
from tests.canary import CANARY
from tests.crash.town import OWNER, Process, Town, wait_for
from tests.kept import first_file

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NEEDED = {
    "restore": ["copy.db"],
    "import": ["result.json"],
    "read": ["chat.jsonl"],
    "digest": ["--week", "2026-W47", "--out", "digests"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def database(folder: Path) -> Path:
    path = folder / "data" / "linsheng.db"
    path.parent.mkdir()
    path.write_bytes(first_file())
    path.chmod(0o600)
    return path


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr().err.strip()
    assert "\n" not in said
    assert said.startswith("linsheng: ")
    return said


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"example: linsheng {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["demo", "--port", "x"], ["demo", "--weeks", "0"], ["nothing"], []]
)
def test_wrong_arguments_end_with_status_2_and_one_plain_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "--help" in one_line(capsys)


@pytest.mark.parametrize("content", [None, "", "no database"])
def test_what_is_no_backup_is_refused_before_anything_is_made(
    folder: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    if content is not None:
        Path("copy.db").write_text(content)
    assert main(["restore", "copy.db"]) == 2
    assert "linsheng backup" in one_line(capsys)
    assert not (folder / "data").exists()


@pytest.mark.parametrize("name", ["verify", "migrate", "backup"])
def test_care_of_a_missing_database_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main([name]) == 2
    assert "does not exist" in one_line(capsys)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_settings_that_are_not_there_or_wrong_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    more = NEEDED.get(name, [])
    assert main([name, "--config", "none.toml", *more]) == 2
    assert "does not exist" in one_line(capsys)
    (folder / "config.toml").write_text("[community]\nk = 3\n")
    assert main([name, *more]) == 2
    assert "community.k" in one_line(capsys)


def test_a_backup_is_a_whole_copy_and_never_overwrites(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "copy.db"]) == 0
    assert Path("copy.db").stat().st_mode & 0o077 == 0
    assert main(["backup", "copy.db"]) == 2
    capsys.readouterr()
    assert main(["backup"]) == 0
    assert "whole" in capsys.readouterr().out
    assert main(["verify"]) == 0
    assert main(["migrate"]) == 0


def test_a_restore_erases_again_whoever_was_erased_since(database: Path) -> None:
    assert main(["backup", "copy.db"]) == 0
    keyfile = database.parent / "linsheng.key"
    keyfile.write_bytes(b"k" * 32)
    keyfile.chmod(0o600)
    gone, stays = MemberId(987_654_321), MemberId(111)
    code = pseudonyms(b"k" * 32)(CommunityId(""), gone)
    with_people(Path("copy.db"), gone, stays)
    current = Database(database, lambda: NOW)
    with current.work() as work:
        work.people.note_erasure(code, NOW, "D1")
    current.close()
    assert main(["restore", "copy.db"]) == 0
    with closing(sqlite3.connect(database)) as restored:
        kept = {row[0] for row in restored.execute("SELECT member FROM people")}
    assert kept == {stays}
    assert list(database.parent.glob("linsheng.db.replaced-*"))


def with_people(path: Path, *members: MemberId) -> None:
    copy = Database(path, lambda: NOW)
    with copy.work() as work:
        for member in members:
            work.people.put_person(Person(member, "en", reachable=True))
    copy.checkpoint()
    copy.close()


@pytest.mark.parametrize("what", ["text", "chain", "bits"])
def test_a_damaged_database_is_named_and_not_restored(
    database: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    audited = Database(database, lambda: NOW)
    with audited.work() as work:
        for n in range(3):
            work.audit.append(Entry(CommunityId("c"), NOW, "a", "act", f"o:{n}"))
    audited.checkpoint()
    audited.close()
    if what == "chain":
        with closing(sqlite3.connect(database)) as other:
            other.execute("UPDATE audit SET act = 'other' WHERE seq = 2")
            other.commit()
    elif what == "text":
        database.write_text("no database")
    else:
        raw = bytearray(database.read_bytes())
        raw[4096:12288] = b"\xff" * 8192
        database.write_bytes(raw)
    assert main(["verify"]) == 2
    one_line(capsys)
    assert main(["restore", str(database)]) == 2


def test_the_doctor_says_what_to_do_without_a_token(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 2
    said = capsys.readouterr()
    assert "token" in said.out
    assert "does not exist" in said.err
    assert list(folder.iterdir()) == []


def test_the_doctor_of_a_database_nobody_swept_says_so(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 1
    assert "BAD" in capsys.readouterr().out


def test_headless_weeks_give_a_scorecard_without_a_refused_call(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert main(["demo", "--headless", "--report", "out"]) == 0
    said = capsys.readouterr().out
    assert '"calls_refused": {}' in said
    assert '"updates_quarantined": 0' in said
    assert Path("out/scorecard.json").read_text("utf-8") == said


def test_the_demo_leaves_nothing_behind_when_it_is_told_to_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(folder / "scratch"))
    demo = Process(folder, "demo", "demo", "--port", "0")
    demo.start()
    wait_for(lambda: "The page is at" in demo.said(), 60)
    assert demo.ends() == 0
    assert list((folder / "scratch").iterdir()) == []


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


def _watchdogs() -> list[threading.Thread]:
    """Whoever would end this process, should nothing be handled for long."""
    return [thread for thread in threading.enumerate() if thread.name == "watchdog"]


def test_the_bot_runs_until_it_is_told_to_end(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(town.folder)

    def end() -> None:
        town.ready()
        town.post("users", first_name="陈雪", id=OWNER)
        town.post("start", user=OWNER, bot=town.id)
        wait_for(lambda: any("邻声" in m["text"] for m in town.messages(OWNER)))
        os.kill(os.getpid(), signal.SIGTERM)

    teller = threading.Thread(target=end)
    teller.start()
    assert main(["run", "--config", "config.toml"]) == 0
    teller.join()
    for thread in _watchdogs():
        thread.join(1)
    assert not _watchdogs()
    assert main(["doctor"]) == 0
    assert "linsheng_bot" in capsys.readouterr().out


def test_a_rejected_token_ends_the_bot_with_one_plain_line(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    town.http.post(f"/bot{CANARY}/getMe")
    town.post("bots", bot=town.id, revoked=True)
    monkeypatch.chdir(town.folder)
    assert main(["run", "--config", "config.toml"]) == 78
    said = capsys.readouterr()
    assert "BotFather" in said.err
    assert CANARY not in said.err + said.out


def test_a_second_bot_on_the_same_database_is_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    town.start_bot()
    wait_for(lambda: "ready as" in town.bot.said())
    monkeypatch.chdir(town.folder)
    assert main(["run", "--config", "config.toml"]) == 2
    assert "another Linsheng works" in one_line(capsys)
