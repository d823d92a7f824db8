"""Serves a world over HTTP, on this machine only."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Sequence

import uvicorn
from starlette.routing import BaseRoute

from bot.sandbox.api import Api
from bot.sandbox.http import application
from bot.sandbox.lines import Lines
from bot.sandbox.world import World

HOST = "127.0.0.1"
Ready = Callable[[str], None]


class PortTaken(Exception):
    """Another program listens there already."""


def listening(port: int) -> socket.socket:
    """A socket on this machine; port 0 picks a free one. Raises `PortTaken`."""
    # asyncio switches Nagle's delay off only on sockets that say they are TCP.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HOST, port))
        sock.listen(128)
    except OSError:
        sock.close()
        raise PortTaken(f"port {port} is in use; choose another one with --port") from None
    return sock


class Server(uvicorn.Server):
    """uvicorn, leaving signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def server(api: Api, extra: Sequence[BaseRoute] = ()) -> Server:
    lines = Lines()
    config = uvicorn.Config(
        lines.cutting(application(api, extra)),
        http=lines.protocol(),
        ws="none",
        log_config=None,
        log_level=logging.CRITICAL,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    return Server(config)


@contextlib.asynccontextmanager
async def served(
    world: World | Api, port: int = 0, extra_routes: Sequence[BaseRoute] = ()
) -> AsyncIterator[str]:
    """The world is reachable at the yielded address while the block runs. Raises `PortTaken`."""
    api = world if isinstance(world, Api) else Api(world, paced=True)
    sock = listening(port)
    running = server(api, extra_routes)
    task = asyncio.ensure_future(running.serve([sock]))
    while not running.started and not task.done():  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.005)
    try:
        yield f"http://{HOST}:{sock.getsockname()[1]}"
    finally:
        running.should_exit = running.force_exit = True
        api.world.wake()
        await task
        sock.close()


async def serving(
    world: World | Api,
    port: int,
    extra_routes: Sequence[BaseRoute] = (),
    on_ready: Ready = lambda _: None,
) -> None:
    """Serves inside a running program until it is cancelled. Raises `PortTaken`."""
    async with served(world, port, extra_routes) as address:
        on_ready(address)
        await asyncio.Event().wait()


def _say(address: str) -> None:
    sys.stdout.write(f"The sandbox is at {address}, its control API at {address}/sandbox/docs\n")
    sys.stdout.flush()


def serve(
    world: World | Api,
    host: str = HOST,
    port: int = 8081,
    extra_routes: Sequence[BaseRoute] = (),
    on_ready: Ready = _say,
) -> None:
    """Serves until it is told to stop. Raises `PortTaken`, and `ValueError` for another host."""
    if host != HOST:
        raise ValueError(f"the sandbox listens on {HOST} only")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(until_told(serving(world, port, extra_routes, on_ready)))


async def until_told(work: Coroutine[None, None, None]) -> None:
    """Ends quietly at SIGTERM; Ctrl-C does so by itself."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
