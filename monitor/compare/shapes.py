"""Documents that are no object with named lists, put into that form.

A list at the root becomes `{"entries": [...]}`. An object whose values are alike (entities, or
lists of entities; see alike.py) becomes the list of its members, each with its name as `@key`; a
member that is a list is held under `entries`. Where one version has a list and the other a mapping
by the same ids, both become lists, and a field such as `@shape of members` tells which it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from monitor.compare.alike import KEY, SAMPLE, Sort, sort_of
from monitor.compare.match import Entity
from monitor.compare.paths import join_field, split_field
from monitor.kinds.keys import STRAY
from monitor.model.comparison import Document, Json
from monitor.model.tuples import NamedTuple

ROOT: Final = "entries"
SHAPE: Final = "@shape of "


class Form(NamedTuple):
    """How the compared document holds the written one.

    `wrapped`: under `entries`. `mappings` are the collections whose members stand by name in the
    written document, `lists` those of them whose members are collections themselves.
    """

    wrapped: bool = False
    mappings: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    def is_nameless(self, collection: str) -> bool:
        """Whether a list has no name in the written document: the root's, or a member's own."""
        above, _, name = collection.rpartition(".")
        return name == ROOT and (above in self.lists if above else self.wrapped)

    def compared(self, path: str) -> str:
        """The collection that a path in the written document leads to: `""` is the list at the
        root, `c01` one of the lists that are members."""
        if not path:
            return ROOT if self.wrapped else path
        for mapping in sorted(self.lists, key=len, reverse=True):
            inner = f"{mapping}.{ROOT}"
            if f"{path}.".startswith(f"{inner}."):
                return path
            above, _, member = path.rpartition(".")
            if (f"{ROOT}.{above}".rstrip(".") if self.wrapped else above) == mapping and member:
                return inner
        return path


AS_WRITTEN: Final = Form()


class Shaped(NamedTuple):
    """Both documents as objects. `notes` are lines for the person who compares them."""

    old: Document
    new: Document
    form: Form
    notes: tuple[str, ...] = ()


def shape(old: Json, new: Json) -> Shaped:
    """Bring two documents of any form into the one that is compared; neither is changed.

    Where one of them says nothing at all, it has the form of the other, whatever it is.
    """
    if is_nothing(old) != is_nothing(new):
        old, new = (_emptied(new), new) if is_nothing(old) else (old, _emptied(old))
    objects = isinstance(old, dict) and isinstance(new, dict)
    wrapped = not objects or sort_of([old, new], root=True) is not None
    before, after = ({ROOT: side} if wrapped else side for side in (old, new))
    notes: list[str] = []
    before, after = _turned(before, after, (), notes)
    form = _form(before, after, wrapped=wrapped)
    inner = form._replace(wrapped=False)
    before, after = held(before, inner), held(after, inner)
    return Shaped(old=before, new=after, form=form, notes=tuple(notes))


def held(document: Json, form: Form) -> Document:
    """A document of this form as the compared one holds it, but for what `shape` turns."""
    whole: Document = {ROOT: document} if form.wrapped else document
    if not form.mappings:
        return whole
    found: Document = _held(whole, "", form, _above(form.mappings))
    return found


def written(entity: Json, collection: str, form: Form) -> Json:
    """One entry of a collection as the written document has it: without its name, or the list."""
    if not isinstance(entity, dict):
        return entity
    if collection in form.lists:
        return _written(entity.get(ROOT), f"{collection}.{ROOT}", form)
    fields = {name: _written(part, _join(collection, name), form) for name, part in entity.items()}
    if collection in form.mappings:
        fields.pop(KEY, None)
        if STRAY in fields:
            return fields[STRAY]
    return fields


def _written(value: Json, path: str, form: Form) -> Json:
    if isinstance(value, list):
        if path in form.mappings:
            return {entry[KEY]: written(entry, path, form) for entry in value}
        return [written(entry, path, form) for entry in value]
    if isinstance(value, dict):
        return {name: _written(part, _join(path, name), form) for name, part in value.items()}
    return value


def is_nothing(value: Json) -> bool:
    """Whether a document says nothing: null, an empty text, list or object."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def _emptied(other: Json) -> Json:
    """Nothing, in the form of the other document; a scalar has none."""
    return type(other)() if isinstance(other, list | dict) else None


def _form(old: Document, new: Document, *, wrapped: bool) -> Form:
    """The mappings of two documents that are objects; such as do not fit everywhere are none."""
    found: dict[str, Sort] = {}
    _look_into([old, new], "", found, wrapped=wrapped)
    while True:
        form = Form(False, frozenset(found), frozenset(p for p, s in found.items() if s == "lists"))
        try:
            held(old, form), held(new, form)
        except Unfit as misfit:
            kept = {p: s for p, s in found.items() if not f"{p}.".startswith(f"{misfit.path}.")}
            found = kept
        else:
            return form._replace(wrapped=wrapped)


