"""What a change is called by machines: an id that depends on the fact and on nothing else."""

from __future__ import annotations

import hashlib

from monitor.kinds.values import json_bytes
from monitor.model.comparison import MISSING, Json, Key, Missing


def change_id(
    situation: str,
    collection: str,
    key: Key,
    *,
    field: str | None,
    before: Json | Missing,
    after: Json | Missing,
) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the fact as a JSON array.

    A side is an array of its value, or an empty one where it is missing, which is not null.
    Wording, labels, significance and the order of anything have no part in it.
    """
    sides = (() if side is MISSING else (side,) for side in (before, after))
    fact = json_bytes((situation, collection, key, field, *sides))
    return hashlib.sha256(fact).hexdigest()[:16]
