"""The desks over dicts: nothing here touches a disk."""

import pytest

from handlers.desks import Choices, Desks, desks_of
from tests.domain.home import CODE, opened
from tests.fakes import CountingIds, FakeWork


@pytest.fixture
def work() -> FakeWork:
    return opened()


@pytest.fixture
def desks() -> Desks:
    """Every lot is 0.5 and every message that may answer a question does so."""
    return desks_of(
        CountingIds(), CODE, Choices(reader="plain-1", dice=lambda: 0.5, likely=lambda *_: 1.0)
    )
