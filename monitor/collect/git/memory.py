"""What is remembered of a repository between two looks: where we stand in its history."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GitMemory:
    """`tip` is the commit up to which everything was given; `as_of` that of the last version.

    `newest` is the name of the item that was given last. `trouble` says that the path is gone,
    until it is back; `remark` that the history was rewritten, until it goes on.
    """

    tip: str | None = None
    as_of: int | None = None
    newest: str | None = None
    trouble: str | None = None
    remark: str | None = None

    def written(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


def remembered(written: str | None) -> GitMemory:
    """What was written; nothing of what another release wrote in another form."""
    if written is None:
        return GitMemory()
    try:
        return GitMemory(**json.loads(written))
    except (TypeError, ValueError):
        return GitMemory()
