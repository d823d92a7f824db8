"""The connections of a server, so that a fault can break one off."""

import asyncio
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class Lines:
    """The open connections, by the address of their other end."""

    def __init__(self) -> None:
        self._open: dict[Any, asyncio.BaseTransport] = {}

    def protocol(self) -> type[H11Protocol]:
        """uvicorn's protocol, which notes its connections here."""
        opened = self._open

        class Noted(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                opened[transport.get_extra_info("peername")] = transport
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                opened.pop(self.transport.get_extra_info("peername"), None)
                super().connection_lost(exc)

        return Noted

    def cutting(self, app: ASGIApp) -> ASGIApp:
        """The application; where it calls `scope["cut"]`, the connection goes without a byte."""

        async def cut(scope: Scope, receive: Receive, send: Send) -> None:
            broken: list[bool] = []

            async def sent(message: Message) -> None:
                if not broken:
                    await send(message)

            await app({**scope, "cut": lambda: broken.append(True)}, receive, sent)
            if broken:
                self._abort(scope.get("client"))

        return cut

    def _abort(self, client: object) -> None:
        line = self._open.get(client)
        if isinstance(line, asyncio.Transport):
            line.abort()
