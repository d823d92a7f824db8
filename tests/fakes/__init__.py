"""Stores of dicts and lists, a stopped clock and ids that count: a bot's memory without a disk."""

from tests.fakes.shelves import Conflict, Shelves
from tests.fakes.stopped import CountingIds, StoppedClock
from tests.fakes.store import FakeStore
from tests.fakes.work import FakeWork

__all__ = ["Conflict", "CountingIds", "FakeStore", "FakeWork", "Shelves", "StoppedClock"]
