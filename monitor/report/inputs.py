"""A DigestInput as canonical JSON and its hash: what a stored digest can be traced back to."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Hashable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final, cast

from monitor.model.comparison import MISSING, Json
from monitor.model.digest import DigestInput
from monitor.model.unit import Unit
from monitor.render import Templates

_SCALARS: Final = frozenset((str, int, float, bool, type(None)))


def input_document(given: DigestInput) -> Json:
    """Plain JSON. Text may hold lone surrogates: write it ASCII only, or the store refuses it."""
    return plain(given)


def input_hash(given: DigestInput, templates: Templates) -> str:
    """SHA-256, hex, of the input and of the templates that render it."""
    canonical = json.dumps(plain(given), sort_keys=True, separators=(",", ":"))
    whole = f"{canonical}\n{templates.hash}"
    return hashlib.sha256(whole.encode("ascii")).hexdigest()


def plain(value: Any) -> Json:
    """Absent sides of changes are left out, as in the program's other JSON."""
    if type(value) in _SCALARS:
        return value
    if isinstance(value, Unit):
        value = value.forms
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return [plain(member) for member in value]
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    members = ((name, getattr(value, name)) for name in _fields(cast("Hashable", type(value))))
    return {name: plain(each) for name, each in members if each is not MISSING}


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    """Raises TypeError for a class that is neither a named tuple nor a record: an input holds
    nothing else."""
    if not hasattr(kind, "_fields"):
        raise TypeError(f"{kind} is no part of an input")
    return tuple(kind._fields)
