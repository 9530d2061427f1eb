"""States under a kind that was found in documents and written down, made ready to be compared.

What is stored has no marks (see marking.py): they depend on what it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from monitor.compare.marking import form_of, marked, marks_wanted, with_mark
from monitor.compare.match import Entity
from monitor.compare.paths import dig, split_field
from monitor.kinds.keys import is_marked, key_tokens
from monitor.kinds.kind import Collection, Kind
from monitor.model.comparison import Document, State
from monitor.model.record import replace


def told_apart(old: State, new: State, kind: Kind) -> tuple[State, State, Kind]:
    """Both states with marks where some entry has no key of its own, or another way of writing it,
    and the kind that knows of them. All as it is under any other kind, and without one: there it
    has been done."""
    if not kind.inferred or not kind.schema:
        return old, new, kind
    wanted = marks_wanted(old.document, kind.collections)
    wanted |= marks_wanted(new.document, kind.collections)
    wanted |= set(_written_otherwise(old.document, new.document, kind.collections))
    if not wanted:
        return old, new, kind
    collections = {
        path: with_mark(each) if path in wanted and not is_marked(each) else each
        for path, each in kind.collections.items()
    }
    before, after = marked(old.document, new.document, collections)
    marking = replace(kind, collections=collections)
    return replace(old, document=before), replace(new, document=after), marking


def _written_otherwise(
    old: Document, new: Document, collections: Mapping[str, Collection]
) -> Iterator[str]:
    """Collections with ids on one side that are on the other but for type, zeros or case."""
    for path, collection in collections.items():
        if not collection.keys:
            continue
        sides = [
            {tokens[0] for entry in _entries(side, path, collections)
             if (tokens := key_tokens(entry, collection))}
            for side in (old, new)
        ]  # fmt: skip
        gone, come = sides[0] - sides[1], sides[1] - sides[0]
        if gone and come and not {*map(form_of, gone)}.isdisjoint(map(form_of, come)):
            yield path


def _entries(
    document: Document, path: str, collections: Mapping[str, Collection]
) -> Sequence[Entity]:
    """All entries of a collection, of whatever list."""
    owners: Sequence[Entity] = [document]
    at = ""
    while at != path:
        rest = path[len(at) + 1 :] if at else path
        children = collections[at].children
        name = next(n for n in children if rest == n or rest.startswith(f"{n}."))
        lists = (dig(entity, split_field(name)) for entity in owners)
        owners = [*chain.from_iterable(part for part in lists if isinstance(part, list))]
        at = f"{at}.{name}" if at else name
    return owners
