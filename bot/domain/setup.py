"""Opening a community: three steps in private chat."""

from bot.domain.basics import NewId, Pseudonym


class SetupDesk:
    """Opening a community: three steps in private chat."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
