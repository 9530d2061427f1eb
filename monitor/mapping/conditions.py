"""`where`: which rows count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.kinds.faults import Fault, Path
from monitor.mapping.days import day_format, day_of, is_day
from monitor.mapping.spec import Condition, Test
from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.edtf import Bounds, bounds
from monitor.model.nearest import suggestion_or_all

_BOUNDS: Final[Mapping[str, Test]] = {
    "from": "from",
    "after": "after",
    "until": "until",
    "before": "before",
}
_TESTS: Final = ("not", *_BOUNDS, "date")
_AS_OF: Final = "as_of"


def read_condition(column: str, said: Any, at: Path, faults: list[Fault]) -> list[Condition]:
    """What one column has to be: a value, a list of values, or `{not: ..., from: ...}`."""
    if not isinstance(said, Mapping):
        values = _values(said, at, faults)
        return [Condition(column=column, test="is", values=values, place=at)]
    return list(_tests(column, said, at, faults))


def _tests(
    column: str, said: Mapping[str, Any], at: Path, faults: list[Fault]
) -> Iterator[Condition]:
    written = said.get("date")
    if written is not None and (not isinstance(written, str) or day_format(written) is None):
        text = "where: write DD, MM and YYYY as they stand, such as DD.MM.YYYY"
        faults.append(Fault((*at, "date"), text))
    for test, value in said.items():
        if test == "not":
            values = _values(value, (*at, test), faults)
            yield Condition(column=column, test="not", values=values, place=at)
        elif test in _BOUNDS and (value == _AS_OF or (isinstance(value, str) and is_day(value))):
            bound = None if value == _AS_OF else value
            yield Condition(column=column, test=_BOUNDS[test], bound=bound, date=written, place=at)
        elif test in _BOUNDS:
            text = f"where: {test} wants as_of, or a day (2026-02-15), not {value}"
            faults.append(Fault((*at, test), text))
        elif test != "date":
            near = suggestion_or_all(test, _TESTS)
            faults.append(Fault((*at, test), f"where: there is no test {test}{near}"))


def _values(said: Any, at: Path, faults: list[Fault]) -> frozenset[str]:
    parts = said if isinstance(said, list) else [said]
    if not parts or any(isinstance(part, dict | list) for part in parts):
        text = 'where: write a value, a list of values, "" for none, or {not: ...}, {from: as_of}'
        faults.append(Fault(at, text))
        return frozenset()
    return frozenset(map(as_text, parts))


def as_text(value: Json | Missing) -> str:
    """A plain value as a table writes it, so that 17 and "17" are one; nothing is empty."""
    if value is MISSING or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def holds(condition: Condition, value: Json | Missing, day: str) -> bool:
    """Whether a row counts, as far as this test says; `day` is that of the `as_of`.

    Where there is no value, a bound holds: who has no end is still there. A date that is not known
    to the day passes if one of its days does. Raises ValueError for a text that is no date.
    """
    text = as_text(value)
    if condition.test in ("is", "not"):
        return (text in condition.values) == (condition.test == "is")
    if not text:
        return True
    bound = condition.bound or day
    first, last = _days(text, condition.date)
    match condition.test:
        case "from":
            return last is None or last >= bound
        case "after":
            return last is None or last > bound
        case "until":
            return first is None or first <= bound
        case _:
            return first is None or first < bound


def _days(text: str, written: str | None) -> Bounds:
    if written is not None:
        day = day_of(text, written)
        found = None if day is None else Bounds(day, day)
    else:
        found = bounds(text)
    if found is None:
        expected = written or "2026-02-15; say how days are written with date: DD.MM.YYYY"
        raise ValueError(f"{text!r} is no day such as {expected}")
    return found


def lets_empty(condition: Condition) -> bool:
    """Whether a row without a value may count."""
    if condition.test in ("is", "not"):
        return ("" in condition.values) == (condition.test == "is")
    return True
