"""One question to an address and its answer, within limits of bytes, ratio, time and redirects."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Final

import httpcore2
import httpx2

from monitor.errors import SourceUnavailable
from monitor.model.record import Record
from monitor.net.address import read_address, same_origin, without_secret
from monitor.net.guard import Named
from monitor.net.wire import Deadline, GuardedTransport

REDIRECTS: Final = 5
RATIO: Final = 100
"""How many times its size an answer may unpack to, once it is larger than `_FREE`."""

_FREE: Final = 1_000_000
_MOVED: Final = frozenset((301, 302, 303, 307, 308))
_TROUBLE: Final = (
    httpx2.HTTPError,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
)
_PACKED: Final = frozenset(("gzip", "deflate", "identity", ""))


class Ask(Record):
    """A question. `secret` headers go to the origin that was named and to no other."""

    address: str
    headers: Mapping[str, str] = {}
    secret: Mapping[str, str] = {}
    limit: int
    """Of the bytes of the answer, unpacked."""


class Reply(Record):
    """An answer of any status; its body is read only where that is 200. Header names are small."""

    status: int
    headers: Mapping[str, str]
    data: bytes
    address: str


class Fetcher:
    """Asks what belongs together, within one deadline. Close it when done."""

    def __init__(
        self, *, named: Named, seconds: float, agent: str, context: ssl.SSLContext | None = None
    ) -> None:
        self._deadline = Deadline(seconds)
        self._agent = agent
        self._transport = GuardedTransport(
            named, self._deadline, context or httpx2.create_ssl_context()
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.close()

    def fetch(self, ask: Ask) -> Reply:
        """Raises SourceUnavailable for whatever keeps the answer away, in words and with the
        address, whose query is not said."""
        first = address = read_address(ask.address)
        for _ in range(REDIRECTS + 1):
            headers = {**ask.headers}
            if same_origin(first, address):
                headers |= ask.secret
            try:
                reply = self._one(address, headers, ask.limit)
            except SourceUnavailable as error:
                raise SourceUnavailable(f"{without_secret(str(address))}: {error}") from None
            except (*_TROUBLE, OSError, ValueError) as error:
                text = f"{without_secret(str(address))}: {self._in_words(error)}"
                raise SourceUnavailable(text) from None
            if reply.status not in _MOVED or "location" not in reply.headers:
                return reply
            address = _next(address, reply.headers["location"])
        raise SourceUnavailable(f"{without_secret(ask.address)}: more than {REDIRECTS} redirects")

    def _one(self, address: httpx2.URL, headers: Mapping[str, str], limit: int) -> Reply:
        told = {
            "User-Agent": self._agent,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
            **headers,
        }
        request = httpx2.Request("GET", address, headers=told)
        answer = self._transport.handle_request(request)
        answer.request = request
        try:
            data = self._body(answer, limit) if answer.status_code == 200 else b""
        finally:
            answer.close()
        said = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(status=answer.status_code, headers=said, data=data, address=str(address))

    def _body(self, answer: httpx2.Response, limit: int) -> bytes:
        coding = answer.headers.get("content-encoding", "").strip().lower()
        if coding not in _PACKED:
            raise SourceUnavailable(
                f"the answer is packed as {coding[:20]}, which nobody asked for"
            )
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_bytes():
            self._deadline.left()
            size += len(part)
            if size > limit:
                raise SourceUnavailable(f"the answer is larger than {limit} bytes")
            if size > _FREE and size > RATIO * max(1, answer.num_bytes_downloaded):
                raise SourceUnavailable(f"the answer unpacks to more than {RATIO} times its size")
            parts.append(part)
        return b"".join(parts)

    def _in_words(self, error: Exception) -> str:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return f"its certificate is not valid: {cause.verify_message}"
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, httpx2.DecodingError):
            return "the answer cannot be unpacked"
        if isinstance(error, httpx2.TimeoutException | httpcore2.TimeoutException | TimeoutError):
            return self._deadline.words
        return str(error) or type(error).__name__


def _next(address: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect leads. Raises SourceUnavailable for one that leaves TLS."""
    whole = read_address(str(address.join(location)) if "\\" not in location else location)
    if address.scheme == "https" and whole.scheme != "https":
        where = without_secret(str(address))
        raise SourceUnavailable(f"{where} leads to {without_secret(str(whole))}, without TLS")
    return whole
