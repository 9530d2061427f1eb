"""Entities and fields that no other rule explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said.naming import Example, SameField
from monitor.model.said.plans import Dates
from monitor.model.tuples import NamedTuple


class Fact(NamedTuple):
    """What a plain field of a new entity says; `named`: which field it is has to be said."""

    label: str
    value: Json
    named: Literal[True] | Missing = MISSING


class Part(NamedTuple):
    """One of several entries, or one that belongs to an entity: its first text, or else facts.

    `aspect`: its label only says of what the text speaks.
    """

    section: str
    label: str
    text: str | None
    facts: Sequence[Fact]
    aspect: Literal[True] | Missing = MISSING


class Entity(NamedTuple):
    """An entity with its plain facts and first text; stances and planned things have more.

    `aspect` as of a part.
    """

    label: str
    parent: str | None
    section: str
    facts: Sequence[Fact]
    text: str | None
    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING
    quantity: Json | Missing = MISSING
    dates: Dates | Missing = MISSING
    state: str | Missing | None = MISSING
    aspect: Literal[True] | Missing = MISSING


class Added(Entity):
    __slots__ = ()


class Removed(Entity):
    __slots__ = ()


class Entities(NamedTuple):
    """Several entries of one list."""

    section: str
    parent: str | None
    number: int
    entries: Sequence[str]


class ManyAdded(Entities):
    __slots__ = ()


class ManyRemoved(Entities):
    __slots__ = ()


class AlikeChanged(NamedTuple):
    """The same change of a field of several entries of one list."""

    labels: Sequence[str]
    parent: str | None
    section: str
    field: str
    before: Json
    after: Json


class EachChanged(NamedTuple):
    """One field of several entries of one list below an entity, each with other values."""

    section: str
    parent: str | None
    field: str
    entries: Sequence[Example]


class Renewed(NamedTuple):
    """Entries of one list below an entity of which some came and some went."""

    section: str
    parent: str | None
    added: Sequence[str]
    removed: Sequence[str]


class Stated(NamedTuple):
    """A stance that is put on a scale for the first time."""

    party: Json | Missing = MISSING
    issue: Json | Missing = MISSING
    position: Json | Missing = MISSING
    text: str | Missing | None = MISSING


NOT_A_STANCE = Stated()


class FieldChanged(NamedTuple):
    """One field before and after; `prose`: better shown word by word."""

    label: str
    parent: str | None
    section: str
    field: str
    before: Json
    after: Json
    prose: Literal[True] | Missing = MISSING
    stated: Stated = NOT_A_STANCE


class FieldsChanged(NamedTuple):
    """Several fields, by their titles; their values stand in the details."""

    label: str
    parent: str | None
    section: str
    fields: Sequence[str]
    stated: Stated = NOT_A_STANCE


class SpanChanged(NamedTuple):
    """The first or last day of a term or the like; `label` says which: `term as lower`."""

    label: str
    parent: str | None
    section: str
    bound: Literal["start", "end"]
    before: Json
    after: Json


class Places(NamedTuple):
    """First and last place of a block of neighbours before and after, counted from 1."""

    before: tuple[int, int]
    after: tuple[int, int]


class Reordered(NamedTuple):
    """Entries of a list without keys that stand elsewhere in it; `moved` is None for many."""

    moved: Places | None
    section: str
    parent: str | None
    number: int
    entries: Sequence[str]


Entry: TypeAlias = (
    Added
    | ManyAdded
    | Removed
    | ManyRemoved
    | FieldChanged
    | FieldsChanged
    | SameField
    | SpanChanged
    | Reordered
    | Renewed
    | AlikeChanged
    | EachChanged
)
