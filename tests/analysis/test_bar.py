"""How far the reading of a file has come, on a terminal and in a log."""

import io
import os
import pty
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from bot.roof.bar import Bar

ROOT = Path(__file__).parents[2]


class Terminal(io.StringIO):
    """Keeps what was drawn."""

    def isatty(self) -> bool:
        return True


class Watch:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def test_a_terminal_sees_a_bar_grow_to_its_end(terminal: Terminal) -> None:
    with redirect_stderr(terminal):
        bar = Bar(1_000)
        for done in (0, 500, 1_000):
            bar.to(done)
        bar.end()
    drawn = terminal.getvalue().split("\r")
    assert drawn[1:] == [
        f"[{'':<30}]   0 %",
        f"[{'#' * 15:<30}]  50 %",
        f"[{'#' * 30}] 100 %\n",
    ]


def test_a_line_said_between_stands_alone_and_the_bar_comes_back(terminal: Terminal) -> None:
    with redirect_stderr(terminal):
        bar = Bar(1_000)
        bar.to(100)
        bar.say("line 7 is skipped")
        bar.to(100)
    assert "\r\033[Klinsheng: line 7 is skipped\n\r[" in terminal.getvalue()


def test_without_a_known_end_the_bar_says_how_much_was_read(terminal: Terminal) -> None:
    with redirect_stderr(terminal):
        Bar(0).to(2_500_000)
    assert "2.5 MB" in terminal.getvalue()


def test_a_bar_that_would_stand_among_the_output_is_not_drawn(terminal: Terminal) -> None:
    with redirect_stderr(terminal):
        bar = Bar(10, shown=False)
        bar.to(10)
        bar.end()
    assert terminal.getvalue() == ""


def test_a_log_hears_now_and_then_and_only_of_long_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watch = Watch()
    bar = Bar(100, seconds=watch)
    for second in range(15):
        watch.seconds = second
        bar.to(second)
    bar.end()
    assert capsys.readouterr().err == "linsheng:   2 % read\nlinsheng:  12 % read\n"


def test_reading_a_file_draws_the_bar_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "chat.jsonl").write_text('{"text": "早"}\nx\n{"text": "几点停水？"}\n', "utf-8")
    ours, theirs = pty.openpty()
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "read", "chat.jsonl"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    os.close(theirs)
    drawn = os.read(ours, 65_536).decode()
    os.close(ours)
    assert ended.returncode == 1
    assert ended.stdout.count(b"\n") == 2
    assert "line 2 is skipped" in drawn
    assert drawn.endswith("] 100 %\r\n")
