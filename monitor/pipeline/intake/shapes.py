"""What this process remembers of sources whose kind is not settled yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.model.comparison import Json


@dataclass(slots=True)
class Shapes:
    """`unsettled` are the documents last read, by situation, as they were written."""

    unsettled: dict[str, Json] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)
    """Situations of whose last version it was said that some entries are not told apart."""
    digests: dict[str, str] = field(default_factory=dict)
    """By source, of its kind and mapping as they were at the last look."""
