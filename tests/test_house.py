"""The house stands as it was drawn: what lies where, which way arrows run, how long things are."""

import ast
import functools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
ROOMS: Final = ("bot", "handlers", "storage")
TOP: Final = {
    *("bot", "handlers", "storage", "tests", "docs", ".ci", ".git", ".gitignore"),
    *("config.example.toml", "pyproject.toml", "README.md", "README.zh.md", "CHANGELOG.md"),
    *("LICENSE", "Makefile", "requirements.lock", "requirements-dev.lock"),
    "requirements-semantic.lock",
}
LONGEST_FILE: Final = 320
MOST_STEPS: Final = 20
LONGEST_FUNCTION: Final = 30
IMPURE: Final = re.compile(
    r"datetime\.now|utcnow|date\.today|time\.(time|monotonic|sleep)|random\.|secrets\.|uuid[14]"
    r"|\bopen\(|\bprint\(|os\.environ"
)
UNWANTED: Final = re.compile(r"(^|_)(utils?|helpers?|common|misc)(_|$)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """The lines of what it does, without its name and its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def steps(function: Function) -> int:
    """How much it does: its statements, those inside others counted too."""
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def test_the_top_level_is_fixed() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    local = {pattern.strip("/") for pattern in ignored}
    here = {path.name for path in ROOT.iterdir()}
    strange = {name for name in here - TOP - local if not name.endswith(".egg-info")}
    assert {name for name in strange if not name.startswith(".coverage")} == set()


def test_no_file_is_called_after_nothing() -> None:
    strange = [named(p) for p in sources(*ROOMS, "tests") if UNWANTED.search(p.stem)]
    assert not strange


def test_no_file_is_too_long() -> None:
    counted = {named(p): p.read_text("utf-8").count("\n") for p in sources(*ROOMS, "tests")}
    assert {name: lines for name, lines in counted.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    # A migration is a list of tables, and a list may be long.
    paths = [path for path in sources(*ROOMS) if "migrations" not in path.parts]
    long = [
        f"{named(path)} {each.name}: {steps(each)} steps in {length(each)} lines"
        for path in paths
        for each in functions(path)
        if steps(each) > MOST_STEPS or length(each) > LONGEST_FUNCTION
    ]
    assert not long


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    silent = [
        named(path)
        for path in sources(*ROOMS, "tests")
        if path.read_text("utf-8").strip()
        and not ast.get_docstring(tree(path))
        and "versions" not in path.parts
    ]
    assert not silent


def test_the_ground_knows_no_time_no_chance_and_no_file() -> None:
    found = {
        f"{named(path)}: {match.group()}"
        for path in sources("bot/domain")
        for match in IMPURE.finditer(path.read_text("utf-8"))
    }
    assert found == set()


def test_the_ground_is_synchronous() -> None:
    found = [
        named(path)
        for path in sources("bot/domain")
        if any(isinstance(each, ast.AsyncFunctionDef) for each in functions(path))
    ]
    assert not found


def test_imports_run_the_way_the_house_says() -> None:
    # In a process of its own: the linter rearranges the logging of the one it runs in.
    program = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_tests_neither_sleep_nor_mock() -> None:
    lazy = re.compile(r"^\s*(?:from|import) unittest\.mock|MagicMock\(|\btime\.sleep\(", re.M)
    found = [
        named(p)
        for p in sources("tests")
        if p != Path(__file__) and "bench" not in p.parts and lazy.search(p.read_text("utf-8"))
    ]
    assert not found


def test_lock_files_name_hashes_and_no_places() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        pins = re.findall(r"^\S+==\S+", text, re.M)
        assert len(pins) > 20
        assert len(re.findall(r"^\S+==.*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)) == len(
            pins
        )
        assert "://" not in text


def test_what_is_tested_is_what_runs() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), re.M))

    assert pins("requirements.lock") < pins("requirements-dev.lock")


def test_everything_we_build_on_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    files = ("requirements-dev.lock", "requirements-semantic.lock")
    text = "".join((ROOT / name).read_text("utf-8") for name in files)
    locked = set(re.findall(r"^([\w-]+)==", text, re.M))
    wanted = [
        *project["dependencies"],
        *chain.from_iterable(project["optional-dependencies"].values()),
    ]
    names = {re.match(r"[\w.-]+", each)[0].lower().replace("_", "-") for each in wanted}  # type: ignore[index]
    assert names <= locked


def test_the_second_reader_is_pinned_to_its_one_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (pin,) = project["optional-dependencies"]["semantic"]
    text = (ROOT / "requirements-semantic.lock").read_text("utf-8")
    assert re.fullmatch(rf"{re.escape(pin)} \\\n    --hash=sha256:[0-9a-f]{{64}}\n", text)


def test_no_more_than_sixty_packages_run_with_the_bot() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert len(set(re.findall(r"^([\w.-]+)==", text, re.M))) <= 60


def test_only_learning_needs_scikit_learn() -> None:
    for path in sources("bot"):
        if "learn" not in path.parts:
            found = re.search(
                r"^\s*(?:import|from) (?:sklearn|scipy)", path.read_text("utf-8"), re.M
            )
            assert found is None, path
