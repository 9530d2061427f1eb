"""Values as the kind wants them: numbers, days, intervals and lists from the texts of a table.

Nothing is guessed: what is not plainly such a value is a Misfit that says what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from monitor.kinds.kind import Collection, Kind, QuantityFields
from monitor.kinds.schema import Schema, resolve, types_of
from monitor.mapping.conditions import as_text
from monitor.mapping.days import day_of, plain_day
from monitor.mapping.spec import Taken
from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.edtf import bounds
from monitor.model.record import NONE, Record

_INTEGER: Final = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_NUMBER: Final = re.compile(r"[-+]?(\d{1,18}(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?", re.ASCII)
_LOW: Final = r"[-+]?\d+(?:\.\d+)?"
_INTERVAL: Final = re.compile(
    rf"(?P<low>{_LOW})(?:\s*(?:-|–|\.\.|to)\s*(?P<high>{_LOW}))?(?P<more>\s*\+)?"
    r"(?:\s+(?P<unit>\D.*))?|(?P<sign>>=|≥|<=|≤)\s*(?P<bound>" + _LOW + r")(?:\s+(?P<of>\D.*))?"
)
_LONGEST: Final = 200  # characters of an interval with its unit
_WORDS: Final = {"true": True, "false": False}


class Misfit(Exception):
    """A value that is not what the kind wants; the text says what it is and what was expected."""


class FieldType(Record):
    """What the kind says of the values of one field; `types` is empty where it says nothing."""

    types: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    quantity: QuantityFields | None = None
    is_date: bool = False


ANY: Final = FieldType()


def types_of_fields(kind: Kind | None, path: str) -> Mapping[str, FieldType]:
    """By dotted name, of the fields of one collection (`""`: the document)."""
    if kind is None:
        return NONE
    schema: Schema = kind.schema
    for step in path.split(".") if path else ():
        schema = resolve(_part(schema, step), kind.schema)
        schema = resolve(schema.get("items"), kind.schema)
    found: dict[str, FieldType] = {}
    _add(schema, "", kind, kind.collections[path], found)
    return found


def _add(
    schema: Schema, prefix: str, kind: Kind, collection: Collection, found: dict[str, FieldType]
) -> None:
    properties = schema.get("properties")
    for name, written in properties.items() if isinstance(properties, Mapping) else ():
        part = resolve(written, kind.schema)
        whole = f"{prefix}{name}"
        field = collection.fields.get(whole)
        if "properties" in part and "x-quantity" not in part and "x-key" not in part:
            _add(part, f"{whole}.", kind, collection, found)
        dates = collection.period.fields[:2] if collection.period is not None else ()
        since = (collection.period.since,) if collection.period is not None else ()
        found[whole] = FieldType(
            types=types_of(part),
            members=types_of(resolve(part.get("items"), kind.schema)),
            quantity=field.quantity if field is not None else None,
            is_date=part.get("format") == "date"
            or whole in (*dates, *since)
            or (field is not None and field.edtf),
        )


def _part(schema: Schema, name: str) -> Any:
    properties = schema.get("properties")
    return properties.get(name) if isinstance(properties, Mapping) else None


def converted(value: Json | Missing, taken: Taken, wanted: FieldType) -> Json | Missing:
    """The value as the kind wants it; MISSING for what is empty. Raises Misfit."""
    if value is MISSING or value is None or (isinstance(value, str) and not value.strip()):
        return MISSING
    if taken.split is not None and isinstance(value, str):
        parts = [part.strip() for part in value.split(taken.split)]
        value = [_scalar(part, taken, wanted.members) for part in parts if part]
        return list(dict.fromkeys(value)) or MISSING
    if isinstance(value, dict | list):
        return value
    return _plain(value, taken, wanted)


def _plain(value: Json, taken: Taken, wanted: FieldType) -> Json:
    if wanted.quantity is not None:
        return _interval(as_text(value), wanted.quantity)
    if wanted.types == {"array"}:
        raise Misfit(f"{value!r} is no list; say what parts it with split")
    if wanted.is_date:
        return _day(value, taken)
    return _scalar(value, taken, wanted.types)


def _scalar(value: Json, taken: Taken, types: frozenset[str]) -> Json:
    if taken.date is not None and isinstance(value, str):
        return _day(value, taken)
    if isinstance(value, str):
        return value if not types or "string" in types else _from_text(value.strip(), types)
    if types == {"string"}:
        return as_text(value)
    return value


def _from_text(text: str, types: frozenset[str]) -> Json:
    if types & {"integer", "number"} and _INTEGER.fullmatch(text):
        return int(text)
    if "number" in types and _NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in types and text.lower() in _WORDS:
        return _WORDS[text.lower()]
    expected = " or ".join(sorted(types))
    hint = "; say which is which with values" if "boolean" in types else ""
    raise Misfit(f"{text!r} is no {expected}{hint}")


def _day(value: Json, taken: Taken) -> Json:
    text = as_text(value)
    if taken.date is not None:
        day = day_of(text, taken.date)
        if day is None:
            raise Misfit(f"{text!r} is no day written {taken.date}")
        return day
    day = plain_day(text)
    if bounds(day) is None:
        raise Misfit(f"{text!r} is no day; say how days are written, as in date: DD.MM.YYYY")
    return day


def _interval(text: str, fields: QuantityFields) -> Json:
    """`20`, `20-30`, `20..30`, `20+`, `>= 20`, `<= 30`, each with a unit behind it."""
    found = _INTERVAL.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise Misfit(f"{text!r} is no number or interval, such as 20, 20-30, >= 20, 20 days")
    low, high = found["low"], found["high"] or (None if found["more"] else found["low"])
    if found["sign"]:
        is_low = found["sign"] in (">=", "≥")
        low, high = (found["bound"], None) if is_low else (None, found["bound"])
    unit = found["unit"] or found["of"]
    ends = {fields.low: low, fields.high: high}
    made: dict[str, Json] = {name: _number(end) for name, end in ends.items() if end is not None}
    if unit is not None:
        if fields.unit is None:
            raise Misfit(f"{text!r} has a unit, and the kind's interval has none")
        made[fields.unit] = unit.strip()
    return made


def _number(text: str) -> Json:
    return int(text) if _INTEGER.fullmatch(text) else float(text)
