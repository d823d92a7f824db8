"""A native poll and the votes in it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.actors.people import Json


@dataclass
class Poll:
    """A native poll; `bot` is the bot that sent it, if one did."""

    id: str
    question: str
    options: list[str]
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    hidden: bool = False
    kind: str = "regular"
    correct: list[int] = field(default_factory=list)
    explanation: str = ""
    description: str = ""
    closes: datetime | None = None
    period: int | None = None
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)
    bot: int | None = None

    def counts(self) -> list[int]:
        counts = [0] * len(self.options)
        for chosen in self.votes.values():
            for number in chosen:
                counts[number] += 1
        return counts

    def persistent(self, numbers: list[int]) -> list[str]:
        return [f"{self.id}-{number}" for number in numbers]

    def json(self) -> Json:
        """The poll as the bot that sent it receives it."""
        counts = self.counts()
        body: Json = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": f"{self.id}-{n}", "text": text, "voter_count": counts[n]}
                for n, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": self.kind,
            "allows_multiple_answers": self.multiple,
            "allows_revoting": self.revoting,
            "members_only": False,
        }
        return body | self._sometimes()

    def _sometimes(self) -> Json:
        body: Json = {}
        if self.correct:
            body["correct_option_ids"] = self.correct
        if self.explanation:
            body["explanation"] = self.explanation
        if self.description:
            body["description"] = self.description
        if self.closes:
            body["close_date"] = int(self.closes.timestamp())
        if self.period:
            body["open_period"] = self.period
        return body
