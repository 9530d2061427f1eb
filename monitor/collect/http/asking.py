"""A whole answer of an address, with all its pages: asked patiently, and whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from monitor.collect.http.fetch import Ask, Fetcher, Reply
from monitor.collect.http.pages import MOST, Paging, items_of, joined, next_page, parsed
from monitor.collect.http.patience import Patience
from monitor.collect.limits import Limits
from monitor.errors import SourceUnavailable
from monitor.model.record import Record, replace
from monitor.net.address import read_address, same_origin, without_secret
from monitor.net.guard import Named
from monitor.net.headers import retry_after
from monitor.net.trust import trusting

_GONE: Final = {
    401: "it wants a login: put a header with a secret into the configuration",
    403: "it refuses us",
    404: "there is nothing at that address",
    410: "what was there is gone for good",
    429: "it was asked too often",
}


class HttpPlace(Record):
    """An address and how it is asked.

    `as_of` is `fetched`, `modified` (the header Last-Modified) or the path of a field in a JSON
    document; None chooses at the first look, and that is kept. `confirm` is how long after a
    changed answer the second look comes; None takes the first for granted.
    """

    address: str
    headers: Mapping[str, str] = {}
    secret: Mapping[str, str] = {}
    as_of: str | None = None
    paging: Paging | None = None
    confirm: timedelta | None = timedelta(minutes=1)
    seconds: float = 60.0
    agent: str = "monitor"
    named: Named = Named()
    ca_file: str | None = None


class Asking:
    """Asks one address; remembers how it has failed."""

    def __init__(self, place: HttpPlace, limits: Limits) -> None:
        self._place = place
        self._limits = limits
        self._patience = Patience()

    def ask(self, conditions: Mapping[str, str], now: datetime) -> Reply:
        """An answer of 200 or 304. Raises SourceUnavailable for every other."""
        if (why := self._patience.rests(now)) is not None:
            raise SourceUnavailable(why)
        try:
            with self._fetcher() as fetcher:
                reply = fetcher.fetch(self._ask(self._place.address, conditions))
                if reply.status == 200 and self._place.paging is not None:
                    reply = self._whole(fetcher, reply, self._place.paging)
        except SourceUnavailable as error:
            self._patience.failed(now, str(error))
            raise
        if (wrong := _wrong(reply, conditions)) is not None:
            text = f"{without_secret(reply.address)}: {wrong}"
            self._patience.failed(now, text, retry_after(reply.headers, now))
            raise SourceUnavailable(text)
        self._patience.well()
        return reply

    def _whole(self, fetcher: Fetcher, first: Reply, paging: Paging) -> Reply:
        return replace(first, data=joined(self._pages(fetcher, first, paging)))

    def _pages(self, fetcher: Fetcher, first: Reply, paging: Paging) -> Iterator[list[Any]]:
        reply, seen, size = first, {first.address}, len(first.data)
        while True:
            shown = without_secret(reply.address)
            document = parsed(reply.data, shown)
            yield items_of(paging, document, shown)
            following = next_page(paging, reply.headers, document, reply.address)
            if following is None:
                return
            if following in seen or len(seen) >= MOST:
                what = "leads back to one before" if following in seen else f"is one of over {MOST}"
                raise SourceUnavailable(f"{without_secret(following)}: the next page {what}")
            seen.add(following)
            reply = fetcher.fetch(self._ask(following, {}, of=first.address))
            if reply.status != 200:
                text = f"{without_secret(following)}: a page answers {_status(reply.status)}"
                raise SourceUnavailable(text)
            size += len(reply.data)
            if size > self._limits.bytes:
                raise SourceUnavailable(f"the pages are larger than {self._limits.bytes} bytes")

    def _ask(self, address: str, headers: Mapping[str, str], *, of: str | None = None) -> Ask:
        """Secrets go to the address that was configured and to its own next pages."""
        ours = of is None or same_origin(read_address(self._place.address), read_address(address))
        return Ask(
            address=address,
            headers={**self._place.headers, **headers},
            secret=self._place.secret if ours else {},
            limit=self._limits.bytes,
        )

    def _fetcher(self) -> Fetcher:
        place = self._place
        return Fetcher(
            named=place.named,
            seconds=place.seconds,
            agent=place.agent,
            context=trusting(place.ca_file),
        )


def _wrong(reply: Reply, conditions: Mapping[str, str]) -> str | None:
    """What is wrong with an answer, in words."""
    if reply.status == 200:
        return None if reply.data.strip() else "the answer is empty"
    if reply.status == 304 and conditions:
        return None
    return f"it answers {_status(reply.status)}"


def _status(status: int) -> str:
    return f"{status}: {_GONE[status]}" if status in _GONE else str(status)
