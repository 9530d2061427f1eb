"""What a seen-mark stands for: a change by its path and value, whatever finding it is told in, so
that another grouping shows nothing anew, and the same change back and forth is new each time its
value is another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from monitor.kinds.values import json_bytes
from monitor.model.comparison import MISSING, Comparison, Finding

LENGTH = 32

BULK: Final = 100
"""Changes of one finding that have marks of their own; more of them have one together."""


def marks_of(comparison: Comparison) -> dict[str, frozenset[str]]:
    """By id of each finding: one for each change that it owns; for one that owns none, one for
    itself."""
    by_change = {
        one.id: _mark(one.op, one.collection, _key(one.key), one.field, one.after)
        for one in comparison.changes
    }
    return {finding.id: _of_finding(finding, by_change) for finding in comparison.findings}


def _of_finding(finding: Finding, by_change: Mapping[str, str]) -> frozenset[str]:
    own = frozenset(by_change[each] for each in finding.changes if each in by_change)
    if not own:
        return frozenset((_mark("finding", finding.id),))
    return own if len(own) <= BULK else frozenset((_mark("all", *sorted(own)),))


def _key(key: Any) -> list[Any]:
    return [dict(level) for level in key]


def _mark(*parts: Any) -> str:
    plain = [None if part is MISSING else part for part in parts]
    return hashlib.sha256(json_bytes(plain)).hexdigest()[:LENGTH]
