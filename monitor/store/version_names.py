"""Finding the version that a person named by its date or its hash: SITUATION@VERSION."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.errors import Ambiguous
from monitor.model.as_of import DATE
from monitor.model.nearest import few
from monitor.store.records import Version

HASH_PREFIX = re.compile(r"[0-9a-f]{4,64}")
_LOOSE = re.compile(r"([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})")


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
    if not HASH_PREFIX.fullmatch(prefix):
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


def near(name: str, versions: Sequence[Version]) -> str:
    """What may have been meant by a name that is of none of the versions: `; did you mean ...?` for
    a date written otherwise or without its time, else what there is."""
    count = [one for one in versions if one.state != "rejected"]
    there = list(dict.fromkeys(one.ref.as_of for one in count))
    parts = _LOOSE.fullmatch(name[:DATE]) or _LOOSE.fullmatch(name)
    day = "-".join(part.zfill(2) for part in parts.groups()) if parts else ""
    same = [as_of for as_of in there if day and as_of[:DATE] == day]
    if same:
        return f"; did you mean {' or '.join(same[-3:])}?"
    return f"; there are: {few(list(reversed(there))) or 'none'}"
