"""The shapes of what rules say as JSON Schema (2020-12), derived from their types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from monitor.model import said
from monitor.model.arguments import NAMES
from monitor.model.comparison import Json, Missing

VERSION: Final = 3
"""Of the published objects. It grows when a rule's arguments change in a way that readers see."""

_RULES: Final[Mapping[type, Sequence[str]]] = {
    said.Swapped: ("reused",),
    said.Reassigned: ("reused",),
    said.Rekeyed: ("renamed",),
    said.Renumbered: ("renamed",),
    said.NameChanged: ("renamed",),
    said.SameName: ("renamed",),
    said.Denied: ("weakened",),
    said.Renewed: ("recomposed",),
    said.AlikeChanged: ("changed",),
    said.EachChanged: ("changed",),
    said.Churned: ("everywhere",),
    said.Memberships: ("moved", "joined", "left"),
    said.Succeeded: ("replaced",),
    said.FieldChanged: ("changed",),
    said.FieldsChanged: ("changed",),
    said.SameField: ("changed",),
    said.SpanChanged: ("changed",),
    said.Reordered: ("changed",),
}
"""The rules that say a shape which is not called as its rule is."""


def _shapes() -> dict[str, tuple[type, ...]]:
    found: dict[str, tuple[type, ...]] = {}
    for shape in (*get_args(said.Said), *get_args(said.Observed)):
        for rule in _RULES.get(shape) or (
            _HUMP.sub("-", shape.__name__.removeprefix("Many")).lower(),
        ):
            found[rule] = (*found.get(rule, ()), shape)
    return found


_HUMP: Final = re.compile("(?<!^)(?=[A-Z])")

SHAPES: Final[Mapping[str, tuple[type, ...]]] = _shapes()
"""What each rule can say: `RoleChanged` is of `role-changed`, `ManyLeft` of `left`. A test compares
it with the rules."""

_BESIDE: Final = {
    "also": {"type": "array", "items": {"type": "object", "required": ["rule"]}},
    "members": {"type": "array", "items": {"type": "string"}},
    "parts": {"type": "array", "items": {"type": "object", "required": ["section", "label"]}},
    "details": {"type": "array", "items": {"type": "object", "required": ["label", "field"]}},
    "followed": {"type": "object", "required": ["count", "field", "smaller"]},
    "correction": {"const": True},
    "reserve": {"type": "object", "required": ["status", "lowest", "said_by"]},
    "wording": {"type": "object", "required": ["template", "values"]},
    "where": {"type": "object", "required": ["before", "after", "state", "over"]},
    "anew": {"type": "object", "required": ["label", "before", "after", "first", "heavier"]},
}
"""What may stand beside the arguments of any finding, see `said.Beside`."""

_PLACES: Final[Json] = {
    "type": "object",
    "properties": {
        side: {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
        for side in ("from", "to")
    },
}


_PLAIN: Final[Mapping[Any, Json]] = {
    Any: True,
    type(None): {"type": "null"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    said.Places: _PLACES,
}


def definitions() -> dict[str, Json]:
    """For `$defs`: the arguments of each rule, as `arguments-RULE`."""
    return {
        f"arguments-{rule}": _any([_object(s) for s in shapes]) for rule, shapes in SHAPES.items()
    }


def conditions() -> list[Json]:
    """For `allOf` of a finding or remark: the arguments that go with each rule."""
    return [
        {
            "if": {"properties": {"rule": {"const": rule}}},
            "then": {"properties": {"arguments": {"$ref": f"#/$defs/arguments-{rule}"}}},
        }
        for rule in SHAPES
    ]


def _object(shape: type, *, beside: bool = True) -> Json:
    hints = get_type_hints(shape)
    properties: dict[str, Json] = {}
    required: list[str] = []
    for name in shape._fields:  # type: ignore[attr-defined]  # a NamedTuple has them
        if hints[name] is said.Stated:
            properties |= _object(said.Stated, beside=False)["properties"]
            continue
        key = NAMES.get(name, name)
        properties[key] = _type(hints[name])
        if not _may_be_missing(hints[name]):
            required.append(key)
    found: dict[str, Json] = {"type": "object", "required": required, "properties": properties}
    if beside:
        found["properties"] = properties | _BESIDE
        found["additionalProperties"] = False
    return found


def _type(hint: Any) -> Json:
    members = [each for each in _members(hint) if each is not Missing]
    found = [_one(each) for each in members]
    return True if True in found else _any(found)


def _one(hint: Any) -> Json:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin = get_origin(hint)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is Mapping:
        return {"type": "object"}
    if origin in (Sequence, tuple):
        return {"type": "array", "items": _type(get_args(hint)[0])}
    return _object(hint, beside=False)


def _members(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _may_be_missing(hint: Any) -> bool:
    return Missing in _members(hint)


def _any(schemas: Sequence[Json]) -> Json:
    return schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}
