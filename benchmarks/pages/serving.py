"""python -m benchmarks.pages.serving ours|bare: the pages over the desk in this folder, or the
least that a page can be by the same framework. Each answer says what processor time it took."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarks.pages.world import opened
from monitor.pipeline.program import open_program
from monitor.service.thread import StoreThread
from monitor.web.face import Face
from monitor.web.server import listen, serve
from monitor.web.site import make_site

TOOK = "x-took"

TEMPLATE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang=en><title>{{ name }}</title><main><h1>{{ name }}</h1></main></html>"
)


class Timed:
    """Milliseconds of this process, all its threads, up to the answer's first byte; an answer is
    made whole before. One visitor asks at a time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.process_time()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = f"{1000 * (time.process_time() - began):.3f}"
                message["headers"] = [*message["headers"], (TOOK.encode(), took.encode())]
            await send(message)

        await self.app(scope, receive, timed)


async def _serve(app: ASGIApp) -> None:
    listening = listen("127.0.0.1", 0)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    await serve(asyncio.Event(), app=Timed(app), listening=listening)


def bare() -> ASGIApp:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE pages (id INTEGER PRIMARY KEY, name TEXT)")
    connection.execute("INSERT INTO pages VALUES (1, 'a page')")

    async def show(_request: Request) -> HTMLResponse:
        row = connection.execute("SELECT name FROM pages WHERE id = ?", (1,)).fetchone()
        return HTMLResponse(TEMPLATE.render(name=row[0]))

    return Starlette(routes=[Route("/", show)])


def ours() -> ASGIApp:
    program = opened(Path.cwd())
    reading, writing = StoreThread(sqlite=True), StoreThread(sqlite=program.store.is_sqlite)
    return make_site(
        Face(
            opened=open_program(program.settings, reading=True),
            read=reading,
            writer=lambda: program,
            write=writing,
            clock=lambda: datetime.now(UTC),
        )
    )


if __name__ == "__main__":
    app = {"ours": ours, "bare": bare}[sys.argv[1]]()
    gc.freeze()  # as the command does with what it has imported
    asyncio.run(_serve(app))
