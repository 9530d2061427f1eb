"""Kinds that were found in documents (`x-inferred: true`).

Such a kind describes lists and nothing else: what its entries hold is looked at in the documents,
as it is without a kind. So an annotation may name what lies deeper than the properties that it has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from monitor.kinds.annotations import Annotations
from monitor.kinds.dotted import split_field
from monitor.kinds.keys import MARK
from monitor.kinds.kind import Kind, Span
from monitor.kinds.schema import Schema
from monitor.model.patterns import regex

INFERRED: Final = "x-inferred"
PROVISIONAL: Final = "x-provisional"
_SLOT: Final = regex(r"\{([^{}]*)\}")
_RECURS: Final = ("same", "shared")


def is_loose(root: Schema) -> bool:
    """Whether a kind was found in documents."""
    return root.get(INFERRED) is True


def is_provisional(kind: Kind) -> bool:
    """Whether a kind was found in one version alone, to be settled by the next."""
    return PROVISIONAL in kind.schema


class Reaching(Collection[str]):
    """Names of fields, and all that may stand below them: `id.bioguide`, `names[].full`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._firsts = {split_field(name)[0] for name in self._names}

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str) or not name:
            return False
        first = split_field(name)[0].removesuffix("[]")
        return name == MARK or name in self._names or first in self._firsts

    def __iter__(self) -> Any:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def labels(notes: Annotations, schema: Schema, fields: Collection[str]) -> tuple[str, ...]:
    """`x-label`: how an entry is called, and what is tried where that says nothing."""
    value = schema.get("x-label")
    if not isinstance(value, list):
        first = notes.label(fields)
        return () if first is None else (first,)
    for each in value:
        slots = _SLOT.findall(each) if isinstance(each, str) else []
        wrong = [name for name in slots if name not in fields]
        if not slots or wrong:
            text = 'write texts with names of fields, such as ["{name}", "{title}"]'
            notes.fault("x-label", text)
            return ()
    return tuple(value)


def span(notes: Annotations, schema: Schema, fields: Collection[str]) -> Span | None:
    """`x-span`: entries that nothing names but what they are and how long."""
    value = schema.get("x-span")
    if value is None:
        return None
    noun = value.get("noun") if isinstance(value, Mapping) else None
    if not isinstance(noun, str) or not noun:
        notes.fault("x-span", "write an object with noun, role, start and end")
        return None
    named = {name: value.get(name) for name in ("role", "start", "end")}
    for name, field in named.items():
        if field is not None and field not in fields:
            notes.fault("x-span", f"{name}: the entries have no field {field}")
    return Span(noun, **named)


def recurs(notes: Annotations, schema: Schema) -> tuple[bool, bool]:
    """`x-recurs`: whether one key is one entry in every list, and whether it stands in several."""
    value = schema.get("x-recurs")
    if value is not None and value not in _RECURS:
        notes.fault("x-recurs", f"write one of {', '.join(_RECURS)}")
    return value in _RECURS, value == "shared"
