"""How many examples chance plays of a property: some in the quick tests, all in the slow ones."""

from hypothesis import HealthCheck, settings

from tests.conftest import SLOW

PART = 4
"""Each run draws others, and those that failed once are drawn first."""


def often(count: int, *healthy: HealthCheck) -> settings:
    """So many examples with the slow tests, else a part; `healthy` is not checked."""
    examples = count if SLOW else count // PART
    return settings(max_examples=examples, deadline=None, suppress_health_check=healthy)
