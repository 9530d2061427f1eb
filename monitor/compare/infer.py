"""A kind made from two documents, because none was given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from monitor.compare.candidates import Lists, infer_key, passed_over, surer_than, why_not
from monitor.compare.match import Entity, Names
from monitor.compare.paths import join_field
from monitor.compare.shapes import ROOT, Form, shape
from monitor.errors import NotFound
from monitor.kinds.kind import Collection, Kind
from monitor.model.comparison import Document, Json

# What an entity is called in words where it has such a field, the best first.
_NAMES = ("name", "title", "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class InferredKind:
    """A kind with the lists that were found, and both documents in the form that it describes.

    `notes` say by what the entries of each list are matched. `form` says how `old` and `new` hold
    the documents as they were written (see shapes.py).
    """

    kind: Kind
    old: Document
    new: Document
    form: Form
    notes: tuple[str, ...]


def infer_kind(old: Json, new: Json, *, keys: Mapping[str, str] | None = None) -> InferredKind:
    """Find every list of the two documents, and what tells its entries apart.

    `keys` overrules what is found, by path: `{"legislators": "id.bioguide"}`, several fields
    joined by `+`, alternatives by `|`; the path of a list at the root is `""`. Lists without a key
    are compared in order and by content. Raises NotFound when an overruled list is not there.
    """
    shaped = shape(old, new)
    wanted = dict(keys or {})
    if shaped.form != "object" and "" in wanted:
        wanted[ROOT] = wanted.pop("")
    survey = _Survey(wanted)
    survey.look("", [shaped.old], [shaped.new])
    unknown = [path for path in wanted if path not in survey.collections or not path]
    if unknown:
        known = ", ".join(path for path in survey.collections if path) or "none"
        raise NotFound(f"--key {unknown[0]}: no such list of objects; there are: {known}")
    digest = hashlib.sha256(repr(sorted(survey.collections.items())).encode()).hexdigest()
    kind = Kind(
        name="inferred",
        hash=digest,
        title="Inferred",
        collections=survey.collections,
        inferred=True,
    )
    return InferredKind(
        kind=kind,
        old=shaped.old,
        new=shaped.new,
        form=shaped.form,
        notes=(*shaped.notes, *survey.notes),
    )


class _Survey:
    """Looks at all entries of a collection at once, a name at a time, and so on downwards."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self._wanted = wanted
        self.collections: dict[str, Collection] = {}
        self.notes: list[str] = []

    def look(
        self,
        path: str,
        old: Sequence[Entity],
        new: Sequence[Entity],
        keys: tuple[Names, ...] = (),
        label: str | None = None,
    ) -> None:
        """Describe the collection whose entries these are, and every list in them."""
        described = Collection(path=path, title=path, keys=keys, label=label)
        # Entered before its lists: a kind holds each list before its sub-lists.
        self.collections[path] = described
        children: list[str] = []
        self._object(path, (), old, new, children)
        self.collections[path] = replace(described, children=tuple(children))

    def _object(
        self,
        path: str,
        steps: tuple[str, ...],
        old: Sequence[Entity],
        new: Sequence[Entity],
        children: list[str],
    ) -> None:
        """One level of names of the entries, or of the objects inside them."""
        for name in _names(old, new):
            before = [entry[name] for entry in old if name in entry]
            after = [entry[name] for entry in new if name in entry]
            types = {*map(type, before), *map(type, after)}
            if list in types:
                children.append(join_field((*steps, name)))
                self._list(path, children[-1], _of(list, before), _of(list, after))
            elif dict in types:
                inner = _of(dict, before), _of(dict, after)
                self._object(path, (*steps, name), *inner, children)

    def _list(self, above: str, name: str, old: Lists, new: Lists) -> None:
        path = f"{above}.{name}" if above else name
        before, after = list(chain.from_iterable(old)), list(chain.from_iterable(new))
        wanted = self._wanted.get(path)
        if not wanted and not _all_objects(before, after):
            self.collections[path] = Collection(path=path, title=path, keys=())
            return
        keys = _read_keys(wanted) if wanted else ()
        if not keys:
            found = infer_key(old, new)
            keys = (found,) if found else ()
        if keys:
            words = " or ".join("+".join(names) for names in keys)
            reason = None if wanted else passed_over(surer_than(keys[0]), old, new)
            beside = f" ({reason})" if reason else ""
            self.notes.append(f"{path}: entries are matched by {words}{beside}")
            self.look(path, before, after, keys, _label(keys, before, after))
        else:
            self.collections[path] = Collection(path=path, title=path, keys=())
            reason = why_not(old, new)
            self.notes.append(f"{path}: entries are compared in order, by content ({reason})")


def _names(old: Sequence[Entity], new: Sequence[Entity]) -> Iterable[str]:
    """Every name, those of the first entries in their order."""
    first = dict.fromkeys(chain.from_iterable((*old[:1], *new[:1])))
    every = set().union(*old, *new)
    return (*first, *sorted(every - first.keys()))


def _of(wanted: type, values: Iterable[Any]) -> list[Any]:
    return [value for value in values if type(value) is wanted]


def _all_objects(before: Sequence[Json], after: Sequence[Json]) -> bool:
    return {*map(type, before), *map(type, after)} == {dict}


def _read_keys(written: str) -> tuple[Names, ...]:
    return tuple(tuple(part.split("+")) for part in written.split("|"))


def _label(keys: tuple[Names, ...], old: Sequence[Entity], new: Sequence[Entity]) -> str | None:
    for name in _NAMES:
        if (name,) not in keys and all(
            isinstance(entry.get(name), str) for entry in chain(old, new)
        ):
            return f"{{{name}}}"
    return None
