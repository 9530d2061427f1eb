"""Kinds as they were when a version was written, by the hash that the version remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.kinds.kind import Kind
from monitor.kinds.reading import read_kind


@dataclass(slots=True, kw_only=True)
class Kinds:
    """Each kind is read once per process; `stored` gives its name and schema by hash."""

    stored: Callable[[str], tuple[str, Mapping[str, Any]]]
    _read: dict[str, Kind] = field(default_factory=dict)

    def by_hash(self, kind_hash: str) -> Kind:
        if kind_hash not in self._read:
            name, schema = self.stored(kind_hash)
            self._read[kind_hash] = read_kind(schema, name=name)
        return self._read[kind_hash]
