"""Whether the process lives, and whether it can do its work, for whoever starts and watches it.

Anybody may ask: a probe has no token. What is answered names parts of the program, and nothing of
what is watched or who reads it.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final

from starlette.responses import PlainTextResponse, Response

from monitor.errors import MonitorError
from monitor.pipeline.program import Program
from monitor.web.guards import Guard
from monitor.web.routes import page
from monitor.web.visit import Visit

PATIENCE: Final = 5.0
"""Seconds that the store may take to answer."""

SILENCE: Final = timedelta(minutes=10)
"""After which a service that has not been heard of does not tell readers anything in time."""

WRITES: Final = timedelta(minutes=1)
"""After which a service that has not been heard of cannot write to its store, with a full disk."""


async def live(_visit: Visit) -> Response:
    """The process answers; nothing is asked of the store, which a restart does not mend."""
    return PlainTextResponse("alive\n")


async def ready(visit: Visit) -> Response:
    serves = visit.face.figures is not None
    try:
        asked = visit.read(missing, visit.face.clock(), serves=serves)
        lacks = await asyncio.wait_for(asked, PATIENCE)
    except (MonitorError, OSError, RuntimeError, TimeoutError):
        lacks = "store"
    return PlainTextResponse(f"not ready: {lacks}\n" if lacks else "ready\n", 503 if lacks else 200)


def missing(program: Program, now: datetime, *, serves: bool) -> str:
    """What keeps the program from its work, in a word; empty where nothing does.

    With `serves` a service runs beside, and has to have been heard of. Raises StoreUnavailable.
    """
    program.store.require_current()
    if not serves:
        return ""
    nodes = program.store.nodes.all(seen_since=now - SILENCE)
    seen = max((node.seen_at for node in nodes if node.ended_at is None), default=None)
    if seen is None:
        return "service"
    # It says every ten seconds that it lives, where it can write.
    return "" if seen >= now - WRITES else "store"


PAGES = (
    page("/livez", Guard.PUBLIC, get=live),
    page("/readyz", Guard.PUBLIC, get=ready),
)
