"""What the second reader found, and the sweep that lets no text wait too long for it."""

from bot.domain.second import Awaited, Found
from bot.domain.second.values import SWEEP
from handlers.desks import Desks
from handlers.feature import Feature, Work


def found(work: Work, desks: Desks, awaited: Awaited, what: Found) -> None:
    """A second reading has come back."""
    desks.second.apply(work, awaited, what)


def sweep(work: Work, desks: Desks, _object: str) -> None:
    """Some text has waited long enough."""
    desks.second.sweep(work)


FEATURE = Feature(found=found, dues={SWEEP: sweep})
