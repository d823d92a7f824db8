"""Threads and claims of a file: found span by span, written out when all lines are read."""

import shutil
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Self

from bot.analysis.claims import claims
from bot.analysis.lines import DIGITS, Id, Line, written
from bot.analysis.spans import Span, Spans, Tellings, Told
from bot.analysis.threads import threads

HELD = 1 << 20
"""Bytes that wait in memory for the end; what is more waits on disk. They hold ids, no words."""


class Afterwards:
    """What can only be said of a whole chat, if it was asked for; `name` gives a line's id."""

    def __init__(self, with_threads: bool, with_claims: bool, name: Callable[[int], Id]) -> None:
        self._with_threads, self._with_claims, self._name = with_threads, with_claims, name
        self._spans, self._tellings = Spans(), Tellings(name)
        self._threads: IO[bytes] = SpooledTemporaryFile(HELD)  # noqa: SIM115  # closed on exit
        self._claims: IO[bytes] = SpooledTemporaryFile(HELD)  # noqa: SIM115  # closed on exit
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.close()
        self._claims.close()

    def take(self, line: Line) -> None:
        """One more line."""
        if self._with_threads or self._with_claims:
            self._judge(self._spans.put(line))

    def _judge(self, span: Span | None) -> None:
        if span is None:
            return
        if self._with_threads:
            self._answered(span)
        if self._with_claims:
            self._told(self._tellings.take(claims(span.lines), span))

    def _answered(self, span: Span) -> None:
        for thread in threads(span.lines):
            if span.judges(thread.question):
                found = {
                    "question": self._name(thread.question),
                    "answers": [self._name(line) for line in thread.answers],
                    "open_score": round(thread.open_score, DIGITS),
                }
                self._threads.write(written(found))

    def _told(self, closed: list[Told]) -> None:
        for told in closed:
            self._count += 1
            acts = [{"id": id, "act": act} for _, (id, act) in sorted(told.items())]
            self._claims.write(written({"claim": self._count, "messages": acts}))

    def write(self, out: IO[bytes]) -> None:
        """All threads, then all claims."""
        self._judge(self._spans.rest())
        self._told(self._tellings.rest())
        for found in (self._threads, self._claims):
            found.seek(0)
            shutil.copyfileobj(found, out)
        out.flush()
