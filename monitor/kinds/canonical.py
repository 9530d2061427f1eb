"""The canonical form of a document: what is said, without the order it was written in.

Keyed lists and sets are sorted, integral floats are integers, text stays as written. Two documents
with the same canonical bytes say the same.
"""

from __future__ import annotations

import hashlib
from typing import Any

from monitor.kinds.dotted import join_field
from monitor.kinds.keys import is_marked, key_tokens, keys_as_written
from monitor.kinds.kind import Collection, Field, Kind
from monitor.kinds.values import json_bytes, token
from monitor.kinds.walking import child
from monitor.model.comparison import Document, Json

# Beyond this a float names more than one integer (IEEE 754 binary64).
_EXACT = 2.0**53
# What nothing is to be done with: most values.
_PLAIN = frozenset((str, int, bool, type(None)))


def canonical(document: Document, kind: Kind) -> Document:
    """A new document in canonical form; entries without a key stand last, in stable order.

    A list that nothing identifies (an inferred kind has such) keeps its order. A keyed list may
    stand under a plain object.
    """
    entity = _entity(document, kind.collections[""], kind)
    assert isinstance(entity, dict)
    return entity


def canonical_bytes(document: Document, kind: Kind) -> bytes:
    """The canonical form as JSON with sorted names, in UTF-8."""
    return _as_bytes(canonical(document, kind))


def content_hash(document: Document, kind: Kind) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return state_hash(canonical(document, kind))


def state_hash(state: Document) -> str:
    """As `content_hash`, of a document that is canonical already."""
    return hashlib.sha256(_as_bytes(state)).hexdigest()


def _as_bytes(state: Document) -> bytes:
    return json_bytes(state)


def _entity(value: Json, collection: Collection, kind: Kind, prefix: str = "") -> Json:
    if not isinstance(value, dict):
        return plain(value)
    result: dict[str, Any] = {}
    for name, part in value.items():
        if type(part) in _PLAIN:
            result[name] = part
            continue
        if not isinstance(part, (list, dict)):
            result[name] = plain(part)
            continue
        field = prefix + join_field((name,))
        if isinstance(part, list) and field in collection.children:
            result[name] = _keyed_list(part, child(collection, field, kind), kind)
        elif isinstance(part, list):
            result[name] = canonical_value(part, collection.fields.get(field))
        elif field in collection.fields:
            result[name] = plain(part)
        else:
            result[name] = _entity(part, collection, kind, f"{field}.")
    return result


def _keyed_list(entries: list[Json], collection: Collection, kind: Kind) -> list[Json]:
    result = [_entity(entry, collection, kind) for entry in entries]
    if not collection.keys:
        return result
    plain_ones = keys_as_written(result, collection)
    if plain_ones is not None and len(set(plain_ones)) == len(result):
        return [result[at] for at in sorted(range(len(result)), key=plain_ones.__getitem__)]
    known = [key_tokens(entry, collection) for entry in result]
    firsts = [tokens[0] for tokens in known if tokens]
    # Of two with one key, what they hold decides.
    is_doubled = (kind.inferred or is_marked(collection)) and len(set(firsts)) < len(firsts)

    def order(place: int) -> tuple[int, Any, bytes]:
        if known[place]:
            names, values = known[place][0]
            content = json_bytes(result[place]) if is_doubled else b""
            return (collection.keys.index(names), values, content)
        return (len(collection.keys), (), json_bytes(result[place]))

    return [result[place] for place in sorted(range(len(result)), key=order)]


def canonical_value(value: Any, field: Field | None) -> Any:
    """A field's value as the canonical document has it: a set sorted, numbers plain."""
    result = plain(value)
    if not isinstance(result, list) or field is None or field.ordered or not field.is_list:
        return result
    if len(result) < 2:
        return result
    return sorted(result, key=lambda member: (token(member), repr(member)))


def plain(value: Any) -> Any:
    """Free-form values keep their order; integral floats become integers at every depth."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value
