"""Placements as they are kept."""

from __future__ import annotations

import json

from monitor.writing.placing import Placement


def placement_of(written: str) -> Placement:
    """From its JSON."""
    said = json.loads(written)
    return Placement(
        path=said["path"],
        values=said["values"],
        status=said["status"],
        said_by=tuple(said["said_by"]),
        day=said["day"],
        sources=tuple(said["sources"]),
        removed=said["removed"],
    )


def written_of(placement: Placement) -> str:
    said = {
        "path": placement.path,
        "values": dict(placement.values),
        "status": placement.status,
        "said_by": list(placement.said_by),
        "day": placement.day,
        "sources": list(placement.sources),
        "removed": placement.removed,
    }
    return json.dumps(said, ensure_ascii=False)
