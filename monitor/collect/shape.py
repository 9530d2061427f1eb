"""Bounds on a parsed document: depth, number of nodes, names that are text.

Walking a large document in Python takes as long as parsing it, so the JSON that orjson writes from
it is measured first, with the byte operations of C; only where that is not conclusive is it walked.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

import orjson

from monitor.collect.limits import Limits
from monitor.model.comparison import Json

_CONTAINERS: Final = frozenset([dict, list])
_SKELETON: Final = b'"[]{}'
_REST: Final = bytes(byte for byte in range(256) if byte not in _SKELETON)


def fits(document: Json, written: bytes, limits: Limits) -> bool:
    """Whether depth and node count are within the limits; `written` is `document` as JSON."""
    return _surely_fits(written, limits) or _fits(document, limits)


def as_json(document: Json) -> bytes | None:
    """The document as JSON; None when a name is not text or it is nested beyond any limit."""
    try:
        return orjson.dumps(document)
    except orjson.JSONEncodeError:
        return None


def _surely_fits(written: bytes, limits: Limits) -> bool:
    """True is certain, False is not: marks inside texts count too, and may hide the structure."""
    nodes = 1 + written.count(b",") + written.count(b":")
    if nodes + written.count(b"[") + written.count(b"{") > limits.nodes:
        return False
    if b"\\" in written:
        written = written.replace(b"\\\\", b"").replace(b'\\"', b"")
    # A text without brackets is now a pair of quotes. One with a bracket leaves an odd number of
    # quotes before it, so that one of them stays.
    brackets = written.translate(None, delete=_REST).replace(b'""', b"")
    if b'"' in brackets:
        return False
    for _ in range(limits.depth // 2):
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if not brackets:
            return True
    return False


def _fits(document: Json, limits: Limits) -> bool:
    """Level by level, without recursion."""
    level = [document] if type(document) in _CONTAINERS else []
    nodes = 1
    depth = 0
    while level:
        depth += 1
        objects = [part for part in level if type(part) is dict]
        lists = [part for part in level if type(part) is list]
        nodes += 2 * sum(map(len, objects)) + sum(map(len, lists))
        if depth > limits.depth or nodes > limits.nodes:
            return False
        values = chain.from_iterable(map(dict.values, objects))
        below = chain(values, chain.from_iterable(lists))
        level = [value for value in below if type(value) in _CONTAINERS]
    return True
