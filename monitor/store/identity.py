"""Who this process is to the database, once it serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(slots=True)
class Identity:
    """`node` is set while the service runs. Shared by a store and its transactions."""

    lease: timedelta
    node: str | None = None
