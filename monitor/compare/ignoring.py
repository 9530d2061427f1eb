"""Changes that do not belong to the content, as somebody said: `updated`, `people.*.etag`.

A pattern is a path in which `*` and `?` stand for any letters of a name or key and `**` for any
names; it may begin anywhere, so that the name of a field alone is that field in every list. What
lies below what it names is ignored too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import chain
from typing import TypeAlias

from monitor.compare.paths import dig, levels, split_field
from monitor.kinds.keys import key_tokens
from monitor.kinds.kind import Kind
from monitor.model.comparison import Change, Document, Json, Key
from monitor.model.nearest import suggestion_or_all
from monitor.model.patterns import regex

Address: TypeAlias = tuple[str, ...]
"""Names, and keys where the pattern needs them, on the way from the document to a value."""

_KEY = regex(r"\[([^\]]*)\]")


class Ignoring:
    """What is ignored of the changes of one kind: what its fields say, then the patterns."""

    def __init__(self, patterns: Iterable[str], kind: Kind) -> None:
        self._patterns = {pattern: _steps(pattern) for pattern in dict.fromkeys(patterns)}
        self._kind = kind
        self._plain: dict[tuple[str, str | None], str | None] = {}
        self._own = _ignored_by(kind)

    def __bool__(self) -> bool:
        return bool(self._patterns or self._own)

    def split(self, changes: Sequence[Change]) -> tuple[tuple[Change, ...], Mapping[str, int]]:
        """The changes that are left, and how many each pattern takes, in order of the patterns."""
        if not self:
            return tuple(changes), {}
        counts: Counter[str] = Counter()
        kept = []
        for change in changes:
            pattern = self._of(change)
            if pattern is None:
                kept.append(change)
            else:
                counts[pattern] += 1
        order = [*self._patterns, *self._own]
        return tuple(kept), {each: counts[each] for each in order if counts[each]}

    def misfits(self, *documents: Document) -> Iterator[tuple[str, str]]:
        """Patterns that fit nothing in the kind or in these documents, and what is wrong."""
        known: list[Address] = []
        for pattern, steps in self._patterns.items():
            known = known or sorted(_known(documents, self._kind))
            if any(_fits_anywhere(steps, address) for address in known):
                continue
            if not any(_fits(steps, address) for address in _keyed(documents, self._kind)):
                names = dict.fromkeys(chain.from_iterable(known))
                last = steps[-1] if steps else pattern
                near = suggestion_or_all(last, names, none="nothing")
                yield pattern, f"there is nothing of that name{near}"

    def _of(self, change: Change) -> str | None:
        sort = (change.collection, change.field)
        if sort not in self._plain:
            self._plain[sort] = self._by_name(*sort)
        found = self._plain[sort]
        if found is None and self._patterns:
            keyed = _address(change.collection, change.key, change.field, self._kind)
            fits = (pattern for pattern, steps in self._patterns.items() if _fits(steps, keyed))
            found = next(fits, None)
        return found

    def _by_name(self, collection: str, field: str | None) -> str | None:
        address = (*_split(collection), *_split(field or ""))
        for pattern, steps in self._patterns.items():
            if _fits_anywhere(steps, address):
                return pattern
        text = ".".join(part for part in (collection, field) if part)
        return next((own for own in self._own if f"{text}.".startswith(f"{own}.")), None)


def _ignored_by(kind: Kind) -> tuple[str, ...]:
    """The paths of the lists and fields that the kind itself calls no content (`x-ignore`)."""
    found = []
    for path, collection in kind.collections.items():
        if collection.ignored:
            found.append(path)
        for name, field in collection.fields.items():
            if field.ignored:
                found.append(f"{path}.{name}" if path else name)
    return tuple(found)


def _steps(pattern: str) -> Address:
    return _split(_KEY.sub(r".\1", pattern).strip("."))


def _split(name: str) -> Address:
    return split_field(name) if name else ()


def _fits_anywhere(pattern: Address, address: Address) -> bool:
    """Of names alone; a `*` by itself stands for the keys, which they have not."""
    names = tuple(step for step in pattern if step != "*")
    if not names:
        return False
    return any(_fits(names, address[at:]) for at in range(len(address)))


def _fits(pattern: Address, address: Address) -> bool:
    """Whether the address begins with what the pattern says."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_fits(pattern[1:], address[at:]) for at in range(len(address)))
    return bool(address) and fnmatchcase(address[0], pattern[0]) and _fits(pattern[1:], address[1:])


def _known(documents: Sequence[Document], kind: Kind) -> set[Address]:
    """Every name that the kind or the documents have, with the names above it."""
    found: set[Address] = set()
    owners: dict[str, list[Json]] = {"": list(documents)}
    for path, collection in kind.collections.items():
        for name in (*collection.fields, *collection.children):
            found.add((*_split(path), *_split(name)))
        entries = [entry for entry in owners.get(path, []) if isinstance(entry, dict)]
        _add_names(entries, _split(path), found)
        for child in collection.children:
            lists = (dig(entry, _split(child)) for entry in entries)
            below = f"{path}.{child}" if path else child
            owners[below] = [each for part in lists if isinstance(part, list) for each in part]
    return found


def _add_names(objects: Sequence[dict[str, Json]], above: Address, found: set[Address]) -> None:
    for name in set().union(*objects):
        found.add((*above, name))
        inner = [each[name] for each in objects if isinstance(each.get(name), dict)]
        if inner:
            _add_names(inner, (*above, name), found)


def _keyed(documents: Sequence[Document], kind: Kind) -> Iterator[Address]:
    """The addresses of all entities and of their own fields, keys and all."""
    for document in documents:
        yield from _keyed_below(document, "", (), kind)


def _keyed_below(entity: Json, path: str, above: Address, kind: Kind) -> Iterator[Address]:
    if not isinstance(entity, dict):
        return
    yield from ((*above, name) for name in entity)
    for child in kind.collections[path].children:
        below = f"{path}.{child}" if path else child
        collection = kind.collections[below]
        named = () if kind.inferred and not collection.title else _split(child)
        entries = dig(entity, _split(child))
        for entry in entries if isinstance(entries, list) else ():
            for _, tokens in key_tokens(entry, collection)[:1]:
                address = (*above, *named, ",".join(str(value) for _, value in tokens))
                yield address
                yield from _keyed_below(entry, below, address, kind)


def _address(collection: str, key: Key, field: str | None, kind: Kind) -> Address:
    found: list[str] = []
    path = ""
    for name, level in zip(levels(collection, kind), key, strict=False):
        path = f"{path}.{name}" if path else name
        if not kind.inferred or kind.collections[path].title:
            found += _split(name)
        found.append(",".join(str(value) for _, value in level))
    return (*found, *_split(field or ""))
