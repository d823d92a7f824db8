"""Granting and revoking roles."""

from bot.domain.basics import NewId, Pseudonym


class RolesDesk:
    """Granting and revoking roles."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
