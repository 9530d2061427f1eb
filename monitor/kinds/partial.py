"""What a partial snapshot may leave out, and the marks that it may carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from monitor.kinds.schema import LISTS, MAPS, SINGLE, Schema
from monitor.model.comparison import Json

REMOVED: Final = "x-removed"
"""`x-removed: true` on an entity of a partial snapshot removes it."""

# What demands that something is there, or is judged wrongly when something is not.
_DROPPED: Final = frozenset(
    [
        *("required", "minProperties", "dependentRequired", "dependentSchemas"),
        *("minItems", "contains", "minContains", "not", "if", "then", "else"),
    ]
)


def relaxed(schema: Any) -> Any:
    """The schema for a partial snapshot: what is there must fit, nothing has to be there.

    The merged state is checked in full, so nothing is lost by leaving the rest out here.
    """
    if not isinstance(schema, Mapping):
        return schema
    result: dict[str, Any] = {}
    for name, part in schema.items():
        if name in _DROPPED:
            continue
        if name in MAPS and isinstance(part, Mapping):
            result[name] = {inner: relaxed(value) for inner, value in part.items()}
        elif name in LISTS and isinstance(part, list):
            # With less demanded, several options of a oneOf may fit.
            result["anyOf" if name == "oneOf" else name] = [relaxed(value) for value in part]
        elif name in SINGLE:
            result[name] = relaxed(part)
        else:
            result[name] = part
    return result


def without_marks(value: Json) -> Json:
    """A copy without `x-removed` and without the nulls that clear a field."""
    if isinstance(value, dict):
        return {
            name: without_marks(part)
            for name, part in value.items()
            if part is not None and name != REMOVED
        }
    if isinstance(value, list):
        return [without_marks(part) for part in value]
    return value


def as_schema(schema: Schema, *, partial: bool) -> Schema:
    """A kind's schema as a validator takes it: `$schema` and `$id` name no other document."""
    plain = {name: part for name, part in schema.items() if name not in ("$schema", "$id")}
    return relaxed(plain) if partial else plain
