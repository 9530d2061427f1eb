"""A DigestInput as canonical JSON and its hash: what a stored digest can be traced back to."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from monitor.model.comparison import MISSING, Json
from monitor.model.digest import DigestInput
from monitor.render import Templates


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
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        members = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        return plain({name: each for name, each in members.items() if each is not MISSING})
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    return value
