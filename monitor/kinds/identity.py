"""What a schema cannot tell: keys that identify, references that lead somewhere, real sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.kinds.dotted import split_field
from monitor.kinds.faults import Fault, Path
from monitor.kinds.keys import is_marked, key_level, key_tokens, key_words, keys_as_written
from monitor.kinds.kind import Collection, Field, Kind
from monitor.kinds.partial import REMOVED
from monitor.kinds.values import Token, get, token
from monitor.kinds.walking import child, entities, inside
from monitor.model.comparison import MISSING, Document
from monitor.model.edtf import bounds
from monitor.model.nearest import suggestion

_HALF: Final = 2
"""One in so many entries of a list that was found may be without a key of its own."""

_ASKED: Final = 20
"""Faults after which no near name is looked for: it takes milliseconds each."""


def identity_faults(document: Document, kind: Kind, *, partial: bool) -> list[Fault]:
    """In document order. A partial document may refer to what is only in the state it changes."""
    faults: list[Fault] = []
    every = list(entities(document, kind))
    known = {} if partial else _identified(every, kind)
    dated = {path: _dated(collection) for path, collection in kind.collections.items()}
    sets = {path: _sets(collection) for path, collection in kind.collections.items()}
    references = {
        path: () if partial or kind.inferred else _references(collection)
        for path, collection in kind.collections.items()
    }
    for collection, entity, path in every:
        if REMOVED in entity:
            faults += _mark_faults(entity, path, partial=partial and collection.path != "")
        for name in collection.children:
            entries = inside(entity, name)
            if isinstance(entries, list):
                below = child(collection, name, kind)
                at = (*path, *split_field(name))
                found = list(key_faults(entries, below, at))
                faults += found if not kind.inferred or _are_many(found, entries, below) else []
        for field in dated[collection.path]:
            faults += _date_faults(get(entity, field.name), field, path)
        for field in sets[collection.path]:
            members = get(entity, field.name)
            if isinstance(members, list) and len(members) > 1:
                faults += _set_faults(members, field, path)
        for field in references[collection.path]:
            value = get(entity, field.name)
            if value is not MISSING and value is not None:
                asked = len(faults) < _ASKED
                faults += _reference_faults(value, field, path, known, hints=asked)
    return faults


def _sets(collection: Collection) -> tuple[Field, ...]:
    return tuple(
        field for field in collection.fields.values() if field.is_list and not field.ordered
    )


def _dated(collection: Collection) -> tuple[Field, ...]:
    return tuple(field for field in collection.fields.values() if field.edtf)


def _date_faults(value: Any, field: Field, path: Path) -> Iterator[Fault]:
    if isinstance(value, str) and bounds(value) is None:
        text = f"{field.name}: {value!r} is no date; write a day, a month or a year (2026-05-14, "
        text += "2026-05, 2026), with ~ for about and ? for uncertain, or an interval "
        text += "(2026-05-01/2026-05-10, ../2026-05)"
        yield Fault((*path, *field.name.split(".")), text)


def _references(collection: Collection) -> tuple[Field, ...]:
    return tuple(field for field in collection.fields.values() if field.ref is not None)


def _mark_faults(entity: Any, path: Path, *, partial: bool) -> Iterator[Fault]:
    if not partial:
        text = f"{REMOVED} is for entries of a partial snapshot; leave the entry out instead"
        yield Fault((*path, REMOVED), text)
    elif entity[REMOVED] is not True:
        yield Fault((*path, REMOVED), f"{REMOVED} is true or not there")


def key_faults(entries: list[Any], collection: Collection, path: Path) -> Iterator[Fault]:
    """Entries of one list, which stands at `path`, that their key does not tell apart."""
    seen: dict[Any, int] = {}
    if is_marked(collection) or not collection.keys:
        return
    plain = keys_as_written(entries, collection) if len(collection.keys) == 1 else None
    if plain is not None and len(set(plain)) == len(entries):
        return
    for position, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        found = key_tokens(entry, collection)
        if not found:
            yield Fault((*path, position), _no_key(entry, collection))
        for key in found:
            if key in seen:
                level = key_level(entry, collection)
                text = f"{collection.name} has two entries {key_words(level or ())}"
                yield Fault((*path, position), text, related=(*path, seen[key]))
                break
            seen[key] = position


def _are_many(faults: Sequence[Fault], entries: Sequence[Any], collection: Collection) -> bool:
    """Whether the key of a list that was found in documents is lost. A few entries that it does not
    tell apart are compared by content, and so is all that stands below others."""
    if collection.parent or not faults:
        return False
    return len(faults) * _HALF > len(entries)


def _no_key(entry: dict[str, Any], collection: Collection) -> str:
    parts = []
    for name in collection.keys[0]:
        value = get(entry, name)
        if value is None or not isinstance(value, str | int | float | list | dict):
            parts.append(f"{name} is missing")
        elif isinstance(value, str) and value.strip() == "":
            parts.append(f"{name} is empty")
        elif token(value) in map(token, collection.placeholders):
            parts.append(f"{name} is the placeholder {value}")
        elif isinstance(value, list | dict):
            parts.append(f"{name} is not a single value")
    or_else = "".join(f", nor {' and '.join(names)}" for names in collection.keys[1:])
    return f"an entry of {collection.name} has no key: {', '.join(parts)}{or_else}"


def _set_faults(members: list[Any], field: Field, path: Path) -> Iterator[Fault]:
    seen: dict[Token, int] = {}
    at = (*path, *field.name.split("."))
    for position, member in enumerate(members):
        known = seen.setdefault(token(member), position)
        if known != position:
            text = f"{field.name} holds {member} twice; the order does not matter in it"
            yield Fault((*at, position), text, related=(*at, known))


def _reference_faults(
    value: Any, field: Field, path: Path, known: Mapping[str, set[Token]], *, hints: bool
) -> Iterator[Fault]:
    targets = known.get(field.ref or "", set())
    at = (*path, *field.name.split("."))
    members = enumerate(value) if isinstance(value, list) else [(None, value)]
    for position, member in members:
        if not isinstance(member, str | int) or token(member) in targets:
            continue
        place = at if position is None else (*at, position)
        near = (str(value) for _, value in targets) if hints else ()
        hint = suggestion(str(member), sorted(near))
        yield Fault(place, f"{field.name} names {member}, which is not in {field.ref}{hint}")


def _identified(every: Sequence[tuple[Collection, Any, Path]], kind: Kind) -> dict[str, set[Token]]:
    """For each collection that is referred to, the tokens of its one-field keys."""
    result: dict[str, set[Token]] = {
        field.ref: set()
        for collection in kind.collections.values()
        for field in collection.fields.values()
        if field.ref is not None
    }
    for collection, entity, _ in every:
        if collection.path not in result:
            continue
        for _, values in key_tokens(entity, collection):
            if len(values) == 1:
                result[collection.path].add(values[0])
    return result
