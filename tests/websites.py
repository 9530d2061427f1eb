"""Servers on loopback that answer as they are told, well or badly, and remember what was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """An answer as a server writes it. `raw` replaces all of it; `hangs` keeps the line open and
    says nothing more; `drips` sends byte by byte for ever."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    raw: bytes | None = None
    hangs: bool = False
    drips: bool = False


class Asked(NamedTuple):
    path: str
    headers: Mapping[str, str]


class Site:
    """A server with one answer for each path; with several, one after the other, the last stays."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = {}
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._scheme = "http"
        if context is not None:
            self._scheme = "https"
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._thread.start()

    def says(self, path: str, *answers: Answer | bytes | str) -> None:
        self._answers[path] = [_answer(one) for one in answers]

    def address(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"{self._scheme}://{host}:{self.port}{path}"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _next(self, path: str) -> Answer:
        answers = self._answers.get(path.partition("?")[0], [Answer(status=404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        return type("Handler", (_Handler,), {"site": self})

    def take(self, path: str, headers: Mapping[str, str]) -> Answer:
        """What to say to one question."""
        self.asked.append(Asked(path, headers))
        return self._next(path)

    def ends_within(self, seconds: float | None) -> bool:
        return self._closing.wait(seconds)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        answer = self.site.take(self.path, dict(self.headers.items()))
        try:
            self._head(answer)
            self._rest(answer)
        except OSError:
            self.close_connection = True

    def _head(self, answer: Answer) -> None:
        if answer.raw is not None:
            self.wfile.write(answer.raw)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in answer.headers and answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _rest(self, answer: Answer) -> None:
        self.wfile.flush()
        while answer.drips and not self.site.ends_within(0.01):
            self.wfile.write(b"x")
        if answer.hangs:
            self.site.ends_within(None)
        if answer.raw is not None or answer.hangs or answer.drips:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""


def _answer(said: Answer | bytes | str) -> Answer:
    if isinstance(said, Answer):
        return said
    return Answer(said.encode() if isinstance(said, str) else said)


@contextmanager
def site(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    found = Site(context)
    try:
        yield found
    finally:
        found.close()


class Names:
    """What names lead to, instead of what the network says; a list is told one after the other."""

    def __init__(self, **names: Sequence[str]) -> None:
        self._names = {name.replace("_", "."): list(said) for name, said in names.items()}

    def getaddrinfo(self, host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        said = self._names.get(host, [host])
        found = said.pop(0) if len(said) > 1 else said[0]
        return [(2, 1, 6, "", (one, port)) for one in found.split()]
