"""What a kind wants of an entry: the fields it requires, and whether each says where it is from."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.kinds.dotted import split_field
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.speaking import Speaking
from monitor.writing.known import name_field


class Wanting:
    """Of one kind; remembers what it was asked."""

    def __init__(self, kind: Kind) -> None:
        self._speaking = Speaking(kind.schema)
        self._referred = frozenset(
            field.ref
            for collection in kind.collections.values()
            for field in collection.fields.values()
            if field.ref
        )

    def required(self, collection: Collection, there: Iterable[str] = ()) -> tuple[str, ...]:
        """In the order of the kind; also those that come with fields that are `there`."""
        at = tuple(part for step in split_field(collection.path) for part in (step, 0))
        with_these = {
            name
            for schema in self._speaking.at(at)
            for one in there
            for name in (schema.get("dependentRequired") or {}).get(one, ())
        }
        return tuple(
            name
            for name in self._speaking.properties(at)
            if name in with_these or self._speaking.requires(at, name)
        )

    def is_referred(self, collection: Collection) -> bool:
        """Whether other entries name its entries by their ids."""
        return collection.path in self._referred

    def is_cited(self, collection: Collection, there: Iterable[str]) -> bool:
        """Whether an entry with these fields is a fact that cites its sources. Who somebody is, in
        a list that others refer to, is none where the kind does not ask for that."""
        fields = collection.provenance
        if fields is None:
            return False
        who = self.is_referred(collection) and name_field(collection) is not None
        asked = {fields.firmness, fields.sources} & set(self.required(collection, there))
        return bool(asked) or not (who and collection.period is None)
