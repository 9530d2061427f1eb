"""The fields of one entry as a form, by what its kind says of each; what was sent is read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, TypeAlias

from monitor.kinds.dotted import split_field
from monitor.kinds.kind import Collection, Field, Kind
from monitor.kinds.schema import types_of
from monitor.kinds.speaking import Speaking
from monitor.kinds.values import get
from monitor.model.comparison import Missing
from monitor.model.edtf import bounds
from monitor.model.record import Record
from monitor.model.text import visible

Sort: TypeAlias = Literal[
    "choice",
    "reference",
    "references",
    "quantity",
    "date",
    "yes",
    "number",
    "text",
    "lines",
    "line",
]

FEW: Final = 40
"""Entries that are offered as a list to choose from; of more, one is found by typing."""
BLANK: Final = 2
"""Empty places behind the members of a list."""

NUMBERS: Final = frozenset({"integer", "number"})


class Choice(Record):
    value: str
    title: str
    chosen: bool = False


class FieldView(Record):
    """`name` is that of its inputs; a quantity has three. `fault` is a word of FAULTS, or a whole
    sentence of whoever checked it."""

    name: str
    title: str
    sort: Sort
    value: str = ""
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    ref: str = ""
    needed: bool = False
    fault: str = ""


class Shape(Record):
    """What is known of a field before a value is: `name` is the dotted one of its kind."""

    field: Field
    sort: Sort
    types: frozenset[str]
    needed: bool


def shapes(collection: Collection, kind: Kind) -> tuple[Shape, ...]:
    """Of all that a form can hold, in the order of the kind; objects of any shape are for the
    text."""
    speaking = Speaking(kind.schema)
    at = tuple(part for step in split_field(collection.path) for part in (step, 0))
    found = []
    for field in collection.fields.values():
        types = frozenset[str]().union(
            *(types_of(one) for one in speaking.at((*at, *split_field(field.name))))
        )
        sort = _sort(field, types)
        if sort is not None and not field.ignored:
            needed = speaking.requires(at, field.name)
            found.append(Shape(field=field, sort=sort, types=types, needed=needed))
    return tuple(found)


def _sort(field: Field, types: frozenset[str]) -> Sort | None:
    """None for what only a text can say."""
    if field.quantity is not None:
        return "quantity"
    if field.freeform:
        return None
    if field.is_list:
        return "references" if field.ref else "lines"
    return _single(field, types)


def _single(field: Field, types: frozenset[str]) -> Sort:
    if field.ref:
        return "reference"
    if field.choices or field.ladder or field.scale:
        return "choice"
    if field.edtf:
        return "date"
    if types == {"boolean"}:
        return "yes"
    if types and types <= NUMBERS:
        return "number"
    return "text" if field.text else "line"


def view(
    shape: Shape,
    entry: Mapping[str, Any],
    options: Callable[[str], tuple[Choice, ...]],
    faults: Mapping[str, str],
    typed: Mapping[str, Sequence[str]] | None = None,
) -> FieldView:
    """`options` gives the entries of a list by its path; `typed` is what was sent, which is shown
    again."""
    field = shape.field
    made = typed if typed is not None else sent_of(shape, entry)
    value, values = (made.get(field.name) or ("",))[0], tuple(made.get(field.name) or ())
    return FieldView(
        name=field.name,
        title=visible(field.title[:1].upper() + field.title[1:], 120),
        sort=shape.sort,
        value=value,
        values=(*(one for one in values if one), *("",) * BLANK),
        low=(made.get(f"{field.name}.low") or ("",))[0],
        high=(made.get(f"{field.name}.high") or ("",))[0],
        unit=(made.get(f"{field.name}.unit") or ("",))[0],
        choices=_choices(shape, options, made),
        ref=field.ref or "",
        needed=shape.needed,
        fault=faults.get(field.name, ""),
    )


def _choices(
    shape: Shape,
    options: Callable[[str], tuple[Choice, ...]],
    made: Mapping[str, Sequence[str]],
) -> tuple[Choice, ...]:
    field = shape.field
    if field.ref:
        known = options(field.ref)
        offered = [(one.value, one.title) for one in known] if len(known) <= FEW else []
        chosen = set(made.get(field.name) or ())
    else:
        words = field.choices or field.ladder or field.scale
        offered = [(one, str(field.say(one))) for one in words]
        chosen = set(made.get(f"{field.name}.unit" if field.quantity else field.name) or ())
    strays = [(one, one) for one in sorted(chosen - {value for value, _ in offered}) if one]
    return tuple(
        Choice(value=value, title=visible(title, 120), chosen=value in chosen)
        for value, title in (*offered, *(strays if offered else ()))
    )


def sent_of(shape: Shape, entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What a form would send of an entry that nobody changed."""
    field, value = shape.field, get(dict(entry), shape.field.name)
    if value is None or isinstance(value, Missing):
        return {}
    if field.quantity is not None:
        names = field.quantity
        held = value if isinstance(value, Mapping) else {}
        parts = (("low", names.low), ("high", names.high), ("unit", names.unit or ""))
        return {f"{field.name}.{part}": (_text(held.get(name)),) for part, name in parts}
    if shape.sort == "references":
        return {field.name: tuple(map(_text, value if isinstance(value, list) else [value]))}
    if shape.sort == "lines":
        return {field.name: ("\n".join(map(_text, value if isinstance(value, list) else [])),)}
    return {field.name: (_text(value),)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def read(shape: Shape, typed: Mapping[str, Sequence[str]], entry: Mapping[str, Any]) -> Any:
    """The value that was sent, as the kind has it; None for an empty one. Raises ValueError with a
    word of FAULTS."""
    field = shape.field
    if field.quantity is not None:
        return _quantity(shape, typed, entry)
    values = [one.strip() for one in typed.get(field.name) or () if one.strip()]
    if shape.sort == "references":
        return list(dict.fromkeys(values)) or None
    if shape.sort == "lines":
        rows = (row.strip() for one in values for row in one.splitlines())
        return [row for row in rows if row] or None
    return _scalar(shape, " ".join(values) if shape.sort != "text" else "\n".join(values))


def _scalar(shape: Shape, text: str) -> Any:
    if not text:
        return None
    if shape.sort == "choice" and text not in (
        *shape.field.choices,
        *shape.field.ladder,
        *shape.field.scale,
    ):
        raise ValueError("choice")
    if shape.sort == "yes":
        return text == "yes"
    if shape.sort == "number":
        return _number(text, whole="number" not in shape.types)
    if shape.sort == "date" and bounds(text) is None:
        raise ValueError("date")
    return text.replace("\r\n", "\n").strip()


def _quantity(shape: Shape, typed: Mapping[str, Sequence[str]], entry: Mapping[str, Any]) -> Any:
    field, names = shape.field, shape.field.quantity
    assert names is not None
    low, high, unit = (
        (typed.get(f"{field.name}.{part}") or ("",))[0].strip() for part in ("low", "high", "unit")
    )
    if not low and not high:
        return None
    made: dict[str, Any] = {}
    for name, text in ((names.low, low), (names.high, high)):
        if text:
            made[name] = _number(text)
    if names.unit:
        if not unit:
            raise ValueError("unit")
        made[names.unit] = unit
    known = get(dict(entry), field.name)
    return known if known == made else made


def _number(text: str, *, whole: bool = False) -> int | float:
    try:
        value = Decimal(text.replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation as error:
        raise ValueError("number") from error
    if not value.is_finite() or len(text) > 30:
        raise ValueError("number")
    if value == value.to_integral_value():
        return int(value)
    if whole:
        raise ValueError("number")
    return float(value)
