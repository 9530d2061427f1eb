"""Comparing values by what they say: types count, Unicode form and white space do not."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from typing import Any, TypeAlias

import orjson

from monitor.model.comparison import MISSING, Json, Missing

Token: TypeAlias = tuple[str, Any]
"""Stands for a scalar when two are matched or sorted: (kind of scalar, comparable value)."""


def fold_text(text: str) -> str:
    """Unicode NFC with each run of white space as one space and none at the ends."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text).split())


def json_bytes(value: Any) -> bytes:
    """A value as JSON with sorted names, for what is only compared or hashed, never shown."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        # An integer beyond 64 bits or a lone surrogate: JSON can write it, orjson does not.
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def token(value: Json) -> Token:
    """Equal for scalars that match: folded text, numbers by value, true apart from 1."""
    if isinstance(value, str):
        return _text_token(value)
    if isinstance(value, bool):
        return ("truth", value)
    if isinstance(value, int | float):
        return ("number", value)
    if value is None:
        return ("null", 0)
    return ("value", repr(value))


@lru_cache(maxsize=8192)
def _text_token(text: str) -> Token:
    # The same few ids stand in keys, in references and in sets, and are asked for at every step.
    return ("text", fold_text(text))


def same(a: Json, b: Json) -> bool:
    """Equality of type and value: `True` is not 1, 1 is 1.0, text is compared as written."""
    if isinstance(a, dict):
        return (
            isinstance(b, dict)
            and a.keys() == b.keys()
            and all(same(value, b[name]) for name, value in a.items())
        )
    if isinstance(a, list):
        return (
            isinstance(b, list)
            and len(a) == len(b)
            and all(same(left, right) for left, right in zip(a, b, strict=True))
        )
    return isinstance(a, bool) == isinstance(b, bool) and bool(a == b)


def get(entity: Json, name: str) -> Json | Missing:
    """The value of a dotted field, MISSING when any step of it is not there."""
    if isinstance(entity, dict) and name in entity:
        return entity[name]
    if "." not in name:
        return MISSING
    value = entity
    for step in name.split("."):
        if not isinstance(value, dict) or step not in value:
            return MISSING
        value = value[step]
    return value


def get_first(entity: Json, name: str) -> Json | Missing:
    """As `get`, where `names[]` steps into the first entry of a list: `names[].full`."""
    if "[]" not in name:
        return get(entity, name)
    before, _, after = name.partition("[]")
    entries = get(entity, before)
    if not isinstance(entries, list) or not entries:
        return MISSING
    return get_first(entries[0], after.removeprefix(".")) if after else entries[0]
