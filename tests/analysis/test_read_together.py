"""`linsheng read` takes some lines of a file at once, and finds the same in them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import pytest

from bot.roof import reading
from tests.analysis.test_read_command import ANSWER, ASKED, TOLD, chat, folder, read

__all__ = ["folder"]
TALK = (
    "明天上午几点停水？",
    "真是的，又停",
    TOLD,
    "真的假的",
    "物业说九点",
    "谢谢物业",
    "收到",
    "[捂脸]",
)


def at(minute: int) -> str:
    """A moment of one morning."""
    return (datetime(2026, 11, 23, 8, tzinfo=UTC) + timedelta(minutes=minute)).isoformat()


SPOKEN = (
    *(
        {"author": f"r{n % 3}", "text": text, "reply_to": n or None, "at": at(n)}
        for n, text in enumerate(TALK)
    ),
    b"{bad",
    *({"author": "r1", "text": text, "id": 7} for text in TALK),
    {"role": "property", "text": TOLD, "at": at(90)},
)


@pytest.mark.parametrize("together", [1, 4])
def test_a_file_is_read_the_same_however_many_lines_are_taken_at_once(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    path = chat(*SPOKEN)
    whole = read(capfdbinary, path, "--threads", "--claims")
    monkeypatch.setattr(reading, "TOGETHER", together)
    assert read(capfdbinary, path, "--threads", "--claims") == whole


def test_lines_before_one_that_cannot_be_read_are_read(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(file: BinaryIO) -> Iterator[bytes]:
        yield from file
        raise reading.UnreadableFile("cannot be read to its end (a bad disk)")

    path = chat(ASKED, ANSWER)
    monkeypatch.setattr(reading, "_lines", broken)
    status, found, said = read(capfdbinary, path)
    assert (status, [one["id"] for one in found]) == (2, [1, 2])
    assert said == "linsheng: chat.jsonl cannot be read to its end (a bad disk).\n"
