"""The value of a cell of a sheet as text, as a CSV file of the same sheet would have it."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Any, Final

FAULTS: Final = frozenset(
    ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!")
)
"""What a formula that failed shows."""

_ODS_TIME: Final = re.compile(r"PT(\d+)H(\d\d)M(\d\d)(?:[.,]\d+)?S")


def cell_text(value: Any) -> str:
    """`3.0` is `3`, a day `2024-02-05`, with its time `2024-02-05T14:30:00`, truth `TRUE`."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)


def json_text(value: Any) -> Any:
    """A value of JSON as a table has it: `3`, `0.5`, `true`; what holds others stays as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell_text(value) if isinstance(value, int | float) else value


def _text(value: str) -> str:
    """ODS has times and durations as `PT36H00M00S`."""
    if value.startswith("PT") and (found := _ODS_TIME.fullmatch(value)):
        return f"{int(found[1]):02}:{found[2]}:{found[3]}"
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


def _number(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    # With so many digits as the number has, and no others.
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def _duration(value: dt.timedelta) -> str:
    """Hours, which may be more than a day has."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
