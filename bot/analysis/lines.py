"""One message a line as JSON: what may be in it, and what is found in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.talk import ASKS, Reading, checkable

LONGEST_NAME = 200
"""Characters of an id, an author or a role; whatever is longer is no name."""
RESIDENT = "resident"
DIGITS = 4
Id = int | str


class BadLine(Exception):
    """A line that is no message; its text says why, in plain words and without the line's own."""


@dataclass(frozen=True, slots=True)
class Given:
    """One message as it stands in a file; no id where none is given."""

    text: str
    id: Id | None = None
    at: datetime | None = None
    author: str = ""
    role: str = ""
    reply_to: Id | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One message with what was found in it; `id` counts the lines, `reply_to` names one."""

    id: int
    at: datetime | None
    author: str
    role: str
    reply_to: int | None
    text: str
    reading: Reading


def given(raw: bytes) -> Given:
    """The message of one line. Raises `BadLine`."""
    try:
        found = json.loads(raw)
    except UnicodeDecodeError as error:
        raise BadLine("it is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"it is no JSON ({error.msg.lower()}, column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise BadLine("it is no JSON that can be read") from error
    if not isinstance(found, dict):
        raise BadLine("it is no JSON object")
    if not isinstance(found.get("text"), str):
        raise BadLine('"text" is missing' if "text" not in found else '"text" is no text')
    role = _word(found, "role")
    return Given(
        text=found["text"],
        id=_id(found, "id"),
        at=_moment(found),
        author=_word(found, "author"),
        role="" if role == RESIDENT else role,
        reply_to=_id(found, "reply_to"),
    )


def _id(found: Mapping[str, object], name: str) -> Id | None:
    value = found.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, str) and len(value) <= LONGEST_NAME:
        return value
    raise BadLine(f'"{name}" is neither a whole number nor a short text')


def _word(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    if value is None:
        return ""
    if isinstance(value, str) and len(value) <= LONGEST_NAME:
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise BadLine(f'"{name}" is no short text')


def _moment(found: Mapping[str, object]) -> datetime | None:
    """When it was written; without a zone it counts as UTC."""
    value = found.get("at")
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise BadLine('"at" is no time such as 2026-11-23T10:12:00+08:00') from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def shown(id: Id, reading: Reading) -> dict[str, object]:
    """What was found in one message, as it is written out."""
    return {
        "id": id,
        "mood": {"label": reading.mood.value, "score": round(reading.score, DIGITS)},
        "complaint": reading.complaint,
        "question": {"asks": reading.asks >= ASKS, "score": round(reading.asks, DIGITS)},
        "claim": {
            "checkable": checkable(reading.kind, reading.claim),
            "score": round(reading.claim, DIGITS),
            "high_risk": reading.high_risk,
        },
        "targets": [{"actor": actor, "stance": stance} for actor, stance in reading.targets],
        "cues": list(reading.cues),
        "hazard": reading.hazard,
        "personal_data": list(reading.personal),
        "kind": reading.kind.value,
        "evidence": list(reading.evidence),
    }


def written(found: Mapping[str, object]) -> bytes:
    """One line of output; half a character pair stays the JSON escape that it was."""
    return f"{json.dumps(found, ensure_ascii=False)}\n".encode("utf-8", "backslashreplace")
