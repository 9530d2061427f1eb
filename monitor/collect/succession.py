"""Answers that take each other's place: a file that is replaced, a program's output, an address.

Only an answer that differs from the one before is news. Its `as_of` is the time that the source
gives it, never later than now and never before the second after the one before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from monitor.collect.source import Item
from monitor.model.authorship import Authorship
from monitor.model.tuples import NamedTuple

_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is remembered of the answer that was given last.

    `digest` tells its bytes from others; `as_of` is in seconds since 1970. `also` is the source's
    own: an ETag, a rule that was chosen.
    """

    digest: str | None = None
    as_of: int | None = None
    newest: str | None = None
    also: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True)


class Answer(NamedTuple):
    """The bytes of one answer, and the time that its source gives them."""

    data: bytes
    at: datetime
    is_bundle: bool = False
    authorship: Authorship | None = None


def answered(written: str | None) -> Answered:
    """What was written; nothing of what another release wrote in another form."""
    if written is None:
        return Answered()
    try:
        return Answered(**json.loads(written))
    except (TypeError, ValueError):
        return Answered()


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def item_of(
    answer: Answer,
    before: Answered,
    *,
    name: str,
    now: datetime,
    owed: Collection[str] = (),
) -> Item | None:
    """The item that an answer is; None where it says what the one before said, unless that is
    `owed`: refused, and to be read anew."""
    digest = digest_of(answer.data)
    if digest == before.digest:
        if before.newest is None or before.newest not in owed or before.as_of is None:
            return None
        return _item(before.newest, answer, digest, before.as_of)
    at = max(0, min(int(answer.at.timestamp()), int(now.timestamp())))
    if before.as_of is not None:
        at = max(at, before.as_of + 1)
    # The same until it is handled, however often it is given meanwhile; of what is said again after
    # something else, another one.
    since = "" if before.as_of is None else f"-{before.as_of}"
    return _item(f"{name}@{digest[:_SHOWN]}{since}", answer, digest, at)


def _item(name: str, answer: Answer, digest: str, at: int) -> Item:
    return Item(
        name,
        answer.data,
        digest,
        as_of=datetime.fromtimestamp(at, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        is_bundle=answer.is_bundle,
        authorship=answer.authorship,
    )


def after(item: Item, also: Mapping[str, str] | None = None) -> Answered:
    """What to remember of an item that was given."""
    assert item.as_of is not None
    at = int(datetime.fromisoformat(item.as_of).timestamp())
    return Answered(digest=item.digest, as_of=at, newest=item.name, also=also or {})
