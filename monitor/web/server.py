"""Serving the web part beside the service, in the same event loop."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from monitor.errors import MonitorError
from monitor.web.limits import ACCEPTED_AT_ONCE, ConnectionLimits, limited
from monitor.web.seldom import SeldomFilter, WebSeldom

GRACE = 5
"""Seconds that requests in flight get when the service stops."""


ACCESS = logging.getLogger("uvicorn.access")
ERRORS = logging.getLogger("uvicorn.error")
LOOP = logging.getLogger("asyncio")


class _Server(uvicorn.Server):
    """Leaves signals to the service, which ends all its parts in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _drop(_record: logging.LogRecord) -> bool:
    return False


def listen(host: str, port: int) -> socket.socket:
    """Raises MonitorError when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        # Python adds to the words of the system where it tried.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise MonitorError(f"cannot listen on {host} port {port}: {why}") from error
    # Connections inherit it. asyncio leaves it out for a socket like this one, and a page's second
    # half would wait 40 ms for the receipt of its first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def serve(
    stop: asyncio.Event,
    *,
    app: ASGIApp,
    listening: socket.socket,
    limits: ConnectionLimits | None = None,
) -> None:
    """Answer until `stop` is set. Paths hold tokens, so requests are not logged, whatever logging
    the process has been set up with."""
    if _drop not in ACCESS.filters:
        ACCESS.addFilter(_drop)
    seldom = WebSeldom()
    config = uvicorn.Config(
        app,
        http=limited(limits or ConnectionLimits(), seldom),
        ws="none",
        backlog=ACCEPTED_AT_ONCE,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config)
    with _seldom_logged(seldom):
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        stopping.cancel()
        await serving


@contextmanager
def _seldom_logged(seldom: WebSeldom) -> Iterator[None]:
    """What anybody on the network can cause is said once a minute, without a traceback."""
    ours = ((ERRORS, SeldomFilter(seldom)), (LOOP, SeldomFilter(seldom, only="accept")))
    for logger, each in ours:
        logger.addFilter(each)
    try:
        yield
    finally:
        for logger, each in ours:
            logger.removeFilter(each)
