"""Which parts of a kind's schema speak of a place in a document, and what they say of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import jsonschema_rs

from monitor.kinds.faults import Path
from monitor.kinds.schema import Schema, resolve

_ALSO: Final = ("allOf", "anyOf", "oneOf")
_PERHAPS: Final = ("if", "then", "else")
_CLOSED: Final = ("additionalProperties", "unevaluatedProperties")


class Speaking:
    """Asks one schema, and remembers what was asked: entries of one list are spoken of alike."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._known: dict[tuple[str | None, ...], tuple[Schema, ...]] = {}

    def at(self, path: Path) -> tuple[Schema, ...]:
        """Every schema that may speak of the value there, references followed."""
        place = tuple(None if isinstance(step, int) else step for step in path)
        return self._at(place)

    def properties(self, path: Path) -> dict[str, Any]:
        """The properties that are described there, by name."""
        found: dict[str, Any] = {}
        for schema in self.at(path):
            found.update(_mapping(schema.get("properties")))
        return found

    def forbids(self, path: Path, name: str) -> bool:
        """Whether the name is known to nobody there, and somebody wants only known ones."""
        schemas = self.at(path)
        if any(_describes(schema, name) for schema in schemas):
            return False
        return any(schema.get(word) is False for schema in schemas for word in _CLOSED)

    def requires(self, path: Path, name: str) -> bool:
        """Whether the schema of the place itself, not an alternative, requires the name."""
        return any(name in schema.get("required", ()) for schema in self.at(path)[:1])

    def _at(self, place: tuple[str | None, ...]) -> tuple[Schema, ...]:
        if place not in self._known:
            if place:
                above = self._at(place[:-1])
                written: Iterable[Any] = (p for s in above for p in _below(s, place[-1]))
            else:
                written = (self._root,)
            self._known[place] = tuple(_all_of(written, self._root))
        return self._known[place]


def _all_of(written: Iterable[Any], root: Schema) -> Iterator[Schema]:
    """The schemas with those that they bring in, each written one once."""
    pending, seen = list(written), set()
    while pending:
        part = pending.pop(0)
        if not isinstance(part, Mapping) or id(part) in seen:
            continue
        seen.add(id(part))
        schema = resolve(part, root)
        yield schema
        for word in _ALSO:
            pending += schema.get(word, ())
        pending += [schema[word] for word in _PERHAPS if word in schema]
        pending += _mapping(schema.get("dependentSchemas")).values()


def _below(schema: Schema, step: str | None) -> Iterator[Any]:
    if step is None:
        yield from schema.get("prefixItems", ())
        yield schema.get("items")
        return
    properties = _mapping(schema.get("properties"))
    if step in properties:
        yield properties[step]
    for pattern, part in _mapping(schema.get("patternProperties")).items():
        if _matches(pattern, step):
            yield part
    if step not in properties:
        yield schema.get("additionalProperties")


def _describes(schema: Schema, name: str) -> bool:
    if name in _mapping(schema.get("properties")):
        return True
    return any(
        _matches(pattern, name) for pattern in _mapping(schema.get("patternProperties"))
    ) or isinstance(schema.get("additionalProperties"), Mapping)


def _matches(pattern: str, name: str) -> bool:
    return _pattern(pattern).is_valid(name)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> jsonschema_rs.Draft202012Validator:
    # The same linear-time engine as in validation: names come from files.
    return jsonschema_rs.Draft202012Validator(
        {"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions()
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
