"""A small town over the sandbox's control API, and the real bot process that is killed in it."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from tests.canary import CANARY, hear

OWNER = 5001
PATIENCE = 30.0
PAUSE = threading.Event()
"""Never set: between two looks at a condition."""


class Process:
    """A command of ours in a process of its own; its output is kept in a file."""

    def __init__(self, folder: Path, name: str, *arguments: str) -> None:
        self._log = folder / f"{name}.log"
        self._name, self._arguments, self._folder = name, arguments, folder
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "bot", *self._arguments],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            )

    def lives(self, seconds: float) -> None:
        """Lets it run for so long; it must not end by itself."""
        if self._running is not None:
            with suppress(subprocess.TimeoutExpired):
                ended = self._running.wait(seconds)
                raise AssertionError(f"{self._name} ended with {ended}: {self.said()[-500:]}")

    def kill(self) -> None:
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait()

    def ends(self) -> int:
        """Tells it to end, as a service manager does; returns its exit status."""
        if self._running is None:
            return 0
        self._running.terminate()
        return self._running.wait(30)

    def said(self) -> str:
        return hear(self._log.read_text("utf-8", "replace"), self._name)


def wait_for(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first true answer of `what`. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not (found := what()):
        if time.monotonic() > end:
            raise TimeoutError
        PAUSE.wait(0.02)
    return found


def noon() -> str:
    """A zone in which it is midday now, so that no notice waits for the quiet hours to end."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


class Town:
    """Sandbox and bot as two processes, and people played over HTTP."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sandbox = Process(folder, "sandbox", "sandbox", "--port", "0")
        self.sandbox.start()
        address = wait_for(lambda: re.search(r"http://127\.0\.0\.1:\d+", self.sandbox.said()))[0]
        self.http = httpx.Client(base_url=address, timeout=20)
        self.config = folder / "config.toml"
        self.config.write_text(
            f'[telegram]\ntoken = "{CANARY}"\napi_base_url = "{address}"\n[owner]\nid = {OWNER}\n'
            f'[community]\ntimezone = "{noon()}"\n'
        )
        self.config.chmod(0o600)
        self.bot = Process(folder, "bot", "run", "--config", "config.toml")
        self.id = int(CANARY.split(":")[0])

    @property
    def database(self) -> Path:
        return self.folder / "data" / "linsheng.db"

    def post(self, path: str, **asked: Any) -> Any:
        answer = self.http.post(f"/sandbox/{path}", json=asked)
        answer.raise_for_status()
        return answer.json()

    def start_bot(self) -> None:
        self.bot.start()

    def ready(self) -> None:
        wait_for(lambda: any(b["id"] == self.id for b in self.http.get("/sandbox/bots").json()))

    def group(self, people: int) -> tuple[int, list[int]]:
        """A group whose creator is the owner, and so many neighbours in it."""
        self.post("users", first_name="陈雪", id=OWNER, language_code="zh-hans")
        users = [self.post("users", first_name=f"邻居{n}")["id"] for n in range(people)]
        group = self.post(
            "chats", type="supergroup", title="春晖里", creator=OWNER, members=users
        )["id"]
        self.post("flood", on=False)
        self.post(f"chats/{group}/add", user=self.id, by=OWNER)
        self.post(f"chats/{group}/promote", user=self.id, by=OWNER)
        return group, users

    def messages(self, user: int, chat: int = 0) -> list[dict[str, Any]]:
        place = {"user": user, "chat": chat} if chat else {"user": user, "bot": self.id}
        found: list[dict[str, Any]] = self.http.get("/sandbox/view", params=place).json()[
            "messages"
        ]
        return found

    def button(self, user: int, words: str, chat: int = 0) -> tuple[int, str] | None:
        """The newest button that carries these words: its message and its whole text."""
        for message in reversed(self.messages(user, chat)):
            for row in message["buttons"]:
                for one in row:
                    if words in one["text"]:
                        return message["id"], one["text"]
        return None

    def tap(self, user: int, words: str, chat: int = 0) -> None:
        message, text = wait_for(lambda: self.button(user, words, chat))
        place = {"chat": chat} if chat else {"bot": self.id}
        self.post("tap", user=user, message=message, text=text, **place)

    def tap_until_gone(self, user: int, words: str) -> None:
        """Taps, and again after a restart, until the bot has answered with the next card."""

        def card() -> tuple[int, str] | None:
            shown = [m for m in self.messages(user) if words in str(m["buttons"])]
            return (shown[-1]["id"], shown[-1]["text"]) if shown else None

        before = wait_for(card)

        def moved_on() -> bool:
            self.tap(user, words)
            deadline = time.monotonic() + 3
            while card() == before and time.monotonic() < deadline:
                PAUSE.wait(0.02)
            return bool(card() != before)

        wait_for(moved_on)

    def opened(self) -> tuple[int, list[int]]:
        """A community that works."""
        self.start_bot()
        self.ready()
        group, users = self.group(40)
        self.post("start", user=OWNER, bot=self.id)
        self.post("send", user=OWNER, chat=group, text="/setup")
        for words in ("下一步", "下一步", "下一步", "以后再说", "贴出并开始"):
            self.tap_until_gone(OWNER, words)
        wait_for(lambda: any("我是邻声" in m["text"] for m in self.messages(OWNER, group)))
        return group, users

    def settled(self) -> None:
        """The bot has taken up everything and has nothing more to send."""
        wait_for(lambda: self.post("idle", bot=self.id, wait_seconds=1)["idle"], 60)

    def close(self) -> None:
        self.bot.kill()
        self.http.close()
        self.sandbox.kill()
