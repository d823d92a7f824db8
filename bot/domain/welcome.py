"""How a person likes to be spoken to: language, large letters, building."""

from bot.domain.basics import NewId, Pseudonym


class WelcomeDesk:
    """How a person likes to be spoken to: language, large letters, building."""

    def __init__(self, new_id: NewId, pseudonym: Pseudonym) -> None:
        self._new_id, self._pseudonym = new_id, pseudonym
