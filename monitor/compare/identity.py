"""What a change is called by machines: an id that depends on the fact and on nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import orjson

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
    return hashlib.sha256(_bytes((situation, collection, key, field, *sides))).hexdigest()[:16]


def _bytes(fact: tuple[Any, ...]) -> bytes:
    try:
        return orjson.dumps(fact, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        # An integer beyond 64 bits or a lone surrogate: JSON can write it, orjson does not.
        return json.dumps(fact, sort_keys=True, separators=(",", ":")).encode()
