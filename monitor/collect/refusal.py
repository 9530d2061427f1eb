"""Faults as lines for a person: file, line, column, place by keys, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.collect.reader import Parsed
from monitor.errors import SnapshotRefused
from monitor.kinds.faults import Fault, one_line, path_text
from monitor.kinds.kind import Kind
from monitor.kinds.walking import named_path

_MOST: Final = 50  # lines; a document that fits badly has the same fault a thousand times


def refusal(
    faults: Sequence[Fault], parsed: Parsed, *, name: str, kind: Kind | None
) -> SnapshotRefused:
    """One error for all faults, in the order of the file; the first is its message."""

    def line(fault: Fault) -> tuple[tuple[int, int], str]:
        place = parsed.locate(fault.path) or (1, 1)
        path = named_path(fault.path, parsed.document, kind) if kind else path_text(fault.path)
        text = f"{path}: {fault.message}" if path else fault.message
        related = parsed.locate(fault.related) if fault.related else None
        return place, one_line(text) + (f", first in line {related[0]}" if related else "")

    lines = sorted(dict.fromkeys(line(fault) for fault in faults))
    places = [parsed.place(name, mark) for mark, _ in lines]
    others = [
        f"{place}: {text}" for place, (_, text) in zip(places[1:_MOST], lines[1:_MOST], strict=True)
    ]
    if len(lines) > _MOST:
        others.append(f"{name}: and {len(lines) - _MOST} faults more")
    return SnapshotRefused(lines[0][1], where=places[0], others=tuple(others))
