"""JSON text to a document: orjson, with proof that no name stood twice, else the exact parser.

orjson keeps the last of two equal names and turns integers of more than 64 bits into floats. A name
that was lost takes its `:` with it, so the parsed document, written again, has fewer of them; only
an escaped colon (`\\u003a`) could make up for one. RFC 8259 leaves both cases open; we refuse them.
"""

from __future__ import annotations

from typing import Final

import orjson

from monitor.collect.exact import Marks
from monitor.collect.limits import Limits
from monitor.collect.shape import as_json, fits
from monitor.model.comparison import Json
from monitor.model.patterns import regex

_ESCAPED_COLON: Final = regex(rb"\\u003[aA]")
_DIGITS_AS_ZERO: Final = bytes.maketrans(b"123456789", b"000000000")
_MANY_DIGITS: Final = b"0" * 19  # fewer always fit into 64 bits
_ESCAPED_NUL: Final = b"\\u0000"


def read_json(data: bytes, *, name: str, limits: Limits) -> Json:
    """The document in `data`. Raises SnapshotRefused with line and column."""
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError:
        return read_exactly(data, name=name, limits=limits)[0]
    written = as_json(document)
    if written is None or _unsure(data, written) or not fits(document, written, limits):
        return read_exactly(data, name=name, limits=limits)[0]
    return document


def read_exactly(data: bytes, *, name: str, limits: Limits) -> tuple[Json, Marks]:
    """The document and where its values begin, by the slow parser, loaded when first needed."""
    from monitor.collect.json_exact import read_json_exactly

    return read_json_exactly(data.decode(), name=name, limits=limits)


def _unsure(data: bytes, written: bytes) -> bool:
    if _has_long_integer(data) or _ESCAPED_NUL in data:
        return True
    if b"\\u003" in data and _ESCAPED_COLON.search(data):
        return True
    return data.count(b":") != written.count(b":")


def _has_long_integer(data: bytes) -> bool:
    """Whether there may be one: a run of digits that does not follow a point."""
    zeros = data.translate(_DIGITS_AS_ZERO)
    return zeros.count(_MANY_DIGITS) != zeros.count(b"." + _MANY_DIGITS)
