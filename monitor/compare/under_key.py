"""An object by ids and a list with ids say the same: entries of one in the form of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.compare.alike import KEY
from monitor.compare.paths import split_field
from monitor.kinds.kind import Kind
from monitor.model.comparison import Document, Json

_IDS: Final = ("id", "@id", "key", "uid", "uuid", "guid")


def under_key(entries: Sequence[Json], key: str) -> list[Json]:
    """The entries with what identifies them in the field `key`, where none has it: the names of an
    object that was, or ids that took their place. As they are where nothing identifies them all."""
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return list(entries)
    objects: list[Document] = [entry for entry in entries if isinstance(entry, dict)]
    if any(key in entry for entry in objects):
        return list(entries)
    for field in _IDS if key == KEY else (KEY,):
        names = [entry.get(field) for entry in objects]
        if all(_is_id(name) for name in names) and len(set(map(str, names))) == len(names):
            return [_renamed(entry, field, key) for entry in objects]
    return list(entries)


def document_under_keys(document: Document, kind: Kind) -> Document:
    """The same for the lists at the top of a document, each by the key that the kind has for it."""
    found = document
    for name in kind.collections[""].children:
        keys = kind.collections[name].keys
        steps = split_field(name)
        if len(steps) != 1 or len(keys) != 1 or len(keys[0]) != 1:
            continue
        entries = found.get(steps[0])
        if isinstance(entries, list):
            named = under_key(entries, keys[0][0])
            if named != entries:
                found = {**found, steps[0]: named}
    return found


def _is_id(name: object) -> bool:
    return isinstance(name, str | int) and not isinstance(name, bool) and name != ""


def _renamed(entry: Mapping[str, Json], field: str, key: str) -> Document:
    """An object's names are text."""
    rest = {name: value for name, value in entry.items() if name != field}
    identity = entry[field]
    return {key: str(identity) if key == KEY else identity, **rest}
