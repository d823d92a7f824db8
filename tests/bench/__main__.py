"""`make bench`: prints throughput, CPU, memory, start-up and tap latency, with their marks."""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.basics import ChatId, CommunityId
from bot.domain.community import Community, Group, GroupState
from storage.database import Database
from storage.schema import prepare
from tests.bench.alone import resident
from tests.bench.replay import GROUP
from tests.bench.subjects import TOKEN

KEY = b"b" * 32
ROUNDS = 3
COUNTS = {"linsheng": 20_000, "reading": 4_000, "ptb": 50_000, "naive": 1_600}
"""`linsheng` with its reader off, `reading` with the plain one; no second reader beside it. Each
takes about as long, so that none gains from a machine that only sprints."""
OURS = {"linsheng": "off", "reading": "plain"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """What one round of one bot gave."""

    rate: float
    cpu: float
    rss: float
    ready: float
    waits: tuple[float, ...] = ()


@contextmanager
def replayed(count: int, rate: float) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The replay server; yields its address."""
    command = [sys.executable, "-m", "tests.bench.replay", str(count), str(rate), KEY.hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        port = server.stdout.readline().strip() if server.stdout else ""
        try:
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.kill()


def command_of(name: str, url: str, folder: Path) -> list[str]:
    """How to start a bot against the server."""
    if name not in OURS:
        return [sys.executable, "-m", "tests.bench.subjects", name, url, str(folder)]
    config = folder / "config.toml"
    config.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\napi_base_url = "{url}"\n'
        f'[reading]\nreader = "{OURS[name]}"\nsemantic = "off"\n'
    )
    config.chmod(0o600)
    _known_group(folder)
    return [sys.executable, "-m", "bot", "run", "--config", str(config)]


def _known_group(folder: Path) -> None:
    """A group that is known and active, so that the real way is taken."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    key = data / "linsheng.key"
    key.write_bytes(KEY)
    key.chmod(0o600)
    prepare(data / "linsheng.db")
    now = datetime.now(UTC)
    database = Database(data / "linsheng.db", lambda: now)
    with database.work() as work:
        id = CommunityId("bench")
        work.communities.put(Community(id, "春晖里", "zh-Hans", "Asia/Shanghai", now))
        group = Group(ChatId(GROUP), id, "春晖里1群", GroupState.ACTIVE, since=now)
        work.communities.put_group(group)
    database.close()


def measured(name: str, count: int, rate: float = 0.0) -> Run:
    """Starts server and bot, lets them go through everything, and takes the figures."""
    with tempfile.TemporaryDirectory() as where, replayed(count, rate) as (url, server):
        folder = Path(where)
        command = command_of(name, url, folder)
        begun = time.perf_counter()
        bot = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            ready = _ready(bot.pid, begun)
            told: dict[str, Any] = json.loads(server.stdout.readline()) if server.stdout else {}
            confirmed = time.perf_counter()
            if name in OURS:
                _all_done(folder / "data" / "linsheng.db")
            seconds = told["seconds"] + (time.perf_counter() - confirmed)
            if name in OURS:
                _count_done(folder / "data" / "linsheng.db", count)
            cpu, rss = _used(bot.pid)
            return Run(count / seconds, cpu / count * 1e6, rss, ready, tuple(told["waits"]))
        finally:
            bot.kill()
            bot.wait()


def _ready(pid: int, begun: float) -> float:
    """Seconds until the bot listens to somebody: its first connection is open."""
    while time.perf_counter() - begun < 30:
        with open(f"/proc/{pid}/net/tcp") as table:
            inodes = {line.split()[9] for line in table.readlines()[1:] if line.split()[3] == "01"}
        if inodes & set(_sockets(pid)):
            return time.perf_counter() - begun
        time.sleep(0.005)
    raise TimeoutError


def _sockets(pid: int) -> Iterator[str]:
    folder = f"/proc/{pid}/fd"
    for name in os.listdir(folder):
        try:
            target = os.readlink(f"{folder}/{name}")
        except OSError:
            continue
        if target.startswith("socket:["):
            yield target[8:-1]


def _all_done(path: Path) -> None:
    """Waits until no update has words any more; asks so little that the bot does not feel it.

    Everything was confirmed before, so everything is kept.
    """
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT 1 FROM arrivals WHERE raw IS NOT NULL LIMIT 1"
        while database.execute(query).fetchone():
            time.sleep(0.01)


def _count_done(path: Path, count: int) -> None:
    """Raises `RuntimeError` where not every update was done: what was measured is then nothing."""
    with closing(sqlite3.connect(path)) as database:
        (done,) = database.execute("SELECT count(*) FROM arrivals WHERE state='done'").fetchone()
    if done != count:
        raise RuntimeError(f"{done} of {count} updates were done")


def _used(pid: int) -> tuple[float, float]:
    """CPU seconds and peak resident MB so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS, resident(pid)


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):8.0f} ({min(values):.0f}-{max(values):.0f})"


def mark(name: str, value: float, limit: float, at_least: bool = False, unit: str = "") -> None:
    met = value >= limit if at_least else value <= limit
    sign = "≥" if at_least else "≤"
    print(
        f"  {name:42} {value:8.2f}{unit}  mark {sign} {limit}{unit}  {'met' if met else 'MISSED'}"
    )


def main() -> None:
    """Three interleaved rounds of the three bots, then taps at 50 updates a second."""
    runs: dict[str, list[Run]] = {name: [] for name in COUNTS}
    for _ in range(ROUNDS):
        for name, count in COUNTS.items():
            runs[name].append(measured(name, count))
    print(f"{'':10} {'messages/s (spread)':24} {'CPU µs/message':22} {'RSS MB':>7} {'ready s':>8}")
    for name, each in runs.items():
        print(
            f"{name:10} {spread([r.rate for r in each]):24} {spread([r.cpu for r in each]):22} "
            f"{max(r.rss for r in each):7.0f} {statistics.median(r.ready for r in each):8.2f}"
            f"   n={COUNTS[name]} x {ROUNDS}"
        )
    middle = {name: statistics.median(r.rate for r in each) for name, each in runs.items()}
    print("Linsheng (reader off), durable, beside the others in this run:")
    mark("share of PTB's empty loop", middle["linsheng"] / middle["ptb"], 0.2, at_least=True)
    print(f"  {'times the naive bot':42} {middle['linsheng'] / middle['naive']:8.2f}")
    mark("peak RSS", max(r.rss for r in runs["linsheng"]), 200, unit=" MB")
    taps("linsheng")
    print("Linsheng (plain reader on), every message durable and read:")
    mark("times the naive bot", middle["reading"] / middle["naive"], 4, at_least=True)
    mark("share of PTB's empty loop", middle["reading"] / middle["ptb"], 0.15, at_least=True)
    mark("peak RSS", max(r.rss for r in runs["reading"]), 250, unit=" MB")
    taps("reading")
    mark("ready after start", statistics.median(r.ready for r in runs["reading"]), 2, unit=" s")
    alone()


def alone() -> None:
    """How fast the reader is by itself, and what it takes to start it."""
    folder = os.environ.get("LINSHENG_DATA")
    file = [str(Path(folder) / "text" / "nus_sms_zh.csv")] if folder else []
    command = [sys.executable, "-m", "tests.bench.alone", *file]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = json.loads(printed)
    of = "short messages of about 20 characters" if folder else "the talk above"
    print(f"The plain reader alone, {of}, n={found['n']}:")
    for way, name in (("plain", "one by one"), ("together", "fifty at once")):
        mark(f"median a message, {name}", found[way], 300, unit=" µs")
        mark("  times jieba and SnowNLP", found["naive"] / found[way], 8, at_least=True)
    mark("first reading after start", found["first"], 1, unit=" s")
    mark("added RSS", found["rss"], 120, unit=" MB")


def taps(name: str) -> None:
    """How long a tap waits for its answer while talk goes on."""
    waits = sorted(measured(name, 1_000, rate=50.0).waits)
    print(f"  {'taps at 50 updates/s, n=' + str(len(waits)) + ': median':42}", end="")
    print(f" {statistics.median(waits) * 1000:8.1f} ms")
    mark("  p99", waits[int(len(waits) * 0.99) - 1] * 1000, 100, unit=" ms")


if __name__ == "__main__":
    main()
