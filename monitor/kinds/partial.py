"""What a partial snapshot may leave out, and the marks that it may carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.kinds.faults import Fault, Path
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.schema import LISTS, MAPS, SINGLE, Schema
from monitor.kinds.speaking import Speaking
from monitor.kinds.walking import child
from monitor.model.comparison import Document, Json
from monitor.model.nearest import nearest
from monitor.model.paths import is_below
from monitor.model.tuples import NamedTuple

REMOVED: Final = "x-removed"
"""`x-removed: true` on an entity of a partial snapshot removes it."""

# What demands that something is there, or is judged wrongly when something is not.
_DROPPED: Final = frozenset(
    [
        *("required", "minProperties", "dependentRequired", "dependentSchemas"),
        *("minItems", "contains", "minContains", "not", "if", "then", "else"),
    ]
)


def relaxed(schema: Any) -> Any:
    """The schema for a partial snapshot: what is there must fit, nothing has to be there.

    The merged state is checked in full, so nothing is lost by leaving the rest out here.
    """
    if not isinstance(schema, Mapping):
        return schema
    result: dict[str, Any] = {}
    for name, part in schema.items():
        if name in _DROPPED:
            continue
        if name in MAPS and isinstance(part, Mapping):
            result[name] = {inner: relaxed(value) for inner, value in part.items()}
        elif name in LISTS and isinstance(part, list):
            # With less demanded, several options of a oneOf may fit.
            result["anyOf" if name == "oneOf" else name] = [relaxed(value) for value in part]
        elif name in SINGLE:
            result[name] = relaxed(part)
        else:
            result[name] = part
    return result


class Unmarked(NamedTuple):
    """What a partial says beside its marks, and what is wrong with the marks."""

    document: Document
    faults: tuple[Fault, ...]


def unmarked(document: Document, kind: Kind, covered: frozenset[str]) -> Unmarked:
    """A copy without `x-removed` and without the nulls that clear a field.

    Only what merging takes for a mark is one: a null in a value that is replaced whole, in an entry
    of a `covered` list, or under a name that the kind does not know stays, to be checked.
    """
    walk = _Marks(kind, covered)
    return Unmarked(walk.entity(document, kind.collections[""], ()), tuple(walk.faults))


def as_schema(schema: Schema, *, partial: bool) -> Schema:
    """A kind's schema as a validator takes it: `$schema` and `$id` name no other document."""
    plain = {name: part for name, part in schema.items() if name not in ("$schema", "$id")}
    return relaxed(plain) if partial else plain


class _Marks:
    """Follows a partial as merging does: entities and described objects, nothing below."""

    def __init__(self, kind: Kind, covered: frozenset[str]) -> None:
        self._kind = kind
        self._covered = covered
        self._speaking = Speaking(kind.schema)
        self.faults: list[Fault] = []

    def entity(self, entity: dict[str, Any], collection: Collection, path: Path) -> dict[str, Any]:
        goes = REMOVED in entity and collection.path != ""
        if not goes:
            self.faults += self._misspelt(entity, collection, path)
        result = self._object(entity, collection, path, prefix="", goes=goes)
        if goes:
            result.pop(REMOVED, None)
        for name in collection.children:
            entries = entity.get(name)
            if isinstance(entries, list):
                below = child(collection, name, self._kind)
                result[name] = [
                    self._entry(entry, below, (*path, name, position))
                    for position, entry in enumerate(entries)
                ]
        return result

    def _entry(self, entry: Json, collection: Collection, path: Path) -> Json:
        if not isinstance(entry, dict):
            return entry
        if any(is_below(collection.path, name) for name in self._covered):
            return {name: part for name, part in entry.items() if name != REMOVED}
        return self.entity(entry, collection, path)

    def _object(
        self,
        value: dict[str, Any],
        collection: Collection,
        path: Path,
        *,
        prefix: str,
        goes: bool = False,
    ) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name, part in value.items():
            at = (*path, name)
            inside = f"{prefix}{name}."
            if part is None and name != REMOVED:
                if self._speaking.forbids(path, name):
                    result[name] = part
                elif not goes and self._is_needed(collection, path, f"{prefix}{name}"):
                    self.faults.append(Fault(at, "null clears it, and the kind requires it"))
            elif isinstance(part, dict) and is_described(collection, inside):
                result[name] = self._object(part, collection, at, prefix=inside, goes=goes)
            else:
                result[name] = part
        return result

    def _misspelt(
        self, entity: Mapping[str, Any], collection: Collection, path: Path
    ) -> Iterator[Fault]:
        """An open kind takes any name, so a mark written wrongly would be kept as a field."""
        for name in entity:
            looks = name.startswith("x-") and name != REMOVED and name not in collection.fields
            if looks and nearest(name, (REMOVED,)) and not self._speaking.forbids(path, name):
                text = f"there is no mark {name}; did you mean {REMOVED}?"
                yield Fault((*path, name), text)

    def _is_needed(self, collection: Collection, path: Path, name: str) -> bool:
        is_key = any(name in names for names in collection.keys)
        return not is_key and self._speaking.requires(path, name.rpartition(".")[2])


def is_described(collection: Collection, inside: str) -> bool:
    """Whether the kind describes an object field by field; `inside` is its name with a point."""
    return any(field.startswith(inside) for field in collection.fields)
