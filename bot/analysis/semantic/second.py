"""The parent's side of the second reader: a process that may fail at any time, harmlessly."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.analysis.context import context
from bot.domain.second import Asked, Found, Health, Scope
from bot.domain.second.fields import BadFields, reading_of

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "bot.analysis.semantic.child")
QUEUE, LONGEST_LINE = 32, 1 << 20
START_SECONDS, TEXT_SECONDS, OTHER_SECONDS = 30.0, 2.0, 0.25
PAUSES = (1.0, 5.0, 30.0, 120.0)
"""Seconds before it is started again; after one failure more it is given up."""
KEPT_VARIABLES = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "VIRTUAL_ENV")
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "PYTHONIOENCODING": "utf-8",
}
Sleep = Callable[[float], Awaitable[None]]


class Trouble(Exception):
    """The process did not answer as it should; the word says how."""


class Nobody:
    """No second reader: switched off, or not installed."""

    scope = Scope.OFF

    def __init__(self, health: Health) -> None:
        self.health = health

    async def ask(self, asked: Asked) -> Found | None:
        """Nothing is found."""
        return None

    async def close(self) -> None:
        """Nothing is to be ended."""


class Second:
    """One child process, asked one text at a time."""

    def __init__(
        self,
        scope: Scope = Scope.ALL,
        command: tuple[str, ...] = COMMAND,
        seconds: float = TEXT_SECONDS,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.scope = scope
        self._command, self._seconds, self._sleep = command, seconds, sleep
        self._process: asyncio.subprocess.Process | None = None
        self._turn, self._queued = asyncio.Lock(), 0
        self._failures, self._number = 0, 0

    @property
    def health(self) -> Health:
        """Whether it still tries."""
        return Health.GAVE_UP if self._failures > len(PAUSES) else Health.ON

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        return None if self._process is None else self._process.pid

    async def ask(self, asked: Asked) -> Found | None:
        """What is found in a text; None where it fails, is too busy, or was given up."""
        if self._queued >= QUEUE or self.health is not Health.ON:
            return None
        self._queued += 1
        try:
            async with self._turn:
                return await self._tried(asked)
        finally:
            self._queued -= 1

    async def close(self) -> None:
        """Ends the process, by its own number."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _tried(self, asked: Asked) -> Found | None:
        """One attempt; the text of a failed one is not tried again, it may be the reason."""
        if self.health is not Health.ON:
            return None
        try:
            found = await self._asked(asked)
        except (Trouble, BadFields, TimeoutError, OSError, asyncio.LimitOverrunError) as error:
            await self._failed(error)
            return None
        except asyncio.CancelledError:
            await self.close()  # an answer that nobody waits for must not be taken for the next
            raise
        self._failures = 0
        return found

    async def _failed(self, error: Exception) -> None:
        self._failures += 1
        log.warning("the second reader failed (%s)", type(error).__name__)
        await self.close()
        if self.health is Health.GAVE_UP:
            log.error("the second reader is given up until the next start")
        else:
            await self._sleep(PAUSES[self._failures - 1])

    async def _asked(self, asked: Asked) -> Found:
        process = self._process or await self._started()
        self._number += 1
        limit = self._seconds + OTHER_SECONDS * len(asked.others)
        message = asked.message
        question = {
            "id": self._number,
            "text": message.text,
            "forwarded": message.forwarded,
            "role": message.role,
            "place": context(message, asked.before).tolist(),
            "others": [text for _, text in asked.others],
        }
        async with asyncio.timeout(limit):
            return self._found(asked, await _exchanged(process, question))

    async def _started(self) -> asyncio.subprocess.Process:
        environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment | ONE_THREAD,
            limit=LONGEST_LINE,
        )
        async with asyncio.timeout(START_SECONDS):
            if await _line(self._process) != {"ready": True}:
                raise Trouble("another greeting")
        return self._process

    def _found(self, asked: Asked, answer: dict[str, object]) -> Found:
        alike = answer.get("alike")
        if answer.get("id") != self._number or not isinstance(alike, list):
            raise Trouble("another answer")
        if len(alike) != len(asked.others) or not all(isinstance(n, float) for n in alike):
            raise Trouble("another count")
        ids = [id for id, _ in asked.others]
        return Found(reading_of(answer.get("reading")), tuple(zip(ids, alike, strict=True)))


async def _exchanged(
    process: asyncio.subprocess.Process, question: dict[str, object]
) -> dict[str, object]:
    if process.stdin is None:
        raise Trouble("no pipe")
    process.stdin.write(json.dumps(question).encode() + b"\n")
    await process.stdin.drain()
    return await _line(process)


async def _line(process: asyncio.subprocess.Process) -> dict[str, object]:
    if process.stdout is None:
        raise Trouble("no pipe")
    try:
        line = await process.stdout.readuntil(b"\n")
        answer = json.loads(line)
    except asyncio.IncompleteReadError:
        raise Trouble("it ended") from None
    except (ValueError, RecursionError):
        raise Trouble("no JSON") from None
    if not isinstance(answer, dict):
        raise Trouble("no object")
    return answer
