"""When the difference of two values says nothing."""

from __future__ import annotations

from monitor.kinds.values import fold_text
from monitor.model.comparison import MISSING, Json, Missing


def is_noise(before: Json | Missing, after: Json | Missing) -> bool:
    """Whether two unequal values say the same: null against missing, or text that folds alike."""
    if isinstance(before, str) and isinstance(after, str):
        return fold_text(before) == fold_text(after)
    if isinstance(before, dict | list):
        return type(before) is type(after) and bool(fold_deep(before) == fold_deep(after))
    return _is_nothing(before) and _is_nothing(after)


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