class Unfit(Exception):
    """A value at this path is no mapping after all."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def _look(values: Sequence[Json], path: str, found: dict[str, Sort], *, wrapped: bool) -> None:
    """All values that stand at one path, on both sides."""
    objects = [value for value in values if isinstance(value, dict)]
    lists = [value for value in values if isinstance(value, list) and value]
    sort = None
    if objects and not lists:
        sort = sort_of(objects, root=wrapped and path == ROOT)
    if sort is not None:
        found[path] = sort
        members = [member for each in objects for member in each.values()]
        if sort == "lists":
            _look(members, f"{path}.{ROOT}", found, wrapped=wrapped)
        else:
            objects = [member for member in members if isinstance(member, dict)]
            _look_into(_some(objects), path, found, wrapped=wrapped)
        return
    entries = [entry for part in lists for entry in _some(part) if isinstance(entry, dict)]
    _look_into([*objects, *_some(entries)], path, found, wrapped=wrapped)


def _look_into(
    objects: Sequence[Json], path: str, found: dict[str, Sort], *, wrapped: bool
) -> None:
    by_name: dict[str, list[Json]] = defaultdict(list)
    for each in objects:
        for name, value in each.items():
            if isinstance(value, dict | list):
                by_name[name].append(value)
    for name, values in by_name.items():
        _look(values, _join(path, name), found, wrapped=wrapped)


def _some(values: Sequence[Json]) -> Sequence[Json]:
    return values[:: max(1, len(values) // SAMPLE)]


def _held(value: Json, path: str, form: Form, above: frozenset[str]) -> Json:
    if path not in above:
        return value
    if isinstance(value, list):
        return [_held_entry(entry, path, form, above) for entry in value]
    if not isinstance(value, dict):
        return value
    if path in form.lists:
        inner = f"{path}.{ROOT}"
        return [{KEY: n, ROOT: _held(part, inner, form, above)} for n, part in value.items()]
    if path not in form.mappings:
        return _held_entry(value, path, form, above)
    if any(not isinstance(part, dict | None) or (part and KEY in part) for part in value.values()):
        raise Unfit(path)
    return [
        {KEY: n, **({STRAY: None} if part is None else _held_entry(part, path, form, above))}
        for n, part in value.items()
    ]


def _held_entry(entry: Json, path: str, form: Form, above: frozenset[str]) -> Json:
    if not isinstance(entry, dict):
        return entry
    return {name: _held(part, _join(path, name), form, above) for name, part in entry.items()}


def _join(path: str, name: str) -> str:
    return f"{path}.{join_field((name,))}" if path else join_field((name,))


def _above(paths: Iterable[str]) -> frozenset[str]:
    """These paths and all that they stand below; the document's own is empty."""
    found = {""}
    for path in paths:
        steps = [join_field((step,)) for step in split_field(path)]
        found.update(".".join(steps[:length]) for length in range(1, len(steps) + 1))
    return frozenset(found)


def _turned(
    old: Document, new: Document, above: tuple[str, ...], notes: list[str]
) -> tuple[Document, Document]:
    """Lists and mappings by the same ids made lists, at any depth of plain objects."""
    before, after = old, new
    for name in (each for each in old if each in new):
        left, right = old[name], new[name]
        if isinstance(left, dict) and isinstance(right, dict):
            inner = _turned(left, right, (*above, name), notes)
            if inner[0] is not left:
                before, after = {**before, name: inner[0]}, {**after, name: inner[1]}
            continue
        turn = _turn(left, right)
        if turn is None:
            continue
        key, as_id = turn
        was, now = _words(left, key), _words(right, key)
        notes.append(f"{join_field((*above, name))} was {was} and is {now}")
        before = {**before, name: _listed(left, key, as_id), f"{SHAPE}{name}": was}
        after = {**after, name: _listed(right, key, as_id), f"{SHAPE}{name}": now}
    return before, after


def _words(value: Json, key: str) -> str:
    return "a list" if isinstance(value, list) else f"a mapping by {key}"


def _turn(left: Json, right: Json) -> tuple[str, type] | None:
    """The field of the list's entries that holds the mapping's ids, and the type of its values."""
    if isinstance(left, dict) and isinstance(right, list):
        left, right = right, left
    if not (isinstance(left, list) and isinstance(right, dict) and left and right):
        return None
    if not all(isinstance(value, dict) for value in (*left, *right.values())):
        return None
    for name in left[0]:
        values = [entry.get(name) for entry in left]
        ids = {str(value) for value in values if isinstance(value, str | int)}
        if any(str(entity.get(name, key)) != key for key, entity in right.items()):
            continue
        if len(ids) == len(left) and 2 * len(ids & right.keys()) >= min(len(ids), len(right)):
            return name, int if all(type(value) is int for value in values) else str
    return None


def _listed(value: Any, key: str, as_id: type) -> list[Entity]:
    """A mapping as a list of its entities, each with its id; a list as it is."""
    if isinstance(value, list):
        return value
    return [
        {key: as_id(name) if as_id is str or name.isdecimal() else name, **entity}
        for name, entity in value.items()
    ]
