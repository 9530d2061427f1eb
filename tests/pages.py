"""The site as people have it: served on a port of its own, over the shipped talks, with three
people who log in. Asked by hand here; a browser asks the same port."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import urlencode

from monitor.data import data_path
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.program import Program, open_program
from monitor.pipeline.readers.provision import start
from monitor.settings import load
from monitor.store.records import Role
from monitor.web.face import SESSION, Face
from monitor.web.limits import ConnectionLimits
from monitor.web.passwords import hashed
from monitor.web.routes import IDLE
from monitor.web.server import listen, serve
from monitor.web.site import make_site
from monitor.web.tokens import form_key, hash_of

T = TypeVar("T")

NOON = datetime(2026, 2, 20, 12, 0, tzinfo=UTC)

PASSWORD = "correct horse 1"

ROLES: tuple[Role, ...] = ("reader", "editor", "admin")

CONFIG = """
[sources.snapshots]
folder = "snapshots"

[[subscriptions]]
address = "ana@example.org"
situations = ["ukraine-talks"]
start = "2026-02-15"
"""

_KEPT: list[TemporaryDirectory[str]] = []


@cache
def _talks() -> Path:
    """A working folder in which a pass has taken in the talks; copied for each test."""
    kept = TemporaryDirectory(prefix="pages-")
    _KEPT.append(kept)
    folder = Path(kept.name) / "desk"
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "monitor.toml").write_text(CONFIG)
    shutil.copytree(data_path("snapshots"), folder / "snapshots")
    settled = (NOON - timedelta(days=1)).timestamp()
    for file in (folder / "snapshots").rglob("*"):
        os.utime(file, (settled, settled))
    program = open_program(load(str(folder / "config" / "monitor.toml")))
    program = start(program, NOON)
    memory = Memory()
    for _ in range(2):
        one_pass(program, memory, NOON)
    program.store.nodes.stop(now=NOON)
    for role in ROLES:
        person = program.store.people.add(
            role,
            role=role,
            password=_hashed(),
            address="ana@example.org" if role == "reader" else None,
            now=NOON,
        )
        program.store.people.open_session(
            person.id, hash_of(f"token-{role}"), now=NOON, expires_at=NOON + IDLE
        )
    program.store.close()
    return folder


@cache
def _hashed() -> str:
    return hashed(PASSWORD)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    text: str


@dataclass(slots=True)
class Site:
    """`now` may be moved; `broken` makes every look at the store fail, with `fault`."""

    program: Program
    port: int = 0
    now: datetime = NOON
    broken: bool = False
    fault: Exception = field(default_factory=lambda: RuntimeError("out of order"))
    asked: list[str] = field(default_factory=list)
    face: Face = field(init=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        role: Role | None = None,
        form: dict[str, str] | None = None,
        body: str = "",
        keyed: bool = True,
        **headers: str,
    ) -> Answer:
        """`role`: as this person, with the key of her session's forms unless `keyed` is off."""
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        if role is not None:
            given["Cookie"] = f"{SESSION}=token-{role}"
        if form is not None:
            method = "POST"
            if role is not None and keyed:
                form = form | {"form_key": self.form_key(role)}
            body = urlencode(form)
        if method == "POST":
            given.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body.encode(), given)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())

    def form_key(self, role: Role) -> str:
        return form_key(self.program.secret, hash_of(f"token-{role}"))

    def sees(self, path: str, role: Role = "admin") -> str:
        """The page, which there has to be."""
        answer = self.ask(path, role=role, Accept="text/html")
        assert answer.status == 200, (answer.status, answer.headers.get("location"), answer.text)
        return answer.text


@contextlib.contextmanager
def site(
    folder: Path,
    limits: ConnectionLimits | None = None,
    *,
    config: str = "",
    people: bool = True,
) -> Iterator[Site]:
    """Served until the end. `folder` is the test's own; `config` is added to the settings. Without
    `people` nobody can log in yet."""
    desk = folder / "desk"
    shutil.copytree(_talks(), desk)
    if not people:
        with contextlib.closing(sqlite3.connect(desk / "var" / "monitor.db")) as connection:
            connection.executescript("DELETE FROM sessions; DELETE FROM people;")
    file = desk / "config" / "monitor.toml"
    file.write_text(file.read_text() + config)
    settings = load(str(file))
    with served(open_program(settings), limits) as found:
        yield found


@contextlib.contextmanager
def served(program: Program, limits: ConnectionLimits | None = None) -> Iterator[Site]:
    reader = open_program(program.settings, reading=True)
    found = Site(program)

    async def run(call: Callable[[], T], /) -> T:
        if found.broken:
            raise found.fault
        return call()

    face = Face(opened=reader, read=run, writer=lambda: program, write=run, clock=lambda: found.now)
    found.face = face
    listening, stop = listen("127.0.0.1", 0), asyncio.Event()
    found.port = listening.getsockname()[1]
    loop = asyncio.new_event_loop()
    work = serve(stop, app=make_site(face), listening=listening, limits=limits)
    thread = threading.Thread(target=lambda: loop.run_until_complete(work))
    thread.start()
    try:
        yield found
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=60)
        loop.close()
        reader.store.close()
        program.store.close()
