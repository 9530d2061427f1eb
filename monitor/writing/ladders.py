"""How firm what an entry says can be."""

from __future__ import annotations

from typing import Final

from monitor.kinds.kind import Collection, Kind

PLAIN: Final = "reported"
"""The rung of what an article says without a word of how firm it is, in ladders that have it."""


def ladder_of_list(collection: Collection) -> tuple[str, ...]:
    """The rungs, the loosest first; none where its kind has no such field."""
    fields = collection.provenance
    field = collection.fields.get(fields.firmness or "") if fields is not None else None
    return () if field is None else field.ladder or field.choices


def ladder_of(kind: Kind) -> tuple[str, ...]:
    """The ladder of what its lists call firmness; the longest, where they differ."""
    found = [
        field.ladder or field.choices
        for collection in kind.collections.values()
        if collection.provenance is not None and collection.provenance.firmness
        if (field := collection.fields.get(collection.provenance.firmness)) is not None
    ]
    return max(found, key=len, default=())
