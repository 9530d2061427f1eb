"""Opening the site: beside the service, or alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from monitor.deliver.ports import Runner
from monitor.pipeline.program import Program, open_program
from monitor.pipeline.say import say
from monitor.web.face import Face
from monitor.web.pages.login import FIRST
from monitor.web.server import listen, serve
from monitor.web.site import make_site
from monitor.web.tokens import hash_of, make_token

FIRST_HOUR: Final = timedelta(hours=1)
"""How long the link for the first person is good for; each start prints another."""


def beside(
    writer: Callable[[], Program],
    *,
    read: Runner,
    write: Runner,
    clock: Callable[[], datetime],
    figures: Callable[[], bytes] | None = None,
) -> Callable[[asyncio.Event], Awaitable[None]]:
    """What runs beside the service until its event is set. The port is taken at once.

    `read` has one thread: pages share caches, and their work is this process's either way.

    Raises MonitorError when it cannot be had.
    """
    listening = listen(writer().settings.web.host, writer().settings.web.port)
    address, port = listening.getsockname()[:2]
    host = f"[{address}]" if ":" in address else address
    own = f"http://{host}:{port}"

    async def run(stop: asyncio.Event) -> None:
        opened = open_program(writer().settings, reading=True)
        face = Face(
            opened=opened, read=read, writer=writer, write=write, clock=clock, figures=figures
        )
        try:
            await _introduce(face, own)
            await serve(stop, app=make_site(face), listening=listening)
        finally:
            opened.store.close()

    return run


async def _introduce(face: Face, own: str) -> None:
    said = f"pages: {face.public_url or own}"
    if face.public_url:
        said += f", served at {own}"
    say("web", said)
    now, token = face.clock(), make_token()

    def first() -> bool:
        store = face.writer().store
        if store.people.all():
            return False
        store.permits.forget(FIRST)
        store.permits.add(hash_of(token), FIRST, {}, now=now, expires_at=now + FIRST_HOUR)
        return True

    if await face.write(first):
        say(
            "web-first", f"nobody can log in yet; the first person begins here: {own}/first/{token}"
        )
