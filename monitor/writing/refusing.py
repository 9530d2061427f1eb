"""Why a placement cannot be right whatever an article says: no such place, no such entity, or it
would take something away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.kinds.addressing import path_fault
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.validation import validate
from monitor.model.nearest import suggestion
from monitor.model.paths import read_place
from monitor.writing.marks import Named
from monitor.writing.placing import Placement, collection_of, partial_of
from monitor.writing.references import Level, references

LONGEST: Final = 1000
"""Letters of a value; a longer one is copied from the article, or made up."""
_NAMES: Final = 200
_DEEP: Final = 4
"""Levels that a value has at most: lists of objects of values."""


class Refusing:
    """Of one kind and one state. `known` is everything that can be referred to."""

    def __init__(self, kind: Kind, known: frozenset[Named]) -> None:
        self._kind = kind
        self._known = known

    def fault(self, one: Placement, at: Sequence[Level], made: frozenset[Named]) -> str | None:
        """`made` are entities that other proposals bring in."""
        return (
            self._path_fault(one, at)
            or next(_harm(one, at[-1]), None)
            or self._stranger(one, at, made)
            or self._misfit(one)
        )

    def _path_fault(self, one: Placement, at: Sequence[Level]) -> str | None:
        place = read_place(one.path) or ()
        if wrong := path_fault(one.path, self._kind):
            return wrong
        if len(at) != sum(step.key is not None for step in place) or place[-1].key is None:
            return f"{one.path} names no entry"
        if any(
            part.startswith("@") or not part.isprintable() for s in place for part in s.key or ()
        ):
            return "its key is a place, or cannot be printed"
        return next((wrong for one in at if (wrong := self._not_to_write(one.collection))), None)

    def _not_to_write(self, collection: Collection) -> str | None:
        if collection.source is not None:
            return "publications are not a model's to write"
        if collection.ignored:
            return f"{collection.path} does not belong to the content"
        above = self._kind.collections.get(collection.parent)
        if above is not None and above.disputed == collection.name:
            return "which sources contradict each other is for a person to say"
        return None

    def _stranger(self, one: Placement, at: Sequence[Level], made: frozenset[Named]) -> str | None:
        for each in references(one, at):
            if each not in self._known and each not in made:
                keys = [known.key for known in self._known if known.collection == each.collection]
                return f"no {each.key!r} in {each.collection}{suggestion(each.key, keys)}"
        return None

    def _misfit(self, one: Placement) -> str | None:
        try:
            document = partial_of([one], self._kind)
        except ValueError as error:
            return str(error)
        faults = validate(document, self._kind, partial=True)
        return faults[0].message if faults else None

    def required(self, one: Placement) -> tuple[str, ...]:
        """What a new entry would still lack; its publication and status come by themselves."""
        document = partial_of([one], self._kind)
        fields = collection_of(one.path, self._kind).provenance
        given = (fields.sources, fields.firmness) if fields is not None else ()
        place = read_place(one.path) or ()
        depth = len(place) + sum(step.key is not None for step in place)
        found = []
        for fault in validate(document, self._kind):
            word, _, rest = fault.message.partition("the field ")
            if not word and rest.endswith(" is missing") and len(fault.path) == depth:
                found.append(rest.removesuffix(" is missing"))
        return tuple(name for name in found if name not in given)


def _harm(one: Placement, level: Level) -> Iterator[str]:
    """What would take something away, or put it under another name."""
    collection = level.collection
    if one.removed:
        yield "an article removes nothing"
    fields = collection.provenance
    own = (fields.sources, fields.said_by, fields.firmness) if fields is not None else ()
    for name, value in one.values.items():
        if name.startswith("x-"):
            yield "an article removes nothing"
        elif name in own:
            yield f"{name} stands among its values"
        elif name in level.key and str(value) != level.key[name]:
            yield f"another {name} than its path"
        elif name in collection.children:
            yield f"{name} is a list of its own; its entries have paths"
        elif wrong := _unfit(value, _DEEP):
            yield f"{name} {wrong}"
        elif lost := _lost(value, level.held(name)):
            yield f"{name} would lose {lost}"


def _unfit(value: Any, deep: int) -> str | None:
    if value is None or value in ("", [], {}):
        return "would be emptied"
    if isinstance(value, str):
        long = f"has more than {LONGEST} letters" if len(value) > LONGEST else None
        return long or (None if value.isprintable() else "cannot be printed")
    return _unfit_inside(value, deep) if isinstance(value, Mapping | list) else None


def _unfit_inside(value: Mapping[str, Any] | list[Any], deep: int) -> str | None:
    if deep == 0 or len(value) > _NAMES:
        return "has more in it than a value has"
    if isinstance(value, Mapping) and any(name.startswith("x-") for name in value):
        return "holds a mark; an article removes nothing"
    inner = value.values() if isinstance(value, Mapping) else value
    return next(filter(None, (_unfit(each, deep - 1) for each in inner)), None)


def _lost(value: Any, ours: Any) -> str:
    """What of a list that we hold is not in the one that would take its place."""
    if not isinstance(value, list) or not isinstance(ours, list):
        return ""
    gone = [str(each) for each in ours if each not in value]
    return ", ".join(gone[:3]) + (" and more" if len(gone) > 3 else "")
