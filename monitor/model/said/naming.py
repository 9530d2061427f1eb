"""Names and ids, and what happened in many places at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing


class Difference(NamedTuple):
    """A field that differs between an entity under its old key and under its new one."""

    label: str
    field: str
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING


class Rekeyed(NamedTuple):
    """One entity under another key. `how` it was known: judged, alias, spelling, similar, content;
    `score`: how alike the names are, 0 to 1; `consequences`: changes that follow from it alone."""

    before: str
    after: str
    key_before: str
    key_after: str
    how: str
    score: float
    consequences: int
    differences: Sequence[Difference]


class Renumbered(NamedTuple):
    """Many entries of one list that are the same but for their ids."""

    how: Literal["renumbered"]
    section: str
    number: int
    key_before: str
    key_after: str
    examples: Sequence[str]


class NameChanged(NamedTuple):
    """The same id under another name."""

    before: str
    after: str
    how: Literal["name"] = "name"


class Respelled(NamedTuple):
    label: str
    before: str
    after: str
    number: int


Extent: TypeAlias = Literal["appeared", "disappeared", "value", "edit"]


class Everywhere(NamedTuple):
    """`what`: the field appeared or disappeared, has one value for another, or had one edit made to
    its text, where `before` and `after` are what was cut out and what was put in its place."""

    what: Extent
    field: str
    section: str
    number: int
    examples: Sequence[str]
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING


class Emptied(NamedTuple):
    """`section` is None for the whole document; `size` is how many entries there were."""

    section: str | None
    number: int
    size: int


Naming: TypeAlias = Rekeyed | Renumbered | NameChanged | Respelled | Everywhere | Emptied
