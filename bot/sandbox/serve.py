"""Serves a world over HTTP, on this machine only."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable

import uvicorn
from starlette.routing import BaseRoute

from bot.sandbox.api import Api
from bot.sandbox.http import Cut, application

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Another program listens there already."""


def listening(port: int) -> socket.socket:
    """A socket on this machine; port 0 picks a free one. Raises `PortTaken`."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HOST, port))
    except OSError:
        sock.close()
        raise PortTaken(f"port {port} is in use; choose another one with --port") from None
    return sock


def server(api: Api, extra: tuple[BaseRoute, ...] = ()) -> uvicorn.Server:
    config = uvicorn.Config(
        _cutting(application(api, extra)),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    return uvicorn.Server(config)


def _cutting(app: Callable[..., object]) -> Callable[..., object]:
    """Lets a connection break off where a fault says so."""

    async def cut(scope: dict[str, object], receive: object, send: object) -> None:
        try:
            await app(scope, receive, send)  # type: ignore[misc]  # an ASGI application
        except Cut:
            return

    return cut


@contextlib.asynccontextmanager
async def served(api: Api, port: int = 0, extra: tuple[BaseRoute, ...] = ()) -> AsyncIterator[str]:
    """The world is reachable at the yielded address while the block runs."""
    sock = listening(port)
    running = server(api, extra)
    running.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # ours stay
    task = asyncio.ensure_future(running.serve([sock]))
    while not running.started and not task.done():  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.01)
    try:
        yield f"http://{HOST}:{sock.getsockname()[1]}"
    finally:
        running.should_exit = True
        running.force_exit = True
        await task


async def serve(api: Api, port: int, ready: Callable[[str], None]) -> None:
    """Serves until it is cancelled."""
    async with served(api, port) as address:
        ready(address)
        await asyncio.Event().wait()
