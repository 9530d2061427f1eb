"""What is being written, as it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from monitor.model.record import Record

Ending: TypeAlias = Literal["published", "discarded"]


class Draft(Record):
    """The one unpublished next snapshot of a situation. `base` is the version over which it was
    opened; `edition` grows with each save."""

    id: int
    situation: str
    text: str
    base: int | None
    opened_at: datetime
    opened_by: str
    edition: int
    saved_at: datetime
    saved_by: str
    ending: Ending | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
