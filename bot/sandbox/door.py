"""Who may come in, and what keeps the page to itself."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HERE = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Door:
    """Lets in what comes from this machine and from the page itself; adds the page's headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or (path.startswith("/bot") and ":" in path):
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cache-Control"] = "no-store"
            await send(message)

        refused = PlainTextResponse("This address is for this machine only.\n", 403)
        await (self.app if _from_here(Headers(scope=scope)) else refused)(scope, receive, dressed)


def _from_here(headers: Headers) -> bool:
    """Another site's page in a browser here must reach neither people nor clock."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    if host.rpartition(":")[0] not in HERE and host not in HERE:
        return False
    return origin is None or origin.partition("://")[2] == host
