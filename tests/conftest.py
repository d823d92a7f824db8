"""What holds for every test: no call outside, no token heard, nothing left out in silence."""

import gc
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

from tests import canary, machine

WANT: Final = "wants a tool: "
LEFT_OUT: Final = "slow; SLOW=1 runs them"
NO_DATA: Final = "needs the labelled data, LINSHENG_DATA names no folder"
SLOW: Final = os.environ.get("SLOW") == "1"
STRICT: Final = os.environ.get("LINSHENG_STRICT") == "1"
DATA: Final = os.environ.get("LINSHENG_DATA", "")

not_run: dict[str, list[str]] = {}

# Chance draws the rest where all tests run.
settings.register_profile("quick", max_examples=40)
if not SLOW:
    settings.load_profile("quick")
# Before anything that spins threads: several workers share the cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Hardly anything that is imported ever becomes garbage: it is neither looked for now nor later.
gc.disable()


def pytest_configure() -> None:
    """Shuts the outside out, and keeps the settings of whoever runs the tests from them.

    What the tests write goes to memory where there is room: every commit is an fsync.
    """
    for name in [name for name in os.environ if name.upper().startswith("LINSHENG_")]:
        if name != "LINSHENG_DATA":
            del os.environ[name]
    if memory := machine.roomy_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    machine.stay_inside()
    # As in the bot itself: these two print every address, and an address holds the token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the slow tests out unless they are asked for; those that may take long come first."""
    items.sort(key=lambda item: -_limit(item))
    slow = [] if SLOW else [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]
        not_run[LEFT_OUT] = [item.nodeid for item in slow]


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, now and then, in what the tests make."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000)


def _limit(item: pytest.Item) -> float:
    """Seconds that a test says it may take, where it says so."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker and marker.args else 0.0


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what needs a browser where there is none."""
    if item.get_closest_marker("chromium") and (lack := machine.missing()):
        pytest.skip(WANT + lack)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Listens to all a test printed and logged, and notes what was skipped."""
    _listen(report)
    if report.skipped and isinstance(report.longrepr, tuple) and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        not_run.setdefault(reason, []).append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Listens to what a module printed when it was imported."""
    _listen(report)
    if report.skipped and isinstance(report.longrepr, tuple):
        not_run.setdefault(report.longrepr[2].removeprefix("Skipped: "), []).append(report.nodeid)


def pytest_warning_recorded(warning_message: Any, nodeid: str) -> None:
    """Listens to warnings too."""
    canary.hear(str(warning_message.message), nodeid)


def _listen(report: pytest.TestReport | pytest.CollectReport) -> None:
    canary.hear(
        "\n".join([report.longreprtext, *(text for _, text in report.sections)]), report.nodeid
    )


def _skipped_in_ci() -> list[str]:
    allowed = (NO_DATA, "slow; ")
    return [reason for reason in not_run if not reason.startswith(allowed)] if STRICT else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails the whole run if the canary was heard, or a tool was missing where none may be.

    Where workers share the tests, each of them tells the one who speaks what no report tells.
    """
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["heard"], told["slow"] = canary.heard(), not_run.get(LEFT_OUT, [])
        return
    if (canary.heard() or _skipped_in_ci()) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes over what a worker heard and left out; every worker leaves out the same tests."""
    told: dict[str, Any] = getattr(node, "workeroutput", {})
    for where in told.get("heard", ()):
        canary.hear(canary.SECRET, where)
    if told.get("slow"):
        not_run[LEFT_OUT] = told["slow"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Says in the last lines what was not run and why, and where the token was heard."""
    yield
    for reason, tests in not_run.items():
        terminalreporter.write_line(f"not run ({len(tests)}), {reason}: {', '.join(tests)}")
    for where in canary.heard():
        terminalreporter.write_line(f"FAILED: the canary token was printed by {where}", red=True)
    for reason in _skipped_in_ci():
        terminalreporter.write_line(f"FAILED: no test may be left out here: {reason}", red=True)


@pytest.fixture(autouse=True)
def outside_calls() -> Iterator[list[str]]:
    """The calls to other machines this test tried; there must be none left at its end."""
    machine.outside.clear()
    yield machine.outside
    assert not machine.outside, f"called {machine.outside}"


@pytest.fixture(scope="session", autouse=True)
def no_token_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Looks through all the tests have written, once they are through."""
    yield
    found = [path.name for path in canary.kept_under(tmp_path_factory.getbasetemp())]
    assert not found, f"the canary token stands in {found}"


@pytest.fixture
def data_folder() -> Path:
    """The labelled data, where LINSHENG_DATA names it."""
    if not DATA or not Path(DATA).is_dir():
        pytest.skip(NO_DATA)
    return Path(DATA)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive; the tests that use it bear the mark `chromium`."""
    found = machine.browser()
    if found is None:
        pytest.skip(WANT + str(machine.missing()))
    return found
