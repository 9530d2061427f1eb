"""The source that is an address: each answer that says something else is a version.

It is asked with what it said of its last answer, so that one that is unchanged costs it nothing. A
changed answer counts when a second look finds it again: what flaps is no news.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Final

from monitor.collect.http.asking import Asking, HttpPlace
from monitor.collect.http.fetch import Reply
from monitor.collect.http.pages import dig, parsed
from monitor.collect.limits import Limits
from monitor.collect.source import Item, Look, SourceMemory
from monitor.collect.succession import Answer, Answered, after, answered, digest_of, item_of
from monitor.errors import SourceUnavailable
from monitor.model.authorship import Authorship
from monitor.net.address import without_secret
from monitor.net.headers import http_date

FETCHED: Final = "fetched"
MODIFIED: Final = "modified"

_SAVED: Final = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))


class HttpSource:
    """One address."""

    def __init__(self, place: HttpPlace, *, limits: Limits) -> None:
        self._place = place
        self._asking = Asking(place, limits)
        self._name = _name(place.address)

    def shown(self, name: str) -> str:  # noqa: ARG002 - it has one name
        return without_secret(self._place.address)

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:  # noqa: ARG002
        before = answered(known.memory)
        if self._waits(before, now):
            return self._nothing(before, again=self._place.confirm)
        is_owed = before.newest in known.owed
        reply = self._asking.ask({} if is_owed else self._conditions(before), now)
        if reply.status == 304:
            # What flapped has gone back to what it was.
            return self._nothing(_settled(before))
        return self._read(reply, before, now, is_owed=is_owed)

    def _read(self, reply: Reply, before: Answered, now: datetime, *, is_owed: bool) -> Look:
        digest = digest_of(reply.data)
        also = {name: reply.headers[name] for name, _ in _SAVED if name in reply.headers}
        rule = self._place.as_of or before.also.get("as_of") or _rule(reply)
        also["as_of"] = rule
        is_same = digest == before.digest
        if is_same and not is_owed:
            return self._nothing(replace_also(before, also))
        if not is_same and self._is_seen_first(digest, before):
            kept = {**_settled(before).also, "changed": digest, "since": str(_seconds(now))}
            return self._nothing(replace_also(before, kept), again=self._place.confirm)
        answer = Answer(
            reply.data,
            _time(rule, reply, now),
            authorship=Authorship(where=without_secret(self._place.address), at=now),
        )
        owed = (before.newest,) if is_owed and before.newest else ()
        item = item_of(answer, before, name=self._name, now=now, owed=owed)
        assert item is not None
        return Look(items=(item,), newest=item.name, memory=after(item, also).written())

    def _is_seen_first(self, digest: str, before: Answered) -> bool:
        """Whether an answer has changed, and has to be seen once more before it counts."""
        if before.digest is None or self._place.confirm is None:
            return False
        return before.also.get("changed") != digest

    def _nothing(self, memory: Answered, *, again: timedelta | None = None) -> Look:
        return Look(newest=memory.newest, again=again, memory=memory.written())

    def _waits(self, before: Answered, now: datetime) -> bool:
        """Whether a change was seen so shortly ago that its confirmation is still to come."""
        since, confirm = before.also.get("since"), self._place.confirm
        if since is None or confirm is None:
            return False
        passed = _seconds(now) - int(since)
        return 0 <= passed < confirm.total_seconds()

    def _conditions(self, before: Answered) -> dict[str, str]:
        """What the last answer was called, so that the same need not be sent again. Pages have one
        name each, and a change that has to be seen again has none."""
        if self._place.paging is not None or "changed" in before.also:
            return {}
        return {header: before.also[name] for name, header in _SAVED if name in before.also}


def replace_also(before: Answered, also: Mapping[str, str]) -> Answered:
    return Answered(digest=before.digest, as_of=before.as_of, newest=before.newest, also=dict(also))


def _settled(before: Answered) -> Answered:
    """Without a change that waits to be seen again."""
    kept = {name: value for name, value in before.also.items() if name not in ("changed", "since")}
    return replace_also(before, kept)


def _seconds(now: datetime) -> int:
    return int(now.timestamp())


def _name(address: str) -> str:
    """The last part of the address's path, by whose ending it may be known what it is."""
    path = without_secret(address).partition("://")[2].partition("/")[2]
    return PurePosixPath(path).name or "answer"


def _rule(reply: Reply) -> str:
    return MODIFIED if http_date(reply.headers.get("last-modified")) is not None else FETCHED


def _time(rule: str, reply: Reply, now: datetime) -> datetime:
    """When the answer was true. Raises SourceUnavailable where a field that was named is none."""
    if rule == FETCHED:
        return now
    if rule == MODIFIED:
        return http_date(reply.headers.get("last-modified")) or now
    text = dig(parsed(reply.data, without_secret(reply.address)), rule)
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        shown = without_secret(reply.address)
        raise SourceUnavailable(f"{shown}: {rule} is {text!r}, no date or time") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def fetch_once(place: HttpPlace, limits: Limits) -> Item:
    """What an address says now, for a person who waits for it. Raises SourceUnavailable."""
    now = datetime.now(UTC)
    look = HttpSource(place, limits=limits).look(SourceMemory(), now=now, most=1)
    return look.items[0]
