"""Documents as JSON bytes, which keep key order, 1 apart from 1.0, and any text and number."""

from __future__ import annotations

import json
import re
from typing import Final

import orjson

from monitor.model.comparison import Document
from monitor.store.columns import unreadable

_EXACT: Final = b" "
"""Begins what orjson would read as something else, or not at all: integers of more than 64 bits."""

_LONG: Final = re.compile(rb"[0-9]{19}")


def written(document: Document) -> bytes:
    """Raises ValueError for what is no JSON."""
    try:
        return orjson.dumps(document)
    except orjson.JSONEncodeError:
        return _EXACT + json.dumps(document, separators=(",", ":"), allow_nan=False).encode("ascii")


def copied(document: Document) -> Document:
    """As it would be read again after it was written. Raises ValueError for what is no JSON."""
    data = written(document)
    copy: Document = json.loads(data) if data[:1] == _EXACT else _plain(data)
    return copy


def rewritten(stored: bytes) -> bytes:
    """As earlier programs have stored it, which read everything exactly."""
    return _EXACT + stored if _LONG.search(stored) else stored


def read(data: bytes, place: str) -> Document:
    """Raises RowDamaged, naming the place, for what nobody here has written."""
    try:
        document: Document = json.loads(data) if data[:1] == _EXACT else _plain(data)
    except (ValueError, RecursionError) as error:
        raise unreadable(place, type(error).__name__) from error
    return document


def _plain(data: bytes) -> Document:
    try:
        document: Document = orjson.loads(data)
    except orjson.JSONDecodeError:
        document = json.loads(data)  # lone surrogates, and depths of hundreds
    return document
