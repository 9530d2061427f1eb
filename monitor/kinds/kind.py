"""What a kind tells the comparison. Values only; `reading.py` makes them from a schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from monitor.model.comparison import Json, Op, Significance
from monitor.model.record import NONE, Record
from monitor.model.tuples import NamedTuple

ENVELOPE: Final = ("kind", "situation", "as_of", "coverage", "title", "note", "weigh")
"""What every snapshot says of itself: no property of a kind is called so."""


class Membership(NamedTuple):
    """`x-membership`: who belongs to the parent; `single` are the roles only one can hold, `size`
    the field of the parent that says how many belong to it."""

    entity: str
    role: str | None = None
    single: tuple[str, ...] = ()
    size: str | None = None


class Position(NamedTuple):
    """`x-position`: the fields that hold a stance; value and quantity may both be absent."""

    party: str
    issue: str
    value: str | None = None
    quantity: str | None = None


class Period(NamedTuple):
    """`x-period`: the fields of a planned thing. `since` is the day from which its state holds,
    `place` are those that say where it is, the closest first: city, country.

    `running` are the states in which it goes on by itself until its end, `waiting` those off the
    ladder from which it may go on again.
    """

    start: str
    end: str | None = None
    state: str | None = None
    since: str | None = None
    running: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    place: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str | None, ...]:
        return self.start, self.end, self.state, self.since


class Span(NamedTuple):
    """Entries that nothing names but what they are and how long: `noun` is one of them in words
    (term), `role` the field that says as what, `start` and `end` those of the days."""

    noun: str
    role: str | None
    start: str | None
    end: str | None


class ProvenanceFields(NamedTuple):
    """`x-provenance`: the fields that say who says so, how firm it is and since which
    day."""

    sources: str | None = None
    said_by: str | None = None
    firmness: str | None = None
    day: str | None = None


class SourceFields(NamedTuple):
    """`x-source`, on the list of sources: which fields name the publisher, title, link and date."""

    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None


class QuantityFields(NamedTuple):
    """`x-quantity`: the fields of an interval."""

    low: str
    high: str
    unit: str | None = None


class Field(Record):
    """One field of an entity, by its dotted name. An object that is no quantity and has described
    properties is not a field itself: its leaves are. `freeform` marks a value that the kind does
    not describe further (deepdiff looks into it)."""

    name: str
    title: str
    ref: str | None = None
    """The collection whose entities' ids it (or each member of the list) holds."""
    is_list: bool = False
    ordered: bool = False
    freeform: bool = False
    text: bool = False
    """Free text of sentences, where a reworded finding shows words (`x-text: true`)."""
    quantity: QuantityFields | None = None
    edtf: bool = False
    """A date that need not be known to the day (`x-edtf: true`)."""
    ignored: bool = False
    """It does not belong to the content (`x-ignore: true`): its changes are only counted."""
    tolerance: float | None = None
    """How far two numbers may be apart that say the same (`x-tolerance`)."""
    scale: tuple[str, ...] = ()
    ladder: tuple[str, ...] = ()
    significance: Mapping[Op, Significance] = NONE
    wording: Mapping[Op, str] = NONE
    choices: tuple[str, ...] = ()
    """The words that it can have, those of its unit where it is a quantity; empty for any."""
    words: Mapping[str, str] = NONE
    """What a reader sees for these words, see `translating.translated`."""

    def say(self, value: Json) -> Json:
        """A value as a reader sees it: words of a closed list in the reader's language."""
        if isinstance(value, str):
            return self.words.get(value, value)
        return [self.say(each) for each in value] if isinstance(value, list) else value


class Collection(Record):
    """A keyed list of entities. `path` is dotted; `""` is the document itself, with no key."""

    path: str
    title: str
    keys: tuple[tuple[str, ...], ...]
    """Alternatives, tried in order; usually one. Fields may be dotted (`id.bioguide`)."""
    placeholders: tuple[Any, ...] = ()
    label: str | None = None
    """Template such as `{person}, {party}`; refs resolve to the label of what they name."""
    other_labels: tuple[str, ...] = ()
    """What is tried for an entity of which the first template says nothing."""
    span: Span | None = None
    recurring: bool = False
    """Whether one key means one entry in every list of the collection."""
    shared: bool = False
    """Whether that is so because the same entries stand in several lists: members of groups."""
    aliases: str | None = None
    articles: tuple[str, ...] = ()
    """Names of entries that English does not say without its article (`x-article`)."""
    fields: Mapping[str, Field] = NONE
    children: tuple[str, ...] = ()
    """Names (last segments) of the keyed lists below, in schema order."""
    membership: Membership | None = None
    position: Position | None = None
    period: Period | None = None
    provenance: ProvenanceFields | None = None
    source: SourceFields | None = None
    ignored: bool = False
    """It does not belong to the content, nor does what stands below it."""
    disputed: str | None = None
    """The field with contradicting values: a list keyed by (field, source)."""
    significance: Mapping[Op, Significance] = NONE
    wording: Mapping[Op, str] = NONE

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def parent(self) -> str:
        return self.path.rpartition(".")[0]


class Kind(Record):
    """A kind. `collections` holds the document (`""`) first, then each list before its sub-lists,
    in schema order. `schema` is the JSON Schema as written; `hash` is of its canonical bytes."""

    name: str
    hash: str
    title: str
    collections: Mapping[str, Collection]
    schema: Mapping[str, Any] = NONE
    inferred: bool = False
    """Found in documents, because none was written: what entries hold is looked at in these."""
    tolerance: float | None = None
    """Of every number, whatever its field says: a person asked for it."""
    entry: str = "entry {}"
    """What an entry is called that nothing but its place, from 1, identifies."""
    entries: str = "entries"
    """What a list at the root of a file is called, which has no name."""
    span: tuple[str, str] = (" as {}", " from {}")
    """What stands behind the noun of a span: its role, and its first day."""
    written: Kind | None = None
    """The kind as it was written, where this is one in a reader's language."""
