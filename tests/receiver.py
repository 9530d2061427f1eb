"""A receiver of webhooks on loopback: it takes what it is told to take, and remembers all of it."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Post(NamedTuple):
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> Any:
        return json.loads(self.body)


@dataclass
class Says:
    """An answer. `before` happens when the request is read, `after` when it is taken; `cuts`: the
    answer breaks off; `hangs`: seconds of silence first; `is_silent`: there is no answer."""

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    hangs: float = 0.0
    cuts: bool = False
    is_silent: bool = False
    before: Callable[[Post], None] | None = None
    after: Callable[[Post], None] | None = None


TAKEN = Says()


class Receiver:
    """Answers in turn as it is told, and then takes everything. With a `log`, what is taken stands
    in that file, synced before it is answered."""

    def __init__(self, log: Path | None = None) -> None:
        self.posts: list[Post] = []
        self.answers: list[Says] = []
        self._log = log
        self._lock = threading.Lock()
        self._end = threading.Event()
        handler = type("Handler", (_Handler,), {"receiver": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    def __enter__(self) -> Receiver:
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hooks/T0KEN-of-ours"

    def says(self, *answers: Says) -> None:
        self.answers = list(answers)

    def next(self, post: Post) -> Says:
        with self._lock:
            self.posts.append(post)
            return self.answers.pop(0) if self.answers else TAKEN

    def taken(self, post: Post) -> None:
        if self._log is None:
            return
        digest = hashlib.sha256(post.body).hexdigest()
        with self._lock, self._log.open("a") as file:
            file.write(f"{post.id} {digest}\n")
            file.flush()
            os.fsync(file.fileno())

    def waits(self, seconds: float) -> None:
        self._end.wait(seconds)


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        size = int(self.headers.get("content-length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        post = Post(self.path, headers, self.rfile.read(size))
        answer = self.receiver.next(post)
        if answer.before is not None:
            answer.before(post)
        if 200 <= answer.status < 300:
            self.receiver.taken(post)
        if answer.after is not None:
            answer.after(post)
        self.receiver.waits(answer.hangs)
        self.close_connection = True
        try:
            if not answer.is_silent:
                self._answer(answer)
        except OSError:
            pass  # whoever asked has gone

    def _answer(self, answer: Says) -> None:
        if answer.cuts:
            self.wfile.write(b"HTTP/1.1 20")
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.01)
