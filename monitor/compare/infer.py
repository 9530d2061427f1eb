"""A kind made from two documents, because none was given."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain

from monitor.compare.bookkeeping import bookkeeping
from monitor.compare.calling import called
from monitor.compare.candidates import Lists
from monitor.compare.columns import are_flat, only, stated, types_by_name, types_of
from monitor.compare.keying import Keyed, keyed
from monitor.compare.marking import marked, with_mark
from monitor.compare.match import Entity
from monitor.compare.naming import UNCALLED, title_of
from monitor.compare.paths import join_field, split_field
from monitor.compare.recurring import are_places, are_shared, recurs
from monitor.compare.references import with_references
from monitor.compare.shapes import ROOT, Form, Unfit, held, shape
from monitor.compare.titles import words_in
from monitor.compare.values import are_rows, are_values
from monitor.compare.wanted import WantedKeys
from monitor.kinds.kind import Collection, Field, Kind
from monitor.model.comparison import Document, Json
from monitor.model.record import Record, replace
from monitor.model.tuples import NamedTuple

# A list of texts at the root has a heading of its own, unless there are several.
_SEVERAL = 2
_LISTS = frozenset((list, type(None)))


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


class Naming(NamedTuple):
    """Entries of a list at the root, among others those that its entries are named by."""

    old: list[Entity]
    new: list[Entity]


def infer_kind(
    old: Json,
    new: Json,
    *,
    keys: Mapping[str, str] | None = None,
    title: str = "",
    naming: Naming | None = None,
    earlier: Sequence[Json] = (),
) -> InferredKind:
    """Find every list of the two documents, and what tells its entries apart.

    `keys` overrules what is found, by path: `{"legislators": "id.bioguide"}`, several fields
    joined by `+`, alternatives by `|`; the path of a list at the root is `""`, and `*` in a path
    stands for any names. Lists without a key are compared in order and by content. `title` is that
    of a list at the root; `naming` has its entries where `old` and `new` lack those that are equal;
    none of them refers to another then. `earlier` are versions before `old`: what tells entries
    apart is to hold in them too; those of another form do not count.
    Raises NotFound when no list fits a path, or none that does has the field.
    """
    shaped = shape(old, new)
    wanted = WantedKeys(keys or {}, form=shaped.form)
    survey = _Survey(wanted, shaped.form, title, naming)
    # What stays is looked for between neighbours, so that these stand on different sides.
    sides = [*_of_form(shaped.form, earlier), shaped.old, shaped.new]
    survey.look(Collection(path="", title="", keys=()), sides[-2::-2], sides[-1::-2])
    wanted.check([path for path in survey.collections if path], survey.fields)
    collections = survey.collections
    if naming is None:
        collections = with_references(collections, survey.entries)
    books = bookkeeping(shaped.old, shaped.new)
    for path in shaped.form.lists & collections.keys():
        held = collections[path]
        if f"{path}.{ROOT}" not in collections:
            # What stands under a name and has none itself.
            inner = held.fields.get(ROOT) or Field(name=ROOT, title="")
            fields = {**held.fields, ROOT: replace(inner, title="")}
            collections[path] = replace(held, fields=fields)
    collections[""] = replace(collections[""], fields={**books, **collections[""].fields})
    digest = hashlib.sha256(repr(sorted(collections.items())).encode()).hexdigest()
    kind = Kind(
        name="inferred",
        hash=digest,
        title="Inferred",
        collections=collections,
        inferred=True,
    )
    before, after = marked(shaped.old, shaped.new, collections)
    return InferredKind(
        kind=kind,
        old=before,
        new=after,
        form=shaped.form,
        notes=(*shaped.notes, *survey.notes),
    )


class _Survey:
    """Looks at all entries of a collection at once, a name at a time, and so on downwards."""

    def __init__(self, wanted: WantedKeys, form: Form, title: str, naming: Naming | None) -> None:
        self._wanted = wanted
        self._form = form
        self._root_title = title
        self._naming = naming
        self.collections: dict[str, Collection] = {}
        self.entries: dict[str, Sequence[Entity]] = {}
        self.fields: dict[str, Iterable[str]] = {}
        self.notes: list[str] = []

    def look(self, described: Collection, old: Sequence[Entity], new: Sequence[Entity]) -> None:
        """Describe the collection whose entries these are, and every list in them."""
        path = described.path
        # Entered before its lists: a kind holds each list before its sub-lists.
        self.collections[path] = described
        self.entries[path] = [*old, *new]
        children: list[str] = []
        self._object(path, (), old, new, children)
        self.collections[path] = replace(described, children=tuple(children))
        for child, title in _titles_of_several(children):
            below = f"{path}.{child}" if path else child
            self.collections[below] = replace(self.collections[below], title=title)

    def _object(
        self,
        path: str,
        steps: tuple[str, ...],
        old: Sequence[Entity],
        new: Sequence[Entity],
        children: list[str],
    ) -> None:
        """One level of names of the entries, or of the objects inside them."""
        if steps and are_flat(chain(old, new)):
            return
        types = types_by_name(chain(old, new))
        names = _in_order(types, old, new)
        if not steps:
            self.fields[path] = names
        values = _values(types, old, new, at_root=not (path or steps))
        for name in names:
            kind = list if list in types[name] else dict
            if kind not in types[name] or name in values:
                continue
            sides = [stated(name, side) for side in (old, new)]
            if len(types[name]) > 1:
                sides = [only(kind, side) for side in sides]
            if kind is list:
                children.append(join_field((*steps, name)))
                self._list(path, children[-1], *sides)
            else:
                self._object(path, (*steps, name), sides[0], sides[1], children)

    def _described(
        self, path: str, found: Keyed, sides: Sequence[Lists], *, nested: bool
    ) -> Collection:
        """A collection of entries with a key, and how they are named; `nested`: below others."""
        old, new = sides
        if self._naming is not None and path == ROOT:
            old, new = [self._naming.old], [self._naming.new]
        names = called(path, found.keys, old, new, nested=nested)
        nameless = self._form.is_nameless(path)
        if are_places(found.keys, names, old, new):
            names = UNCALLED
        recurring = nested and recurs(found, names, old, new, nameless=nameless)
        return Collection(
            path=path,
            title=self._title(path),
            keys=found.keys,
            label=names.label,
            other_labels=names.others,
            span=names.span,
            recurring=recurring,
            shared=recurring and (nameless or are_shared(found.keys, old, new)),
        )

    def _title(self, path: str) -> str:
        """A list that only wraps the root of a file has no name of its own."""
        if not self._form.is_nameless(path):
            return words_in(title_of(path))
        return self._root_title if path == ROOT else ""

    def _list(self, above: str, name: str, old: Lists, new: Lists) -> None:
        path = f"{above}.{name}" if above else name
        self.collections[path] = Collection(path=path, title=self._title(path), keys=())
        self.fields[path] = ()
        wanted = self._wanted.keys(path, old, new)
        types = types_of(chain.from_iterable(chain(old, new)))
        if not wanted and dict not in types:
            return
        found = keyed(path, old, new, wanted)
        if len(types) > 1:
            old, new = ([only(dict, part) for part in lists] for lists in (old, new))
        objects = [[*chain.from_iterable(lists)] for lists in (old, new)]
        if found is not None:
            self.notes.append(found.note)
        if found is None or not found.keys:
            self.fields[path] = _in_order(set().union(*chain(*objects)), *objects)
            return
        self.look(self._described(path, found, (old, new), nested=bool(above)), *objects)
        if found.marks:
            self.collections[path] = with_mark(self.collections[path])


def _of_form(form: Form, documents: Iterable[Json]) -> Iterator[Document]:
    """Those documents that are of this form, as the compared ones are held."""
    wanted = list if form.wrapped and ROOT not in form.mappings else dict
    for document in documents:
        if not isinstance(document, wanted):
            continue
        with suppress(Unfit):
            yield held(document, form)


def _values(
    types: Mapping[str, set[type]], old: Sequence[Entity], new: Sequence[Entity], *, at_root: bool
) -> frozenset[str]:
    """The names under which lists stand that are one value; see values.py."""
    found = frozenset(
        name
        for name, held in types.items()
        if list in held and held <= _LISTS and are_values([*stated(name, old), *stated(name, new)])
    )
    if at_root and len(found) < _SEVERAL:
        return frozenset(n for n in found if are_rows([*stated(n, old), *stated(n, new)]))
    return found


def _titles_of_several(children: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Lists of one object are called after that: `masters (full)`, `masters (relief)`; those of one
    name in several objects too: `parameters (get)`."""
    steps = {child: split_field(child) for child in children}
    within = Counter(each[:-1] for each in steps.values() if len(each) > 1)
    called = Counter(each[-1] for each in steps.values())
    for child, each in steps.items():
        if len(each) > 1 and (within[each[:-1]] > 1 or called[each[-1]] > 1):
            last, above = words_in(each[-1]), words_in(each[-2])
            alone = within[each[:-1]] == 1
            yield child, f"{last} ({above})" if alone else f"{above} ({last})"


def _in_order(names: Iterable[str], old: Sequence[Entity], new: Sequence[Entity]) -> Sequence[str]:
    """Every name, those of the first entries in their order."""
    first = dict.fromkeys(chain.from_iterable((*old[:1], *new[:1])))
    return (*first, *sorted(set(names) - first.keys()))
