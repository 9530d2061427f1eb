"""Names and ids, and what happened in many places at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.tuples import NamedTuple


class Difference(NamedTuple):
    """A field that differs between an entity under its old key and under its new one."""

    label: str
    field: str
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING


class Rekeyed(NamedTuple):
    """One entity under another key. `how` it was known: judged, form, alias, spelling, similar,
    values, content;
    `score`: how alike the names are, 0 to 1; `consequences`: changes that follow from it alone."""

    before: str
    after: str
    key_before: str
    key_after: str
    how: str
    score: float
    consequences: int
    differences: Sequence[Difference]


Many: TypeAlias = Literal["renumbered", "rewritten", "renamed"]


class Renumbered(NamedTuple):
    """Many entries of one list that are the same but for their ids, for the way in which these are
    written, or for their names; then `examples` are `before → after`."""

    how: Many
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


Extent: TypeAlias = Literal[
    "appeared", "disappeared", "cleared", "filled", "value", "step", "edit", "members"
]


class Everywhere(NamedTuple):
    """`what`: the field appeared or disappeared, lost its value or has one at last, has one value
    for another, differs by `step`, or had one edit made to its text, where `before` and `after`
    are what was cut out and what was put in its place. `size`: how many entries there are, where
    that matters; `also` are other fields of which the same is true; `values` what each of the
    examples says, where these are all."""

    what: Extent
    field: str
    section: str
    number: int
    examples: Sequence[str]
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING
    size: int | Missing = MISSING
    step: int | Missing = MISSING
    also: Sequence[str] | Missing = MISSING
    values: Sequence[Json] | Missing = MISSING


class Example(NamedTuple):
    """One entry of many, and what one of its fields was and is."""

    label: str
    field: str
    before: Json
    after: Json


class Churned(NamedTuple):
    """Fields that changed in many entries (`number` of `size`), to another value in each."""

    fields: Sequence[str]
    section: str
    number: int
    size: int
    example: Example


class Emptied(NamedTuple):
    """`section` is None for the whole document; `size` is how many entries there were, or fields
    where it has no entries."""

    section: str | None
    number: int
    size: int
    fields: Literal[True] | Missing = MISSING


class Exchanged(NamedTuple):
    """`gone` of `size` entries are gone and `come` others are there; `section` as above."""

    section: str | None
    gone: int
    come: int
    size: int


class SameName(NamedTuple):
    """One entry under another name, or another id, in several groups, which `groups` calls
    together; None where nothing does. Ids stand here where the names do not show them."""

    before: str
    after: str
    groups: str | None
    places: Sequence[str]
    how: Literal["places"] = "places"
    id_before: str | Missing = MISSING
    id_after: str | Missing = MISSING


class SameField(NamedTuple):
    """The same change of a field of one entry, in several groups as above."""

    label: str
    field: str
    before: Json
    after: Json
    groups: str | None
    places: Sequence[str]


TypeName: TypeAlias = Literal["text", "number", "truth", "list", "object"]


class Retyped(NamedTuple):
    """Values that read the same and are of another type, or ids that are written otherwise.

    `field` is None for members of a list; `parent` and `label` name the entity where it is one. A
    list or an object that became something else has no value here, its entries go with it.
    """

    label: str | None
    parent: str | None
    section: str
    field: str | None
    number: int
    type_before: TypeName
    type_after: TypeName
    examples: Sequence[str]
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING


class Reused(NamedTuple):
    """An id that names another entity than before; `below`: entries of its own lists that are
    others, too."""

    id: str
    before: str
    after: str
    section: str
    below: int | Missing = MISSING


class Swapped(NamedTuple):
    """Two ids that each name what the other named: `before` and `after` in the order of `ids`."""

    ids: tuple[str, str]
    before: tuple[str, str]
    section: str


class Reassigned(NamedTuple):
    """Many ids of one list that name another entity; `known` of these stood under another id.
    `new` and `gone` are names that only one version has."""

    section: str
    number: int
    known: int
    examples: Sequence[Reused]
    new: Sequence[str]
    gone: Sequence[str]


Naming: TypeAlias = (
    Emptied
    | Reused
    | Swapped
    | Reassigned
    | Rekeyed
    | Renumbered
    | NameChanged
    | SameName
    | Exchanged
    | Retyped
    | Respelled
    | Everywhere
    | Churned
)
