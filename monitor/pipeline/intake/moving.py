"""What one node is just taking in of a source, written for the others: they wait with what they
tell of it, as they do with what they take in themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from monitor.model.record import NONE, Record

TAKE: Final = "take"
"""Work of this sort is a source: its files come in one after the other, the oldest first, since
what came before decides whether a version is late, or looks like an accident."""


class Moving(Record):
    """Situations of which more is to come, and since when that goes on; and whether what is taken
    in is the source's history, of which nobody has heard."""

    since: Mapping[str, datetime] = NONE
    is_history: bool = False

    def written(self) -> str:
        """Empty when there is nothing to say."""
        if not self.since and not self.is_history:
            return ""
        since = {name: at.isoformat() for name, at in sorted(self.since.items())}
        return json.dumps([since, self.is_history])


def read_moving(note: str) -> Moving:
    """Nothing, for what another release has written."""
    try:
        since, is_history = json.loads(note)
        times = {name: datetime.fromisoformat(at) for name, at in since.items()}
        return Moving(since=times, is_history=bool(is_history))
    except (ValueError, TypeError, AttributeError):
        return Moving()
