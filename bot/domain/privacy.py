"""Opting out, seeing and erasing one's own data, and keeping nothing too long."""

from bot.domain.basics import NewId, Pseudonym


class PrivacyDesk:
    """Opting out, seeing and erasing one's own data, and keeping nothing too long."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
