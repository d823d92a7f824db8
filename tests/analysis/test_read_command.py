"""`linsheng read`: a file of messages in, a line of findings out for each."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.analysis import spans

ROOT = Path(__file__).parents[2]
ASKED = {
    "id": 1,
    "at": "2026-11-23T10:12:00+08:00",
    "author": "a1",
    "role": "resident",
    "reply_to": None,
    "text": "请问3号楼几点停水？",
}
ANSWER = {"id": 2, "author": "p1", "role": "property", "reply_to": 1, "text": "晚上八点到十点"}
MEGABYTE = 1_024 if sys.platform == "linux" else 1_048_576
"""In the unit in which the system counts memory."""
TOLD = "听说自来水里有毒，千万别喝，赶紧转发给家人"
SHAPE = {
    "id": int,
    "mood": dict,
    "complaint": bool,
    "question": dict,
    "claim": dict,
    "targets": list,
    "cues": list,
    "hazard": bool,
    "personal_data": list,
    "kind": str,
    "evidence": list,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def chat(*lines: object) -> str:
    """A file with these lines: bytes and texts as they are, all else as JSON."""
    raw = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines]
    Path("chat.jsonl").write_bytes(b"".join(line + b"\n" for line in raw))
    return "chat.jsonl"


def read(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, Any, str]:
    """Status, what stands in the output, what was said beside it."""
    status = main(["read", *arguments])
    out, said = capfdbinary.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], said.decode()


def test_each_line_gives_an_object_of_the_same_shape_in_order(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    texts = (
        "谢谢物业师傅",
        TOLD,
        "",
        "+1",
        "着火了！！3号楼冒烟",
        "垃圾物业，烦死了",
        "【通知】停水",
    )
    lines = [{"id": 10 * n, "text": text} for n, text in enumerate(texts)]
    status, found, said = read(capfdbinary, chat(*lines))
    assert (status, said) == (0, "")
    assert [one["id"] for one in found] == [line["id"] for line in lines]
    for one in found:
        assert {key: type(value) for key, value in one.items()} == SHAPE
        assert one["mood"]["label"] in {"-", "0", "+", "?"}
        assert -1 <= one["mood"]["score"] <= 1
        assert one["question"].keys() == {"asks", "score"}
        assert one["claim"].keys() == {"checkable", "score", "high_risk"}
        assert min(one["question"]["score"], one["claim"]["score"]) >= 0
        assert max(one["question"]["score"], one["claim"]["score"]) <= 1
        assert set(one["cues"]) <= set("WHTLX")
    assert found[4]["hazard"]
    assert found[1]["claim"]["checkable"]
    assert found[0]["cues"] == ["T"]


def test_only_the_text_is_required_and_the_line_number_stands_for_an_id(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    lines = [{"text": "早"}, b"", {"text": "几点开门？", "id": None}, {"text": "好", "id": "m7"}]
    status, found, said = read(capfdbinary, chat(*lines))
    assert (status, said) == (0, "")
    assert [one["id"] for one in found] == [1, 3, "m7"]


def test_who_speaks_matters_only_where_it_is_no_resident(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    def score(**more: object) -> object:
        _, found, _ = read(capfdbinary, chat({"text": "下午几点停水", **more}))
        return found[0]["question"]["score"]

    assert score() == score(role="resident") == score(role=None)
    assert score() != score(role="property")


BAD = [
    (b"oops", "it is no JSON (expecting value, column 1)"),
    (b'{"text": "a"', "it is no JSON"),
    (b'["text"]', "it is no JSON object"),
    (b"7", "it is no JSON object"),
    (b"[" * 100_000, "it is no JSON"),
    (b'{"text": ' + b"9" * 5_000 + b"}", "it is no JSON"),
    (b'{"text": "\xff"}', "it is not UTF-8"),
    (b'{"text": "\x00"}', "it is no JSON"),
    ({"id": 1}, '"text" is missing'),
    ({"text": None}, '"text" is no text'),
    ({"text": ["a"]}, '"text" is no text'),
    ({"text": "a", "id": 1.5}, '"id" is neither'),
    ({"text": "a", "id": True}, '"id" is neither'),
    ({"text": "a", "id": "x" * 201}, '"id" is neither'),
    ({"text": "a", "reply_to": [1]}, '"reply_to" is neither'),
    ({"text": "a", "author": {}}, '"author" is no short text'),
    ({"text": "a", "role": 1.5}, '"role" is no short text'),
    ({"text": "a", "at": "yesterday"}, '"at" is no time'),
    ({"text": "a", "at": 1_764_000_000}, '"at" is no time'),
    ({"text": "x" * (4 << 20)}, "it is longer than 4 MB"),
]


@pytest.mark.parametrize(("line", "why"), BAD)
def test_a_bad_line_is_named_and_skipped(
    capfdbinary: pytest.CaptureFixture[bytes], line: object, why: str
) -> None:
    status, found, said = read(capfdbinary, chat(ASKED, line, {"text": "好"}))
    assert status == 1
    assert [one["id"] for one in found] == [1, 3]
    assert said.startswith(f"linsheng: line 2 is skipped: {why}")
    assert said.count("\n") == 1


def test_a_mark_at_the_beginning_and_other_ends_of_lines_do_not_matter(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    Path("chat.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "a"}\r\n\r\n{"text": "b", "author": 7}')
    status, found, _ = read(capfdbinary, "chat.jsonl")
    assert (status, [one["id"] for one in found]) == (0, [1, 3])


def test_half_a_character_pair_is_given_back_as_it_came(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    status, found, _ = read(capfdbinary, chat({"id": "\ud83d", "text": "几点\ud83d停水？\udc00"}))
    assert (status, found[0]["id"]) == (0, "\ud83d")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none.jsonl", "none.jsonl cannot be read"),
        (".", ". cannot be read"),
        ("wide.jsonl", "wide.jsonl is not UTF-8"),
        ("a\0b", "no file has such a name"),
    ],
)
def test_a_wrong_file_is_answered_with_one_line(
    capfdbinary: pytest.CaptureFixture[bytes], name: str, why: str
) -> None:
    Path("wide.jsonl").write_text('{"text": "a"}', encoding="utf-16")
    status, found, said = read(capfdbinary, name)
    assert (status, found) == (2, [])
    assert said.startswith("linsheng: ")
    assert why in said
    assert said.count("\n") == 1


def test_an_empty_file_holds_nothing(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert read(capfdbinary, chat(), "--threads", "--claims") == (0, [], "")


def test_threads_and_then_claims_follow_the_readings(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    again = {"id": "m4", "text": f"{TOLD}！"}
    other = {"id": 5, "text": "请问谁家有梯子可以借用一下？"}
    lines = (ASKED, ANSWER, {"id": 3, "text": TOLD}, again, other)
    status, found, _ = read(capfdbinary, chat(*lines), "--threads", "--claims")
    assert status == 0
    assert [one["id"] for one in found[:5]] == [1, 2, 3, "m4", 5]
    threads, claims = found[5:-1], found[-1:]
    assert [(one["question"], one["answers"]) for one in threads] == [(1, [2]), (5, [])]
    assert 0 <= threads[0]["open_score"] < threads[1]["open_score"] <= 1
    assert claims[0]["claim"] == 1
    assert [one["id"] for one in claims[0]["messages"]] == [3, "m4"]
    assert {one["act"] for one in claims[0]["messages"]} == {"asserts"}


PARTS = pytest.mark.parametrize("part", [10, pytest.param(1, marks=pytest.mark.slow)])
"""What is held of a chat, as such a part of what is held in earnest."""


@PARTS
def test_an_answer_is_found_across_blocks(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    for name in ("BEFORE", "BLOCK", "AFTER"):
        monkeypatch.setattr(spans, name, getattr(spans, name) // part)

    def filler(count: int) -> Iterable[object]:
        return ({"text": "哈哈"} for _ in range(count // part))

    asked = ASKED | {"id": "q"}
    lines = [*filler(2_990), asked, *filler(1_900), ANSWER | {"reply_to": "q"}, *filler(4_000)]
    _, found, _ = read(capfdbinary, chat(*lines), "--threads")
    assert [(one["question"], one["answers"]) for one in found[len(lines) :]] == [("q", [2])]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", "read", *arguments]


def surroundings() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


def test_findings_come_out_while_the_chat_still_goes_on() -> None:
    os.mkfifo("pipe")
    with subprocess.Popen(
        command("pipe", "--threads"), stdout=subprocess.PIPE, env=surroundings()
    ) as process:
        assert process.stdout is not None
        with open("pipe", "wb", buffering=0) as pipe:
            for n in range(3):
                pipe.write(json.dumps({"id": n, "text": "几点停水？"}).encode() + b"\n")
                assert json.loads(process.stdout.readline())["id"] == n
        assert [json.loads(line)["question"] for line in process.stdout] == [0, 1, 2]
    assert process.returncode == 0


HOLDING = """
import sys
from bot.analysis import spans
for name in ("BEFORE", "BLOCK", "AFTER", "KNOWN", "MOST_TOLD"):
    setattr(spans, name, getattr(spans, name) // {part})
from bot.__main__ import main
sys.exit(main())
"""


def most_memory(count: int, part: int) -> int:
    """The most memory that reading so many lines took at once."""
    os.mkfifo(f"pipe{count}")
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDING.format(part=part),
            "read",
            f"pipe{count}",
            "--threads",
            "--claims",
        ],
        stdout=subprocess.DEVNULL,
        env=surroundings(),
    ) as process:
        with open(f"pipe{count}", "wb") as pipe:
            for n in range(count):
                one = {"id": f"{n:0199}", "author": f"{n:0200}", "text": f"{n} " + "好" * 3 * 99}
                pipe.write(json.dumps(one).encode() + b"\n")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_maxrss


@PARTS
@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_long_chat_takes_no_more_memory_than_a_shorter_one(part: int) -> None:
    # What is remembered of the lines before is full after 10,000, or such a part of them.
    full = 11_000 // part
    short, long = most_memory(full, part), most_memory(full + 4_000, part)
    assert long < short + 2 * MEGABYTE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_an_output_that_is_full_is_answered_with_one_line() -> None:
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            command(chat(ASKED)), stdout=full, stderr=subprocess.PIPE, env=surroundings()
        )
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"linsheng: what was found cannot be written")
    assert ended.stderr.count(b"\n") == 1


def test_whoever_has_seen_enough_may_go() -> None:
    lines = [ASKED] * 3_000
    with subprocess.Popen(
        command(chat(*lines)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
