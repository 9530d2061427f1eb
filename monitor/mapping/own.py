"""A document that is its own kind, in the form that this kind describes.

A list, or an object whose names are ids, at the root becomes the one list of the kind; an object at
the place of a list becomes that list, whose entries have their names in the key; what is text in a
table becomes what the kind says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from monitor.compare.alike import KEY
from monitor.compare.under_key import under_key
from monitor.errors import MappingError, SnapshotRefused
from monitor.kinds.dotted import split_field
from monitor.kinds.faults import Path
from monitor.kinds.keys import MARK
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.walking import inside
from monitor.mapping.spec import Taken
from monitor.mapping.typed import FieldType, Misfit, converted, types_of_fields
from monitor.model.comparison import MISSING, Document, Json
from monitor.model.nearest import few

ENTRIES: Final = "entries"
_AS_IT_IS: Final = Taken()

Place = Callable[[Path], str]


def held(document: Json, kind: Kind, place: Place) -> Document:
    """The document as the kind has it. `place` finds a path of the result in what was read.

    Raises SnapshotRefused for a list where the kind has several, and for a value that is not what
    the kind wants.
    """
    whole = whole_of(kind, document)
    if whole is None and not isinstance(document, dict):
        lists = ", ".join(kind.collections[""].children)
        text = f"a list, and the kind {kind.name} has several ({lists}); write a mapping for it"
        raise SnapshotRefused(text, where=place(()))
    rooted = document if whole is None else {whole: document}
    if whole is not None and isinstance(document, dict) and document:
        _check_whole(document, kind, whole, place)
    return _Holding(kind, place).entity("", rooted, ())


def _check_whole(document: Document, kind: Kind, whole: str, place: Place) -> None:
    """An object that is no list of members has something else in it than this list."""
    keys = [names for names in kind.collections[whole].keys if names != (MARK,)]
    if not any(len(names) == 1 and _are_members(names[0], document) for names in keys):
        text = f"an object with {few(document)} where the whole document is the list {whole}"
        raise MappingError(f"{text}; say in a mapping where that is now", where=place(()))


def whole_of(kind: Kind, document: Json) -> str | None:
    """The list that a document as a whole is; None for an object with lists in it."""
    said = kind.schema.get("x-whole")
    if isinstance(said, str):
        return None if _is_wrapped(document, said) else said
    children = kind.collections[""].children
    return children[0] if isinstance(document, list) and len(children) == 1 else None


def _is_wrapped(document: Json, name: str) -> bool:
    return isinstance(document, dict) and list(document) == [name]


def written_at(path: Path, document: Json, whole: str | None) -> Path:
    """Where a path of the held document stands in the one that was read."""
    steps = list(path)
    if whole is not None:
        steps = steps[1:]
    found: list[str | int] = []
    value: Any = document
    skips = False
    for step in steps:
        if skips and step == ENTRIES:
            skips = False
            continue
        at: str | int = step
        if isinstance(step, int) and isinstance(value, dict):
            names = list(value)
            at = names[step] if step < len(names) else step
        try:
            value = value[at]
        except (KeyError, IndexError, TypeError):
            break
        found.append(at)
        skips = isinstance(step, int) and isinstance(value, list | dict)
        skips = skips and not (isinstance(value, dict) and ENTRIES in value)
    return tuple(found)


class _Holding:
    def __init__(self, kind: Kind, place: Place) -> None:
        self._kind = kind
        self._place = place
        self._types: dict[str, Mapping[str, FieldType]] = {}

    def entity(self, path: str, entity: Document, at: Path) -> Document:
        collection = self._kind.collections[path]
        made = dict(entity)
        for name in collection.children:
            below = f"{path}.{name}" if path else name
            value = inside(made, name)
            listed = self._listed(self._kind.collections[below], value, (*at, *split_field(name)))
            if listed is not None:
                steps = split_field(name)
                made = _with(made, steps, self._entries(below, listed, (*at, *steps)))
        for name, wanted in self._wanted(path).items():
            value = made.get(name, MISSING)
            if isinstance(value, str):
                self._convert(made, name, value, wanted, (*at, name))
        return made

    def _entries(self, path: str, listed: Sequence[Json], at: Path) -> list[Any]:
        return [
            self.entity(path, entry, (*at, position)) if isinstance(entry, dict) else entry
            for position, entry in enumerate(listed)
        ]

    def _listed(self, collection: Collection, value: Json, at: Path) -> list[Any] | None:
        """A list, or the members of an object, each with its name in the field that is the key;
        None for anything else, of which the kind may say that it does not fit."""
        if isinstance(value, list):
            is_object = self._kind.inferred and collection.keys == ((KEY,),)
            return under_key(value, KEY) if is_object else value
        if not isinstance(value, dict):
            return None
        if not value and self._kind.inferred:
            return []
        names = [names for names in collection.keys if names != (MARK,)]
        is_one = len(names) == 1 and len(names[0]) == 1 and "." not in names[0][0]
        if self._kind.inferred and not (is_one and _are_members(names[0][0], value)):
            return None
        if not is_one:
            text = f"an object where the kind {self._kind.name} has the list {collection.path}"
            raise SnapshotRefused(
                f"{text}, and no one field to hold its names", where=self._place(at)
            )
        key = names[0][0]
        return [_member(key, name, part) for name, part in value.items()]

    def _wanted(self, path: str) -> Mapping[str, FieldType]:
        """What the kind says of fields that a table has as text."""
        if path not in self._types:
            every = types_of_fields(self._kind, path)
            self._types[path] = {
                name: wanted
                for name, wanted in every.items()
                if "." not in name and (wanted.is_date or wanted.quantity or _is_typed(wanted))
            }
        return self._types[path]

    def _convert(self, made: Document, name: str, value: str, wanted: FieldType, at: Path) -> None:
        try:
            found = converted(value, _AS_IT_IS, wanted)
        except Misfit as error:
            raise SnapshotRefused(f"{name}: {error}", where=self._place(at)) from None
        if found is MISSING:
            del made[name]
        else:
            made[name] = found


def _is_typed(wanted: FieldType) -> bool:
    return bool(wanted.types) and "string" not in wanted.types and wanted.types != {"object"}


def _are_members(key: str, value: Document) -> bool:
    """Whether an object can be a list: of objects, or of lists where nothing but names are keys."""
    types = {type(part) for part in value.values()}
    return types <= ({list, dict} if key == KEY else {dict})


def _member(key: str, name: str, part: Json) -> Json:
    if isinstance(part, dict) and key not in part:
        return {key: name, **part}
    if isinstance(part, dict):
        return part
    return {key: name, ENTRIES: part}


def _with(entity: Document, steps: Sequence[str], value: Json) -> Document:
    if len(steps) == 1:
        return {**entity, steps[0]: value}
    return {**entity, steps[0]: _with(entity[steps[0]], steps[1:], value)}
