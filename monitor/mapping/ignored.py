"""What a mapping leaves out of the document altogether: `**.updated_at`, `boards.*.seen`."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.kinds.dotted import split_field
from monitor.mapping.patterns import ANY, fits
from monitor.model.comparison import Document, Json

_Pattern = tuple[str, ...]


def without(document: Document, patterns: Sequence[str]) -> Document:
    """The document without what a pattern names, and what stands below it.

    A pattern is a path of names, those of lists too; `*` stands for any letters of one, `**` for
    any names. Without a point it is the field of that name anywhere.
    """
    if not patterns:
        return document
    found: Document = _Without([_steps(pattern) for pattern in patterns]).of(document, ())
    return found


def _steps(pattern: str) -> _Pattern:
    steps = split_field(pattern)
    return (ANY, *steps) if len(steps) == 1 else steps


class _Without:
    """Asks of each path once: a list has as many values as it has entries, and few names."""

    def __init__(self, wanted: Sequence[_Pattern]) -> None:
        self._wanted = wanted
        self._known: dict[_Pattern, bool] = {}

    def of(self, value: Json, path: _Pattern) -> Json:
        if isinstance(value, list):
            return [self.of(part, path) for part in value]
        if not isinstance(value, dict):
            return value
        return {
            name: self.of(part, (*path, name)) if isinstance(part, dict | list) else part
            for name, part in value.items()
            if not self._is_left_out((*path, name))
        }

    def _is_left_out(self, path: _Pattern) -> bool:
        if path not in self._known:
            self._known[path] = any(fits(pattern, path) for pattern in self._wanted)
        return self._known[path]
