"""A kind made from two documents, because none was given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from monitor.compare.candidates import Lists
from monitor.compare.keying import keyed
from monitor.compare.marking import marked, with_mark
from monitor.compare.match import Entity, Names
from monitor.compare.naming import called, title_of
from monitor.compare.paths import join_field
from monitor.compare.recurring import are_shared, recurs
from monitor.compare.shapes import Form, shape
from monitor.compare.wanted import WantedKeys
from monitor.kinds.kind import Collection, Kind
from monitor.model.comparison import Document, Json
from monitor.model.record import Record, replace


class InferredKind(Record):
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
    joined by `+`, alternatives by `|`; the path of a list at the root is `""`, and `*` in a path
    stands for any names. Lists without a key are compared in order and by content. Raises NotFound
    when no list fits a path, or none that does has the field.
    """
    shaped = shape(old, new)
    wanted = WantedKeys(keys or {}, form=shaped.form)
    survey = _Survey(wanted, shaped.form)
    survey.look(Collection(path="", title="", keys=()), [shaped.old], [shaped.new])
    wanted.check([path for path in survey.collections if path], survey.fields)
    digest = hashlib.sha256(repr(sorted(survey.collections.items())).encode()).hexdigest()
    kind = Kind(
        name="inferred",
        hash=digest,
        title="Inferred",
        collections=survey.collections,
        inferred=True,
    )
    before, after = marked(shaped.old, shaped.new, survey.collections)
    return InferredKind(
        kind=kind,
        old=before,
        new=after,
        form=shaped.form,
        notes=(*shaped.notes, *survey.notes),
    )


class _Survey:
    """Looks at all entries of a collection at once, a name at a time, and so on downwards."""

    def __init__(self, wanted: WantedKeys, form: Form) -> None:
        self._wanted = wanted
        self._form = form
        self.collections: dict[str, Collection] = {}
        self.fields: dict[str, Iterable[str]] = {}
        self.notes: list[str] = []

    def look(self, described: Collection, old: Sequence[Entity], new: Sequence[Entity]) -> None:
        """Describe the collection whose entries these are, and every list in them."""
        path = described.path
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

    def _described(
        self, path: str, keys: tuple[Names, ...], sides: Sequence[Lists], *, nested: bool
    ) -> Collection:
        """A collection of entries with a key, and how they are named; `nested`: below others."""
        old, new = sides
        names = called(path, keys, old, new, nested=nested)
        nameless = self._form.is_nameless(path)
        recurring = nested and recurs(keys, names, old, new, nameless=nameless)
        return Collection(
            path=path,
            title=self._title(path),
            keys=keys,
            label=names.label,
            other_labels=names.others,
            span=names.span,
            recurring=recurring,
            shared=recurring and (nameless or are_shared(keys, old, new)),
        )

    def _title(self, path: str) -> str:
        """A list that only wraps the root of a file has no name."""
        return "" if self._form.is_nameless(path) else title_of(path)

    def _list(self, above: str, name: str, old: Lists, new: Lists) -> None:
        path = f"{above}.{name}" if above else name
        before, after = list(chain.from_iterable(old)), list(chain.from_iterable(new))
        objects = _of(dict, before), _of(dict, after)
        self.fields[path] = _names(*objects)
        found = keyed(path, old, new, self._wanted.keys(path, old, new))
        self.collections[path] = Collection(path=path, title=self._title(path), keys=())
        if found is None:
            return
        self.notes.append(found.note)
        if found.keys:
            sides = [[_of(dict, part) for part in lists] for lists in (old, new)]
            self.look(self._described(path, found.keys, sides, nested=bool(above)), *objects)
        if found.marks:
            self.collections[path] = with_mark(self.collections[path])


def _names(old: Sequence[Entity], new: Sequence[Entity]) -> Iterable[str]:
    """Every name, those of the first entries in their order."""
    first = dict.fromkeys(chain.from_iterable((*old[:1], *new[:1])))
    every = set().union(*old, *new)
    return (*first, *sorted(every - first.keys()))


def _of(wanted: type, values: Iterable[Any]) -> list[Any]:
    return [value for value in values if type(value) is wanted]
