"""The command line. Nobody imports it; what a command needs is loaded when it is called."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from bot.domain.basics import MemoryTrouble
from bot.settings import BadSettings, Settings, load

REFUSED, LATER = 2, 75
CONFIG = Path("config.toml")
AFTERWARDS = "afterwards one object a"
WITHIN = "(long files: looks 1,000 lines back and 2,000 ahead)"
SELDOM = 10_000
"""Things made until garbage is looked for; the usual 700 are made by every second message."""
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except BadSettings as refused:
        print(f"linsheng: {refused}", file=sys.stderr)
        return REFUSED
    except MemoryTrouble:
        print("linsheng: the database is locked, full or read-only; try again.", file=sys.stderr)
        return LATER
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing is left to be flushed into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one plain line."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"linsheng: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    whole = _Parser(
        prog="linsheng", description="邻声: a chat-group bot for a residential community."
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (run_it, does, example, options) in COMMANDS.items():
        one = commands.add_parser(
            name, help=does, description=f"{does}.", epilog=f"example: linsheng {example}"
        )
        one.add_argument("--config", type=Path, help="the settings file (config.toml)")
        for flag, how in options.items():
            one.add_argument(flag, **how)
        one.set_defaults(run=run_it)
    return whole


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded stays: to look through it for garbage would cost a tenth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(SELDOM)
        gc.enable()


def _settings(asked: argparse.Namespace) -> Settings:
    if asked.config not in (None, CONFIG) and not asked.config.exists():
        raise BadSettings(f"{asked.config} does not exist; name a settings file, or none.")
    return load(asked.config or CONFIG, os.environ)


def _run(asked: argparse.Namespace) -> int:
    settings = _settings(asked)
    if settings.telegram.token is None:
        with _loading():
            from bot.roof import demo

        return demo.browser(settings, settings.demo.port)
    with _loading():
        from bot.roof import live

    return live.run(settings, settings.telegram.token.get_secret_value())


def _demo(asked: argparse.Namespace) -> int:
    with _loading():
        from bot.roof import demo

    settings = _settings(asked)
    if asked.headless:
        return demo.headless(settings, asked.weeks, asked.seed, asked.report)
    return demo.browser(settings, settings.demo.port if asked.port is None else asked.port)


def _sandbox(asked: argparse.Namespace) -> int:
    with _loading():
        from bot.roof import demo

    return demo.sandbox(_settings(asked), asked.port)


def _doctor(asked: argparse.Namespace) -> int:
    from bot.roof import care

    return care.doctor(_settings(asked))


def _migrate(asked: argparse.Namespace) -> int:
    from bot.roof import care

    return care.migrate(_settings(asked))


def _backup(asked: argparse.Namespace) -> int:
    from bot.roof import care

    return care.backup(_settings(asked), asked.to)


def _restore(asked: argparse.Namespace) -> int:
    from bot.roof import care

    return care.restore(_settings(asked), asked.source)


def _verify(asked: argparse.Namespace) -> int:
    from bot.roof import care

    return care.verify(_settings(asked))


def _import(asked: argparse.Namespace) -> int:
    from bot.roof import past

    return past.read_export(_settings(asked), asked.file)


def _read(asked: argparse.Namespace) -> int:
    from bot.roof import reading

    return reading.read(_settings(asked), asked.file, asked.threads, asked.claims)


def _evaluate(asked: argparse.Namespace) -> int:
    settings = _settings(asked)
    if asked.own:
        from bot.roof.own import own

        return own(settings)
    from bot.roof.evaluate import evaluate

    return evaluate(asked.data, asked.plain)


def _digest(asked: argparse.Namespace) -> int:
    from bot.roof import past

    return past.digests(_settings(asked), asked.week, asked.out)


def _port(text: str) -> int:
    return _between(text, 0, 65535)


def _count(text: str) -> int:
    return _between(text, 1, 520)


def _between(text: str, least: int, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
    return number


COMMANDS: Mapping[str, tuple[Command, str, str, Mapping[str, Any]]] = {
    "run": (_run, "the bot: on Telegram with a token, else the demo", "run", {}),
    "demo": (
        _demo,
        "a small community to try the bot on",
        "demo --port 8765",
        {
            "--port": {"type": _port, "help": "where the page is served (8765)"},
            "--headless": {"action": "store_true", "help": "play weeks without a page"},
            "--weeks": {"type": _count, "default": 1, "help": "how many weeks to play (1)"},
            "--seed": {"type": int, "default": 7, "help": "the same seed plays the same (7)"},
            "--report": {"type": Path, "help": "a folder for the scorecard"},
        },
    ),
    "sandbox": (
        _sandbox,
        "a stand-in for Telegram, over HTTP",
        "sandbox --port 8081",
        {"--port": {"type": _port, "default": 8081, "help": "where it listens (8081)"}},
    ),
    "import": (
        _import,
        "what nobody answered in a Telegram Desktop export; nothing is kept",
        "import result.json",
        {"file": {"type": Path, "help": "the result.json of one chat"}},
    ),
    "read": (
        _read,
        "what the reading room finds in each line of a file of messages",
        "read chat.jsonl --threads > readings.jsonl",
        {
            "file": {"type": Path, "help": 'a JSON object a line; only its "text" is required'},
            "--threads": {"action": "store_true", "help": f"{AFTERWARDS} question {WITHIN}"},
            "--claims": {"action": "store_true", "help": f"{AFTERWARDS} claim {WITHIN}"},
        },
    ),
    "evaluate": (
        _evaluate,
        "how well the reading room reads, on labelled texts or on what your people judged",
        "evaluate --data ../shared/data",
        {
            "--data": {"type": Path, "help": "the folder of labelled texts (LINSHENG_DATA)"},
            "--plain": {"action": "store_true", "help": "without meanings: half as long"},
            "--own": {"action": "store_true", "help": "on this community's own judgements"},
        },
    ),
    "digest": (
        _digest,
        "the weekly digests of each community, as text",
        "digest --week 2026-W47 --out digests",
        {
            "--week": {"required": True, "help": "an ISO week such as 2026-W47"},
            "--out": {"type": Path, "required": True, "help": "the folder to write to"},
        },
    ),
    "doctor": (_doctor, "what is wrong, and what to do about it", "doctor", {}),
    "migrate": (_migrate, "bring the database to this version", "migrate", {}),
    "backup": (
        _backup,
        "a checked copy of the database, also while the bot runs",
        "backup copy.db",
        {"to": {"type": Path, "nargs": "?", "help": "the file to write (backup_dir/DATE.db)"}},
    ),
    "restore": (
        _restore,
        "put a backup in the database's place",
        "restore copy.db",
        {"source": {"type": Path, "help": "the backup"}},
    ),
    "verify": (_verify, "check the database and its hash chain", "verify", {}),
}

if __name__ == "__main__":
    sys.exit(main())
