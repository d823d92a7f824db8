"""An export of any size: in time, with progress, in its own process, without those opted out."""

import io
import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from bot.analysis import ExportReader, PlainReader
from bot.domain.importing import BadExport
from bot.roof.child import ChildImporter, main, packed, unpacked
from bot.sandbox.actors import Chat, User
from handlers import fetch
from tests.loop.test_import import MESSAGES, export, said, sends
from tests.past import write
from tests.played import Played

MOST_SECONDS = 40
PEAK = """
import resource, sys
from bot.roof.child import main
main(sys.argv[1:], sys.stdin, sys.stdout)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def worked() -> float:
    """Seconds that the processes we started worked, whatever else the machine had to do."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("count", [2_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_thousands_of_messages_are_read_in_time_and_it_says_how_far_it_is(
    tmp_path: Path, count: int
) -> None:
    path = write(tmp_path / "result.json", count)
    told: list[int] = []
    before = worked()
    found = ChildImporter("plain").read(path, told.append)
    assert worked() - before < MOST_SECONDS
    assert found.messages == count
    assert found.forgotten
    assert told == sorted(told)
    assert len(told) >= count // 2_000


def test_a_child_finds_what_is_found_here_in_the_same_file(tmp_path: Path) -> None:
    path = write(tmp_path / "result.json", 100)
    there, here = ChildImporter("off").read(path), ExportReader(PlainReader()).read(path)
    assert there == here
    assert unpacked(json.loads(json.dumps(packed(here)))) == here


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_ten_times_as_many_messages_need_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for count in (8_000, 80_000):
        path = write(tmp_path / f"{count}.json", count)
        command = [sys.executable, "-c", PEAK, "plain", str(path)]
        said = subprocess.run(command, input=b"", capture_output=True, check=True).stdout
        peaks.append(int(said.split()[-1]))
    assert peaks[1] < peaks[0] * 1.15


def test_those_who_opted_out_are_left_out(tmp_path: Path) -> None:
    path, out = export(tmp_path), io.StringIO()
    assert main(["off", str(path)], io.StringIO("1 5"), out) == 0
    found = unpacked(json.loads(out.getvalue().splitlines()[-1])["found"])
    assert found.forgotten == ()
    assert found.messages == sum("from_id" in m for m in MESSAGES) - 2


def test_a_wrong_file_is_declined_by_the_child_too(tmp_path: Path) -> None:
    path, out = tmp_path / "result.json", io.StringIO()
    path.write_bytes(b'{"messages": [{"id": 1, "type": "mess')
    assert main(["plain", str(path)], io.StringIO(), out) == 2
    with pytest.raises(BadExport) as declined:
        ChildImporter("plain").read(path)
    assert declined.value.key == "import.no_json"
    with pytest.raises(BadExport) as gone:
        ChildImporter("plain").read(tmp_path / "none.json")
    assert gone.value.key == "import.unreadable"


async def test_a_manager_who_waits_sees_how_far_it_has_come(
    played: Played, chen: User, group: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "SOON", 0.0)
    monkeypatch.setattr(fetch, "OFTEN", 0.1)
    played.importer = ChildImporter("plain")
    await played.restart()
    await sends(played, chen, write(tmp_path / "result.json", 1_000).read_bytes())
    assert any(re.search(r"已读 \d+%", text) for text in played.reads(chen))
    assert played.shows(chen, "1000 条") == 1


async def test_the_export_leaves_out_whoever_opted_out_here(
    played: Played, chen: User, lin: User, wang: User, group: Chat, tmp_path: Path
) -> None:
    await played.says(lin, "/optout", group)
    messages = [
        said(2, "请问2号楼门禁坏了找谁修？", lin.id, 1),
        said(3, "请问北门的路灯什么时候修？", wang.id, 2),
        said(4, "今天天气不错", wang.id, 60 * 24 * 3),
    ]
    await sends(played, chen, export(tmp_path, messages).read_bytes())
    assert played.shows(chen, "路灯") == 1
    assert played.shows(chen, "门禁") == 0
