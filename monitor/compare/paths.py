"""Paths in words a person can type: `delegations[russia].members[kostyukov].role`.

A name or key that holds one of `. , = [ ] "` or white space at an end, that is empty, or that reads
as a JSON number, `true`, `false` or `null` where a key is expected, is written as a JSON string, so
that every path reads back to what it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.errors import NotFound
from monitor.kinds.dotted import QUOTED, is_special, join_field, quoted, split_field
from monitor.kinds.keys import key_tokens
from monitor.kinds.kind import Kind
from monitor.kinds.values import get, token
from monitor.model.comparison import MISSING, Document, Json, Key, KeyLevel, Missing
from monitor.model.patterns import regex

__all__ = [
    "POSITIONS",
    "dig",
    "find",
    "format_path",
    "join_field",
    "levels",
    "parents",
    "parse_path",
    "path_of",
    "split_field",
]

_STEP = regex(rf"\.?(?P<name>{QUOTED}|[^.\[\]\"]+)(?:\[(?P<key>(?:{QUOTED}|[^\]\"])*)\])?")
_VALUE = regex(rf"(?:(?P<side>@old|@new)=)?(?P<value>{QUOTED}|[^,]*)(?:,|$)")
_NUMBER = regex(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")

POSITIONS = ("@old", "@new")
"""What stands for a key where nothing identifies an entry: its place, from 0, in one list."""


def format_path(
    collection: str, key: Key, field: str | None = None, *, kind: Kind | None = None
) -> str:
    """A path as people read and type it.

    `kind` is needed only where lists under plain objects are nested in one another; without it all
    such objects are taken to stand above the first list.
    """
    groups = levels(collection, kind) if kind else _guessed_levels(collection, len(key))
    parts = [f"{name}[{_key_text(level)}]" for name, level in zip(groups, key, strict=False)]
    parts.extend(groups[len(key) :])
    if field is not None:
        parts.append(field)
    return ".".join(parts)


def levels(collection: str, kind: Kind) -> tuple[str, ...]:
    """The names of the lists on the way down to a collection, one per key level."""
    above = parents(kind)
    names: list[str] = []
    while collection:
        parent = above[collection]
        names.append(collection[len(parent) + 1 :] if parent else collection)
        collection = parent
    return tuple(reversed(names))


def parents(kind: Kind) -> Mapping[str, str]:
    """The path of the collection above each collection; the document is `""`."""
    return {
        (f"{path}.{child}" if path else child): path
        for path, collection in kind.collections.items()
        for child in collection.children
    }


def parse_path(text: str, kind: Kind) -> tuple[str, Key, str | None]:
    """Collection, key and field that a path names.

    A path without a key for its last list names the list itself. Raises NotFound when the kind has
    no such list or the text is no path.
    """
    collection, pending = "", ""
    key: list[KeyLevel] = []
    for name, key_text in _steps(text):
        pending = f"{pending}.{name}" if pending else name
        candidate = f"{collection}.{pending}" if collection else pending
        if key_text is None:
            continue
        if candidate not in kind.collections:
            raise NotFound(f"{text}: {kind.name} has no list {candidate}")
        collection, pending = candidate, ""
        key.append(_read_level(key_text, kind.collections[collection].keys, text))
    below = f"{collection}.{pending}" if collection else pending
    if pending and below in kind.collections:
        return below, tuple(key), None
    return collection, tuple(key), pending or None


def find(document: Document, path: str, kind: Kind) -> Json | Missing:
    """What a path names in a document: an entity, a list, a value, or MISSING."""
    collection, key, field = parse_path(path, kind)
    names = levels(collection, kind)
    entity: Json | Missing = document
    for name, level in zip(names, key, strict=False):
        entries = dig(entity, split_field(name))
        above = kind.collections[_path_to(names, name)]
        entity = next(
            (entry for entry in _as_list(entries) if _is_named(entry, level, above)), MISSING
        )
    for name in (*names[len(key) :], *((field,) if field is not None else ())):
        entity = dig(entity, split_field(name))
    return entity


def dig(value: Json | Missing, steps: Sequence[str]) -> Json | Missing:
    """The value that nested objects hold at these steps, MISSING when one is not there."""
    for step in steps:
        if not isinstance(value, dict) or step not in value:
            return MISSING
        value = value[step]
    return value


def path_of(document: Json, target: list[Json]) -> tuple[str | int, ...] | None:
    """Where this very list stands in a document, as names and positions; None when it does not."""
    pending: list[tuple[Json, tuple[str | int, ...]]] = [(document, ())]
    while pending:
        value, path = pending.pop()
        if value is target:
            return path
        if isinstance(value, dict):
            pending.extend((part, (*path, name)) for name, part in value.items())
        elif isinstance(value, list):
            pending.extend((part, (*path, position)) for position, part in enumerate(value))
    return None


def _path_to(names: Sequence[str], name: str) -> str:
    return ".".join(names[: names.index(name) + 1])


def _as_list(value: Json | Missing) -> list[Json]:
    return value if isinstance(value, list) else []


def _is_named(entry: Json, level: KeyLevel, collection: Any) -> bool:
    wanted = tuple(token(value) for _, value in level)
    alternatives = key_tokens(entry, collection)
    if any(tokens == wanted for _, tokens in alternatives):
        return True
    written = tuple(str(value) for _, value in level)
    return any(tuple(str(get(entry, n)) for n in names) == written for names, _ in alternatives)


def _guessed_levels(collection: str, depth: int) -> tuple[str, ...]:
    names = [join_field((step,)) for step in split_field(collection)] if collection else []
    if depth == 0:
        return tuple(names)
    wrapped = len(names) - depth + 1
    return (".".join(names[:wrapped]), *names[wrapped:])


def _key_text(level: KeyLevel) -> str:
    return ",".join(
        f"{name}={value}" if name in POSITIONS else _value_text(value) for name, value in level
    )


def _value_text(value: Json) -> str:
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    bare = not is_special(value) and not _NUMBER.fullmatch(value)
    return value if bare and value not in ("true", "false", "null") else quoted(value)


def _steps(text: str) -> Iterator[tuple[str, str | None]]:
    position = 0
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None:
            raise NotFound(f"{text}: not a path; expected such as delegations[russia].size")
        yield match["name"], match["key"]
        position = match.end()


def _read_level(key_text: str, alternatives: tuple[tuple[str, ...], ...], path: str) -> KeyLevel:
    found = [m for m in _VALUE.finditer(key_text) if m.group()]
    if found and found[0]["side"]:
        return ((found[0]["side"], int(found[0]["value"])),)
    values = [_read_value(match["value"]) for match in found]
    for names in alternatives:
        if len(names) == len(values):
            return tuple(zip(names, values, strict=True))
    wanted = " or ".join(",".join(names) for names in alternatives)
    raise NotFound(f"{path}: expected [{wanted}] and not [{key_text}]")


def _read_value(text: str) -> Json:
    if text.startswith('"') or text in ("true", "false", "null") or _NUMBER.fullmatch(text):
        return json.loads(text)
    return text
