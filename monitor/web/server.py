"""Serving the web part beside the service, in the same event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

GRACE = 5
"""Seconds that requests in flight get when the service stops."""


class _Server(uvicorn.Server):
    """Leaves signals to the service, which ends all its parts in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(stop: asyncio.Event, *, app: ASGIApp, host: str, port: int) -> None:
    """Listen until `stop` is set. Paths hold tokens, so requests are not logged."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving
