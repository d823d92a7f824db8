"""What the Bot API answers when it declines, in its own words."""

from typing import Any, Final

CONFLICT: Final = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
WEBHOOK_SET: Final = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)
NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
MIGRATED: Final = "Bad Request: group chat was upgraded to a supergroup chat"
NO_THREAD: Final = "message thread not found"
NOT_UTF8: Final = "strings must be encoded in UTF-8"


class ApiError(Exception):
    """An error as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def forbidden(description: str) -> ApiError:
    return ApiError(403, f"Forbidden: {description}")


def unparsed(what: str) -> ApiError:
    return bad(f"can't parse entities: {what}")


def flooded(wait: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
