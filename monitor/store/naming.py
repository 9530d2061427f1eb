"""Finding the version that a person named by its date or its hash: SITUATION@VERSION."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.errors import Ambiguous
from monitor.store.records import Version

_HASH_PREFIX = re.compile(r"[0-9a-f]{4,64}")


def named(versions: Sequence[Version], situation: str, name: str) -> Version | None:
    """`name` is an as_of, or the beginning (4 digits or more) of a content hash.

    `versions` are all revisions, ascending. An as_of means its newest revision, a held one only
    when no other has that date. Raises Ambiguous with the candidates for a prefix of several.
    """
    known = [one for one in versions if one.state != "rejected"]
    return _by_date(known, name) or _by_hash(known, situation, name)


def _by_date(known: list[Version], as_of: str) -> Version | None:
    of_that_date = [one for one in known if one.ref.as_of == as_of]
    count = [one for one in of_that_date if one.state == "current"]
    candidates = count or of_that_date
    return candidates[-1] if candidates else None


def _by_hash(known: list[Version], situation: str, prefix: str) -> Version | None:
    if not _HASH_PREFIX.fullmatch(prefix):
        return None
    fitting = {
        one.ref.content_hash: one for one in known if one.ref.content_hash.startswith(prefix)
    }
    if len(fitting) > 1:
        candidates = ", ".join(
            f"{one.ref.content_hash[:12]} ({one.ref.as_of})" for one in fitting.values()
        )
        raise Ambiguous(f"{situation}@{prefix} fits several versions: {candidates}")
    return next(iter(fitting.values()), None)
