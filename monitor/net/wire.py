"""Connections of httpx2, to checked addresses only, and none for longer than a look may take."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import httpcore2
import httpx2

from monitor.errors import SourceUnavailable
from monitor.net.guard import Named, addresses_of

Clock = Callable[[], float]
_STEP: Final = 30.0
"""Seconds that one step may take: connecting, a shake of hands, one part of an answer."""


class Deadline:
    """Until when everything has to be over, in seconds of a clock that nobody puts back. `connect`
    and `step` are the seconds that connecting, and any other step, may take of them."""

    def __init__(
        self,
        seconds: float,
        clock: Clock = time.monotonic,
        *,
        connect: float = _STEP,
        step: float = _STEP,
    ) -> None:
        self.seconds = seconds
        self._connect = connect
        self._step = step
        self._clock = clock
        self._end = clock() + seconds

    @property
    def words(self) -> str:
        return f"no whole answer within {self.seconds:g} s"

    def left(self) -> float:
        """Seconds for the next step. Raises SourceUnavailable when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise SourceUnavailable(self.words)
        return min(left, self._step)

    def has(self, seconds: float) -> bool:
        """Whether there is more time left than that."""
        return self._end - self._clock() > seconds

    def to_connect(self) -> float:
        """Seconds for connecting. Raises SourceUnavailable when there are none."""
        return min(self.left(), self._connect)


class _Stream(httpcore2.NetworkStream):
    """A connection whose every step ends with the deadline, however slowly bytes drip."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - ours
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - ours
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - ours
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Resolves once, checks what came of it, and connects to that and to nothing else."""

    def __init__(self, named: Named, deadline: Deadline) -> None:
        self._named = named
        self._deadline = deadline
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - ours
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failed: Exception | None = None
        for address in addresses_of(host.strip("[]"), port, self._named):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.to_connect(), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self._deadline)
        raise failed or httpcore2.ConnectError(f"{host} has no address")


class _Body(httpx2.SyncByteStream):
    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        if hasattr(self._parts, "close"):
            self._parts.close()


class GuardedTransport(httpx2.BaseTransport):
    """HTTP/1.1 through checked connections; proxies of the environment are not used."""

    def __init__(self, named: Named, deadline: Deadline, context: ssl.SSLContext) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context, network_backend=_Backend(named, deadline), max_connections=4
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        assert isinstance(request.stream, httpx2.SyncByteStream)
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()
