"""Documents that are no object with named lists, put into that form.

A list at the root becomes `{"entries": [...]}`, and so does a mapping from id to entity, whose ids
then stand in the entities as `@key`. Where one version has a list and the other a mapping by the
same ids, both become lists, and a field such as `@shape of members` tells the one from the other.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from monitor.compare.match import Entity
from monitor.compare.paths import join_field
from monitor.model.comparison import Document, Json

ROOT: Final = "entries"
KEY: Final = "@key"
SHAPE: Final = "@shape of "

Form: TypeAlias = Literal["object", "wrapped", "mapping"]
"""How the compared document holds the written one: as it is, under `entries`, or as its list."""

# A mapping from id to entity is taken for one when this share of its entities has a name in common.
_COMMON: Final = 0.8


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
    if _is_mapping(old, new):
        note = "the document maps ids to entities; they are matched by id"
        before, after = held(old, "mapping"), held(new, "mapping")
        return Shaped(old=before, new=after, form="mapping", notes=(note,))
    whole = isinstance(old, dict) and isinstance(new, dict)
    form: Form = "object" if whole else "wrapped"
    notes: list[str] = []
    before, after = _turned(held(old, form), held(new, form), (), notes)
    return Shaped(old=before, new=after, form=form, notes=tuple(notes))


def held(document: Json, form: Form) -> Document:
    """A document of this form as the compared one holds it, but for what `shape` turns."""
    if form == "mapping":
        return {ROOT: _listed(document, KEY, str)}
    whole: Document = document if form == "object" else {ROOT: document}
    return whole


def is_nothing(value: Json) -> bool:
    """Whether a document says nothing: null, an empty text, list or object."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def _emptied(other: Json) -> Json:
    """Nothing, in the form of the other document; a scalar has none."""
    return type(other)() if isinstance(other, list | dict) else None


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


def _is_mapping(old: Json, new: Json) -> bool:
    """Whether both sides map ids to entities that look alike."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return False
    entities = [*old.values(), *new.values()]
    if len(old.keys() | new.keys()) < 2 or not all(isinstance(e, dict) for e in entities):
        return False
    if any(KEY in entity for entity in entities):
        return False
    names = Counter(name for entity in entities for name in entity)
    common = sum(count >= _COMMON * len(entities) for count in names.values())
    return 2 * common >= max(1, sum(names.values()) / len(entities))
