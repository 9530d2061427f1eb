"""When two values differ, and when the difference says nothing."""

from __future__ import annotations

from typing import Any

from monitor.kinds.kind import Field
from monitor.kinds.values import fold_text, token
from monitor.model.comparison import MISSING, Json, Missing

# Beyond this a float names more than one integer (IEEE 754 binary64).
_EXACT = 2.0**53


def plain(value: Any) -> Any:
    """A value in canonical form: integral floats as integers, at every depth."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def canonical_value(value: Json | Missing, field: Field | None) -> Json | Missing:
    """The value as the canonical document has it: a set sorted, numbers plain."""
    result = plain(value)
    if isinstance(result, list) and field is not None and field.is_list and not field.ordered:
        return sorted(result, key=lambda member: (token(member), repr(member)))
    return result


def is_noise(before: Json | Missing, after: Json | Missing) -> bool:
    """Whether two unequal values say the same: null against missing, or text that folds alike."""
    if isinstance(before, str) and isinstance(after, str):
        return fold_text(before) == fold_text(after)
    if _is_nothing(before) or _is_nothing(after):
        return _is_nothing(before) and _is_nothing(after)
    return bool(fold_deep(before) == fold_deep(after))


def fold_deep(value: Json | Missing) -> Json:
    """Text folded at every depth, truth values kept apart from numbers."""
    if isinstance(value, str):
        return fold_text(value)
    if isinstance(value, bool):
        return ("truth", value)
    if isinstance(value, dict):
        return {name: fold_deep(part) for name, part in value.items()}
    if isinstance(value, list):
        return [fold_deep(part) for part in value]
    return value


def _is_nothing(value: Json | Missing) -> bool:
    return value is MISSING or value is None
