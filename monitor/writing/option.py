"""One thing that a sentence may mean, for a person to accept or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from monitor.model.record import NONE, Record
from monitor.writing.placing import Placement

Relation: TypeAlias = Literal["differs", "member", "entity", "pair", "source"]

UNWRITTEN: Final = "…"
"""Stands where a person has to write, in a key too."""


class Option(Record):
    """One thing that a sentence may mean. `old` is what we hold for the same fields; `missing` are
    the fields that a person must still write, () where it can be accepted as it stands. `also` are
    the entries that come with it where the draft has none: somebody new, of whom it speaks."""

    placement: Placement
    relation: Relation
    old: Mapping[str, Any] = NONE
    missing: tuple[str, ...] = ()
    also: tuple[Placement, ...] = ()
