"""Servers as processes of their own on one core, and somebody who asks them over a kept
connection."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlencode

from benchmarks.pages.serving import TOOK
from benchmarks.pages.world import ENVIRONMENT, NAME, PASSWORD
from monitor.model.record import Record
from monitor.web.face import SESSION

PATIENCE = 60.0

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


@contextlib.contextmanager
def server(command: Sequence[str], folder: Path) -> Iterator[int]:
    """The port that the process says it has. It has the first core to itself."""
    core = min(os.sched_getaffinity(0))
    with TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=os.environ | ENVIRONMENT,
            stderr=said,
            stdout=said,
        )
        os.sched_setaffinity(process.pid, {core})
        try:
            yield _port(process, said.fileno())
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _port(process: subprocess.Popen[bytes], said: int) -> int:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        found = ADDRESS.search(os.pread(said, 100_000, 0).decode())
        if found:
            return int(found[1])
        time.sleep(0.02)
    raise RuntimeError(os.pread(said, 100_000, 0).decode()[-2000:])


class Got(Record):
    """`took`: ms of the server's processor; `waited`: ms from asking to the last byte."""

    took: float
    waited: float
    body: bytes


class Visitor:
    """One person with one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers: dict[str, str] = {"Accept": "text/html"}

    def log_in(self) -> None:
        form = urlencode({"name": NAME, "password": PASSWORD, "to": "/"})
        sort = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/login", form, sort)
        answer = self._connection.getresponse()
        answer.read()
        cookies: Mapping[str, str] = dict(
            part.partition("=")[::2]
            for part in (answer.headers.get("Set-Cookie") or "").split("; ")
        )
        if SESSION not in cookies:
            raise RuntimeError(f"nobody was let in: {answer.status}")
        self._headers["Cookie"] = f"{SESSION}={cookies[SESSION]}"

    def get(self, path: str) -> Got:
        """Redirections are followed, and cost what they do."""
        began, took = time.perf_counter(), 0.0
        for _ in range(3):
            self._connection.request("GET", path, headers=self._headers)
            answer = self._connection.getresponse()
            body = answer.read()
            took += float(answer.headers[TOOK])
            if answer.status not in (302, 303):
                break
            path = answer.headers["Location"]
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:300].decode()}")
        return Got(took=took, waited=1000 * (time.perf_counter() - began), body=body)
