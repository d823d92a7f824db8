"""The frame the tests stand in: it hears the canary, stays inside, and says what it left out."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests import canary, machine

ROOT = Path(__file__).parent.parent
SUITE = """
import os, pytest, socket
from tests.canary import CANARY, hear

def test_all_is_well(): pass

@pytest.mark.slow
def test_the_long_way(): pass

@pytest.mark.chromium
def test_the_page(): pass

def test_the_data(data_folder): pass

@pytest.mark.skipif("{mode}" != "print", reason="says nothing")
def test_the_blabber(): print("token", CANARY)

@pytest.mark.skipif("{mode}" != "print", reason="has no child")
def test_the_parent(): hear(CANARY, "a child")

@pytest.mark.skipif("{mode}" != "keep", reason="keeps nothing")
def test_the_hoarder(tmp_path): (tmp_path / "a.db").write_text(CANARY)

@pytest.mark.skipif("{mode}" != "call", reason="calls nobody")
def test_the_caller():
    try:
        socket.create_connection(("192.0.2.1", 80))
    except BaseException:
        pass
"""


def run(tmp_path: Path, mode: str, *more: str, **environ: str) -> tuple[int, str]:
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_it.py").write_text(SUITE.replace("{mode}", mode))
    settings = ("-c", str(ROOT / "pyproject.toml"), f"--rootdir={tmp_path}")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:hypothesispytest",
            *settings,
            *more,
            str(tmp_path),
        ],
        cwd=ROOT,
        env={"PATH": "/nowhere", "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_last_lines_say_what_was_not_run_and_why(tmp_path: Path) -> None:
    code, said = run(tmp_path, "none")
    assert code == 0
    assert "not run (1), slow; SLOW=1 runs them: test_it.py::test_the_long_way" in said
    assert "not run (1), wants a tool: Chromium is not installed (apt install chromium" in said
    assert "not run (1), needs the labelled data" in said
    assert said.splitlines()[-1].startswith("1 passed, 6 skipped, 1 deselected in")


def test_slow_tests_run_when_they_are_asked_for(tmp_path: Path) -> None:
    assert "2 passed" in run(tmp_path, "none", SLOW="1")[1]


def test_where_all_must_run_a_missing_tool_fails_the_run(tmp_path: Path) -> None:
    code, said = run(tmp_path, "none", LINSHENG_STRICT="1")
    assert code == 1
    assert "FAILED: no test may be left out here: wants a tool: Chromium" in said
    assert "left out here: needs the labelled data" not in said


def test_a_token_that_is_printed_fails_the_run(tmp_path: Path) -> None:
    code, said = run(tmp_path, "print")
    assert code == 1
    assert "FAILED: the canary token was printed by test_it.py::test_the_blabber" in said
    assert "FAILED: the canary token was printed by a child" in said


def test_what_workers_hear_and_leave_out_is_told_as_if_there_were_none(tmp_path: Path) -> None:
    code, said = run(tmp_path, "print", "-n", "2", LINSHENG_STRICT="1")
    assert code == 1
    assert "FAILED: the canary token was printed by test_it.py::test_the_blabber" in said
    assert "FAILED: the canary token was printed by a child" in said
    assert "FAILED: no test may be left out here: wants a tool: Chromium" in said
    assert said.count("not run (1), slow; SLOW=1 runs them: test_it.py::test_the_long_way") == 1
    assert said.count("not run (1), needs the labelled data") == 1


def test_a_token_that_a_worker_kept_fails_the_run(tmp_path: Path) -> None:
    code, said = run(tmp_path, "keep", "-n", "2")
    assert code == 1
    assert "the canary token stands in ['a.db']" in said


def test_a_token_that_is_kept_fails_the_run(tmp_path: Path) -> None:
    code, said = run(tmp_path, "keep")
    assert code == 1
    assert "the canary token stands in ['a.db']" in said


def test_a_swallowed_call_to_the_outside_fails_the_test(tmp_path: Path) -> None:
    code, said = run(tmp_path, "call")
    assert code == 1
    assert "called ['192.0.2.1']" in said


def test_no_test_reaches_another_machine(outside_calls: list[str]) -> None:
    with socket.socket() as way, pytest.raises(machine.OutsideCall):
        way.connect(("192.0.2.1", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as way, pytest.raises(machine.OutsideCall):
        way.sendto(b"", ("192.0.2.1", 80))
    with pytest.raises(machine.OutsideCall):
        socket.getaddrinfo("api.telegram.org", 443)
    assert outside_calls == ["192.0.2.1", "192.0.2.1", "api.telegram.org"]
    outside_calls.clear()


def test_this_machine_may_be_called() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    left, right = socket.socketpair()
    left.close()
    right.close()
    assert socket.getaddrinfo("localhost", 80)
    assert socket.getaddrinfo("::1", 80)


def test_settings_of_whoever_runs_the_tests_do_not_reach_them() -> None:
    assert {name for name in os.environ if name.startswith("LINSHENG_")} <= {"LINSHENG_DATA"}


def test_the_canary_has_the_shape_of_a_token() -> None:
    assert len(canary.SECRET) == 35
    assert canary.hear("nothing", "here") == "nothing"
