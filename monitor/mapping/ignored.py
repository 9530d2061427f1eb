"""What a mapping leaves out of the document altogether: `**.updated_at`, `boards.*.seen`."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

from monitor.kinds.dotted import split_field
from monitor.model.comparison import Document, Json

_Pattern = tuple[str, ...]


def without(document: Document, patterns: Sequence[str]) -> Document:
    """The document without what a pattern names, and what stands below it.

    A pattern is a path of names, those of lists too; `*` stands for any letters of one, `**` for
    any names. Without a point it is the field of that name anywhere.
    """
    if not patterns:
        return document
    wanted = [_steps(pattern) for pattern in patterns]
    found: Document = _without(document, (), wanted)
    return found


def _steps(pattern: str) -> _Pattern:
    steps = split_field(pattern)
    return ("**", *steps) if len(steps) == 1 else steps


def _without(value: Json, path: _Pattern, wanted: Sequence[_Pattern]) -> Json:
    if isinstance(value, list):
        return [_without(part, path, wanted) for part in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name, part in value.items():
        below = (*path, name)
        if not any(_fits(pattern, below) for pattern in wanted):
            kept[name] = _without(part, below, wanted)
    return kept


def _fits(pattern: _Pattern, path: _Pattern) -> bool:
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(_fits(pattern[1:], path[at:]) for at in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and _fits(pattern[1:], path[1:])
