"""When the difference of two values says nothing."""

from __future__ import annotations

from typing import TypeGuard

from monitor.kinds.values import fold_text
from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.numbers import minus


def is_noise(before: Json | Missing, after: Json | Missing, tolerance: float | None = None) -> bool:
    """Whether two unequal values say the same: null against missing, text that folds alike, or
    numbers that are no further apart than `tolerance`."""
    if tolerance is not None and is_near(before, after, tolerance):
        return True
    if isinstance(before, str) and isinstance(after, str):
        return fold_text(before) == fold_text(after)
    if isinstance(before, dict | list):
        return type(before) is type(after) and bool(fold_deep(before) == fold_deep(after))
    return _is_nothing(before) and _is_nothing(after)


def is_near(before: Json | Missing, after: Json | Missing, tolerance: float) -> bool:
    """Whether two values of one shape differ in nothing but numbers within the tolerance."""
    if is_number(before) and is_number(after):
        return abs(minus(before, after)) <= tolerance
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return all(is_near(one, other, tolerance) for one, other in zip(before, after, strict=True))
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        return all(is_near(value, after[name], tolerance) for name, value in before.items())
    return type(before) is type(after) and before == after


def is_number(value: Json | Missing) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


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
