"""Texts that are better shown word by word."""

from __future__ import annotations

from typing import Final

from monitor.model.comparison import Json, Missing

# From this length on both sides a text is prose.
PROSE: Final = 80


def is_long(before: Json | Missing, after: Json | Missing) -> bool:
    """Whether a text is prose on both sides, whatever the kind says of it."""
    return all(isinstance(side, str) and len(side) >= PROSE for side in (before, after))
