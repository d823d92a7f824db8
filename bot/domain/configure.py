"""What managers may change in the chat."""

from bot.domain.basics import NewId, Pseudonym


class ConfigureDesk:
    """What managers may change in the chat."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
