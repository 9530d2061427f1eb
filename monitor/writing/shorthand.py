"""Values as people write them where the kind makes plain what is meant: `size: 6` for six persons,
`said_by: brandt` for a list of one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from monitor.kinds.kind import Field, QuantityFields
from monitor.model.patterns import regex

_NUMBER: Final = r"\d+(?:\.\d+)?"
_RANGE: Final = regex(rf"(?P<low>{_NUMBER})\s*[-–]\s*(?P<high>{_NUMBER})")
_AT_LEAST: Final = regex(rf"(?:(?:>=|≥)\s*(?P<low>{_NUMBER})|(?P<also>{_NUMBER})\s*\+)")
_AT_MOST: Final = regex(rf"(?:<=|≤)\s*(?P<high>{_NUMBER})")


def expanded(value: Any, field: Field, ours: Any) -> Any:
    """The value as the kind has it; `ours` is what we have, whose unit holds on. Raises ValueError
    for an amount whose unit nobody knows, or which is no amount."""
    if field.quantity is not None and isinstance(value, int | float | str):
        return _amount(value, field, ours)
    if field.is_list and isinstance(value, str | int | float):
        return [value]
    return value


def shortened(value: Any, field: Field, ours: Any) -> Any:
    """The shortest way of writing a value that is read as just this one."""
    short = value
    if field.quantity is not None and isinstance(value, Mapping):
        short = _short_amount(value, field.quantity)
    elif field.is_list and isinstance(value, list) and len(value) == 1:
        [short] = value
    try:
        same = short is not None and expanded(short, field, ours) == value
    except ValueError:
        return value
    return short if same else value


def _amount(value: float | str, field: Field, ours: Any) -> dict[str, Any]:
    names = field.quantity
    assert names is not None
    bounds = _bounds(str(value))
    if isinstance(value, bool) or bounds is None:
        raise ValueError(f"{field.name}: {value!r} is no amount; write such as 6, 15-20 or 15+")
    low, high = bounds
    made: dict[str, Any] = {} if low is None else {names.low: low}
    if high is not None:
        made[names.high] = high
    if names.unit:
        made[names.unit] = _unit(field, names.unit, ours, value)
    return made


def _unit(field: Field, name: str, ours: Any, value: float | str) -> str:
    if isinstance(ours, Mapping) and isinstance(ours.get(name), str):
        return str(ours[name])
    if len(field.choices) == 1:
        return field.choices[0]
    known = ", ".join(field.choices) or "a word"
    raise ValueError(f"{field.name}: {value} of what? write {name} too: {known}")


def _bounds(text: str) -> tuple[float | None, float | None] | None:
    if regex(_NUMBER).fullmatch(text):
        return _number(text), _number(text)
    if found := _RANGE.fullmatch(text):
        return _number(found["low"]), _number(found["high"])
    if found := _AT_LEAST.fullmatch(text):
        return _number(found["low"] or found["also"]), None
    if found := _AT_MOST.fullmatch(text):
        return None, _number(found["high"])
    return None


def _number(text: str) -> float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def _short_amount(value: Mapping[str, Any], names: QuantityFields) -> Any:
    low, high = value.get(names.low), value.get(names.high)
    if low == high:
        return low
    if low is None:
        return f"<={high}"
    return f"{low}+" if high is None else f"{low}-{high}"
