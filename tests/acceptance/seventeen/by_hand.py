"""What somebody types who writes the same step as a partial snapshot by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.collect.yaml_writing import write_flow
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.partial import REMOVED
from monitor.kinds.values import get

HEAD = ("kind: negotiation", "situation: ukraine-talks", "as_of: 2026-02-17", "coverage: partial")


_QUOTED = re.compile(r"'(\d{4}-\d{2}-\d{2}|https?://[^\s']+)'")
"""Days and addresses, which a person writes without the signs."""


def by_hand(old: Mapping[str, Any], new: Mapping[str, Any], kind: Kind) -> str:
    """The partial snapshot that leads from one state to the other, as the shipped files are
    written: what has changed of an entry in braces on one line, or field by field where the
    entry has lists of its own."""
    text = "\n".join([*HEAD, *_fields(_changed(old, new, "", kind), "", "", kind)]) + "\n"
    return _QUOTED.sub(r"\1", text)


def typed(text: str) -> tuple[int, int]:
    """The keys for a text, and its lines; an editor indents by itself."""
    rows = text.splitlines()
    return sum(len(row.lstrip()) + 1 for row in rows), len(rows)


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str, kind: Kind
) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name in dict.fromkeys((*new, *old)):
        below = kind.collections.get(f"{path}.{name}" if path else name)
        if below is not None and below.keys:
            if entries := list(_entries(old.get(name) or [], new.get(name) or [], below, kind)):
                changed[name] = entries
        elif old.get(name) != new.get(name):
            changed[name] = new.get(name)
    return changed


def _entries(
    old: list[Any], new: list[Any], collection: Collection, kind: Kind
) -> Iterator[dict[str, Any]]:
    names = collection.keys[0]
    before, after = ({tuple(get(e, n) for n in names): e for e in one} for one in (old, new))
    for key, entry in after.items():
        changed = _changed(before.get(key, {}), entry, collection.path, kind)
        if changed:
            yield {**dict(zip(names, key, strict=True)), **changed}
    for key in before.keys() - after.keys():
        yield {**dict(zip(names, key, strict=True)), REMOVED: True}


def _fields(fields: Mapping[str, Any], path: str, indent: str, kind: Kind) -> Iterator[str]:
    for name, value in fields.items():
        below = f"{path}.{name}" if path else name
        if below not in kind.collections:
            yield f"{indent}{name}: {write_flow(value)}"
            continue
        yield f"{indent}{name}:"
        for entry in value:
            yield from _entry(entry, below, f"{indent}  ", kind)


def _entry(entry: Mapping[str, Any], path: str, indent: str, kind: Kind) -> Iterator[str]:
    if not any(f"{path}.{name}" in kind.collections for name in entry):
        yield f"{indent}- {write_flow(dict(entry))}"
        return
    first, *rest = _fields(entry, path, f"{indent}  ", kind)
    yield f"{indent}- {first.lstrip()}"
    yield from rest
