"""What a client may cost: connections are few, and whoever is slow is let go."""

from __future__ import annotations

import asyncio
import resource
from dataclasses import dataclass, field

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from monitor.web.seldom import WebSeldom

MOST = 128
"""Connections at once, where the process may open files enough."""

SHARE = 4
"""Of the files that the process may open, one in so many is a connection: the others are the
store's, the mail's and the snapshots'."""

ACCEPTED_AT_ONCE = 16
"""Connections taken in before the first of them can be let go."""


def most_connections() -> int:
    """Far fewer than the process may open files, so that telling goes on whoever connects."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(1, min(MOST, soft // SHARE))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits:
    """Seconds for a request's headers, from the connection or the answer before, and for its
    body."""

    connections: int = field(default_factory=most_connections)
    headers: float = 10.0
    body: float = 20.0


class LimitedProtocol(H11Protocol):
    """One connection. Make a class with `limited`, which knows the limits."""

    limits: ConnectionLimits
    seldom: WebSeldom
    _timer: asyncio.TimerHandle | None = None
    _waits_for = ""
    made_at = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.made_at = self.loop.time()
        if len(self.connections) > self.limits.connections:
            self._make_room()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    @property
    def waits(self) -> bool:
        """Whether it is the client's turn, so that letting it go costs nobody an answer."""
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> None:
        """Whoever has been silent longest goes: a client that means it says so at once."""
        others = [one for one in self.connections if isinstance(one, LimitedProtocol)]
        silent = [one for one in others if one.waits and not one.transport.is_closing()]
        oldest = min(silent, key=lambda one: one.made_at, default=self)
        self.seldom.note("full", f"{self.limits.connections} connections are open; the oldest goes")
        oldest.transport.abort()

    def _watch(self) -> None:
        """Its time begins when it begins to be waited for, not with each octet that comes."""
        waits_for = {h11.IDLE: "headers", h11.SEND_BODY: "body"}.get(self.conn.their_state, "")
        if waits_for == self._waits_for or self.transport.is_closing():
            return
        self._stop()
        self._waits_for = waits_for
        if waits_for:
            seconds = self.limits.headers if waits_for == "headers" else self.limits.body
            self._timer = self.loop.call_later(seconds, self._late)

    def _stop(self) -> None:
        self._waits_for = ""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        if not self.transport.is_closing():
            self.seldom.note(self._waits_for, f"a request whose {self._waits_for} did not come")
            self.transport.abort()


def limited(limits: ConnectionLimits, seldom: WebSeldom) -> type[LimitedProtocol]:
    """The server makes its connections of a class, which therefore holds what they share."""
    return type("Limited", (LimitedProtocol,), {"limits": limits, "seldom": seldom})
