"""What was written in the form of an entry, as a placement; what is wrong with it, by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from monitor.compare.paths import find, format_path, parse_path
from monitor.errors import MonitorError
from monitor.kinds.kind import Collection
from monitor.kinds.validation import validate
from monitor.model.latin import in_latin
from monitor.model.patterns import regex
from monitor.model.text import visible
from monitor.web.draft_entries import (
    Ground,
    Spot,
    Typed,
    collection_of,
    entries_in,
    entry_at,
    holder,
)
from monitor.web.draft_fields import Shape, read, sent_of, shapes
from monitor.writing.known import name_field
from monitor.writing.placing import Placement, partial_of

_OTHER: Final = regex(r"[^a-z0-9]+")


def placement(at: Ground, spot: Spot, typed: Typed) -> tuple[Placement | None, dict[str, str]]:
    """What was changed, with what is wrong by field; "" is the whole form."""
    name, path = spot.name, spot.path
    collection = collection_of(at.kind, name)
    entry = entry_at(at, path, name) if path else {}
    keyed = set(collection.keys[0])
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for shape in shapes(collection, at.kind):
        field = shape.field.name
        if path and (field in keyed or _same(shape, typed, entry)):
            continue
        try:
            value = read(shape, typed, entry)
        except ValueError as error:
            faults[field] = str(error)
        else:
            if value is not None or path:
                values[field] = value
            elif shape.needed and field not in keyed:
                faults[field] = "key"
    if not path:
        path = _new_path(at, collection, spot.above, values, faults)
    if faults:
        return None, faults
    made = Placement(path=path, values={k: v for k, v in values.items() if k not in keyed})
    if not made.values and not keyed & values.keys():
        return None, {"": "nothing"}
    faults = _unfit(at, made)
    return (None if faults else made), faults


def _same(shape: Shape, typed: Typed, entry: Mapping[str, Any]) -> bool:
    """Whether a form sent back what it was given, however browsers end lines."""
    known = sent_of(shape, entry)
    names = [one for one in (*typed, *known) if _is_of(one, shape)]
    return all(_plain(typed.get(one)) == _plain(known.get(one)) for one in names)


def _is_of(name: str, shape: Shape) -> bool:
    own = shape.field.name
    return name == own or (shape.sort == "quantity" and name.rpartition(".")[0] == own)


def _plain(values: Sequence[str] | None) -> list[str]:
    return [one.replace("\r\n", "\n").strip() for one in values or () if one.strip()]


def _new_path(
    at: Ground, collection: Collection, above: str, values: dict[str, Any], faults: dict[str, str]
) -> str:
    """Named by what was written, or by an id that is made from its name."""
    names = collection.keys[0]
    named = name_field(collection)
    [first, *more] = names
    if values.get(first) is None and not more and named is not None and named.name in values:
        taken = {one.name for one in entries_in(at, collection, holder(at, above), ())}
        values[first] = _made_id(str(values[named.name]), taken)
    for one in names:
        if values.get(one) is None:
            faults[one] = "key"
    if faults:
        return ""
    level = tuple((one, values[one]) for one in names)
    key = parse_path(above, at.kind)[1] if above else ()
    path = format_path(collection.path, (*key, level), kind=at.kind)
    if isinstance(find(at.document, path, at.kind), dict):
        faults[names[0]] = "taken"
    return path


def _made_id(name: str, taken: set[str]) -> str:
    whole = "-".join(one for one in _OTHER.split(in_latin(name).lower()) if one) or "new"
    tries = (whole, *(f"{whole}-{number}" for number in range(2, 1000)))
    return next((one for one in tries if one not in taken), whole)


def _unfit(at: Ground, made: Placement) -> dict[str, str]:
    """What the kind says against the values, by field."""
    try:
        found = validate(partial_of([made], at.kind), at.kind, partial=True)
    except ValueError as error:
        return {"": visible(str(error), 300)}
    faults: dict[str, str] = {}
    for one in found:
        text = [step for step in one.path if isinstance(step, str)]
        field = next((step for step in reversed(text) if step in made.values), "")
        faults.setdefault(field, visible(one.message, 300))
    return faults


def removal(at: Ground, spot: Spot) -> Placement:
    """Raises NotFound, and MonitorError for what only the draft has."""
    path = spot.path
    entry_at(at, path, spot.name)
    if not isinstance(find(at.base, path, at.kind), dict):
        raise MonitorError(f"{path} stands only in this draft; delete it in its text")
    return Placement(path=path, removed=True)
