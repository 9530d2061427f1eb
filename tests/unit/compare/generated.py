"""Kinds and documents made at random: every sort of field, nested lists, odd but legal text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from monitor.kinds.kind import Collection, Field, Kind, QuantityFields
from monitor.kinds.values import token

# The same letters composed and decomposed, runs of white space, and text that looks like numbers.
TEXTS = st.sampled_from(
    ["", "a", "b", "a b", "a  b", " a", "é", "e\u0301", "1", "01", "true", "x.y"]
)
KEY_TEXTS = st.sampled_from(
    ["a", "b", "c", "d e", "d  e", "é", "e\u0301", "1", "x.y", "[z]", "p,q"]
)
NUMBERS = st.sampled_from([0, 1, 2, 1.0, 0.5, -1, 10**12])
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
NAMES = st.sampled_from(["ab", "cd", "e.f", "g h", "i[0]", '"q"'])
FREEFORM = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)
T = TypeVar("T")

FIELDS = (
    Field(name="text", title="Text", text=True),
    Field(name="flag", title="Flag"),
    Field(name="inner.low", title="Low"),
    Field(name="inner.deep.high", title="High"),
    Field(name="tags", title="Tags", is_list=True),
    Field(name="steps", title="Steps", is_list=True, ordered=True),
    Field(name="size", title="Size", quantity=QuantityFields(low="min", high="max", unit="unit")),
    Field(name="extra", title="Extra", freeform=True),
)


def _collection(
    path: str, keys: tuple[tuple[str, ...], ...], fields: Any, *children: str
) -> Collection:
    return Collection(
        path=path,
        title=path,
        keys=keys,
        fields={field.name: field for field in fields},
        children=children,
        label="{text}",
    )


@st.composite
def kinds(draw: st.DrawFn) -> Kind:
    """Two lists at the top, one of them under an object at times, and a list in one of them."""
    fields = st.lists(st.sampled_from(FIELDS), unique_by=lambda field: field.name, max_size=5)
    keys = st.sampled_from([(("id",),), (("id", "no"),), (("no",), ("id",)), (("ref.id",),)])
    second = draw(st.sampled_from(["beta", "box.beta"]))
    return Kind(
        name="generated",
        hash="0" * 64,
        title="Generated",
        collections={
            path: _collection(path, key, draw(fields), *children)
            for path, key, children in (
                ("", (), ("alpha", second)),
                ("alpha", draw(keys), ("inside",)),
                ("alpha.inside", draw(keys), ()),
                (second, draw(keys), ()),
            )
        },
    )


@st.composite
def documents(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    """A document that fits the kind, in no particular order."""
    return draw(_entities(kind, kind.collections[""]))


@st.composite
def _entities(draw: st.DrawFn, kind: Kind, collection: Collection) -> dict[str, Any]:
    entity: dict[str, Any] = {}
    for field in collection.fields.values():
        if draw(st.booleans()):
            _put(entity, field.name, draw(_values(field)))
    if draw(st.integers(0, 3)) == 0:
        entity["undescribed"] = draw(FREEFORM)
    if draw(st.integers(0, 3)) == 0:
        entity.setdefault("inner", draw(st.sampled_from([None, {}])))
    for child in collection.children:
        path = f"{collection.path}.{child}" if collection.path else child
        if draw(st.integers(0, 4)):
            _put(entity, child, draw(_lists(kind, kind.collections[path])))
        elif draw(st.booleans()):
            _put(entity, child, None)
    return entity


@st.composite
def _lists(draw: st.DrawFn, kind: Kind, collection: Collection) -> list[dict[str, Any]]:
    names = sorted({name for alternative in collection.keys for name in alternative})
    columns = tuple(_column(n) for n in range(len(names)))
    # Alternatives identify alone, composite keys together.
    unique = columns if len(collection.keys) > 1 else lambda key: tuple(map(token, key))
    values = st.tuples(*[st.one_of(KEY_TEXTS, st.integers(0, 3)) for _ in names])
    entries = []
    for key in draw(st.lists(values, unique_by=unique, max_size=4)):
        entity = draw(_entities(kind, collection))
        kept = draw(st.sampled_from(collection.keys)) if draw(st.booleans()) else names
        for name, value in zip(names, key, strict=True):
            if name in kept:
                _put(entity, name, value)
        entries.append(entity)
    return entries


def _column(position: int) -> Callable[[tuple[Any, ...]], Any]:
    return lambda key: token(key[position])


def _values(field: Field) -> st.SearchStrategy[Any]:
    if field.quantity is not None:
        return st.fixed_dictionaries({}, optional={"min": NUMBERS, "max": NUMBERS, "unit": TEXTS})
    if field.ordered:
        return st.lists(SCALARS, max_size=3)
    if field.is_list:
        return st.lists(st.one_of(TEXTS, NUMBERS), unique_by=token, max_size=3)
    return FREEFORM if field.freeform else SCALARS


def _put(entity: dict[str, Any], name: str, value: Any) -> None:
    *above, last = name.split(".")
    for step in above:
        inner = entity.get(step)
        if not isinstance(inner, dict):
            inner = entity[step] = {}
        entity = inner
    entity[last] = value


class Draw(Protocol):
    """What composite strategies and `st.data()` both draw with."""

    def __call__(self, strategy: st.SearchStrategy[T], /) -> T: ...


def shuffled(draw: Draw, value: Any, kind: Kind, collection: Collection, prefix: str = "") -> Any:
    """The same document with names, keyed lists and sets in another order."""
    if not isinstance(value, dict):
        return value
    result = {}
    for name in draw(st.permutations(list(value))):
        part, dotted = value[name], prefix + name
        field = collection.fields.get(dotted)
        if dotted in collection.children and isinstance(part, list):
            path = f"{collection.path}.{dotted}" if collection.path else dotted
            entries = draw(st.permutations(part))
            result[name] = [shuffled(draw, e, kind, kind.collections[path]) for e in entries]
        elif isinstance(part, list) and field is not None and field.is_list and not field.ordered:
            result[name] = draw(st.permutations(part))
        elif field is None:
            result[name] = shuffled(draw, part, kind, collection, f"{dotted}.")
        else:
            result[name] = part
    return result
