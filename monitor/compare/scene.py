"""What the rules look at: the changes by entity, both versions, and names in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias, TypeVar, cast

from monitor.compare.alike import KEY
from monitor.compare.cited import read_sources
from monitor.compare.corrections import Corrections
from monitor.compare.judgements import Verdicts
from monitor.compare.labels import LONGEST, EntityLabels
from monitor.compare.lookup import EntityLookup
from monitor.compare.past_roles import PastRoles
from monitor.compare.paths import format_path, parents
from monitor.compare.shapes import ROOT, SHAPE
from monitor.compare.sizes import sizes
from monitor.compare.titles import title_of_field
from monitor.compare.weights import NO_WEIGHTS, Weights
from monitor.kinds.kind import Collection, Field, Kind
from monitor.kinds.values import fold_text
from monitor.model.comparison import (
    MISSING,
    Change,
    Document,
    Json,
    Key,
    Missing,
    Op,
    Publication,
    State,
)
from monitor.model.patterns import regex
from monitor.model.publishers import publisher_of
from monitor.model.text import middle

_WORD = regex(r"[A-Za-z_][A-Za-z0-9_-]*")
T = TypeVar("T")
_LITERALS = frozenset(("true", "false", "null"))

Ref: TypeAlias = tuple[str, Key]
"""An entity: its collection's path and its key."""


class Scene:
    """The changes of one comparison while they are given away; each is given once."""

    def __init__(
        self,
        old: Document,
        new: Document,
        kind: Kind,
        changes: Iterable[Change],
        *,
        judged: Verdicts | None = None,
        weights: Weights = NO_WEIGHTS,
        past: Sequence[State] = (),
        corrections: Corrections | None = None,
        apart: int = 0,
    ) -> None:
        """`past`: the versions before the older one, ascending, where they are known; `apart`: how
        many equal entries of the list at the root were left out of both documents."""
        self.kind = kind
        self.weights = weights
        self._past = past
        self._behind = reversed(past)
        self._looked_at: list[tuple[State, EntityLookup]] = []
        self._apart = apart
        self.corrections = corrections
        self.judged = judged or Verdicts()
        self._old_document = old
        self._new_document = new
        self.above = parents(kind)
        self.old = EntityLookup(old, kind)
        self.new = EntityLookup(new, kind)
        self.labels = EntityLabels(new, kind, older=old)
        self.by_collection: dict[str, dict[Key, list[Change]]] = {}
        self._taken: set[str] = set()
        self._left: dict[str, list[tuple[Key, list[Change]]]] = {}
        self._paths: dict[Ref, str] = {}
        self._read: dict[tuple[Callable[..., Any], str], Any] = {}
        self.count = 0
        for change in changes:
            self.count += 1
            keys = self.by_collection.setdefault(change.collection, {})
            if (found := keys.get(change.key)) is None:
                keys[change.key] = [change]
            else:
                found.append(change)

    def take(self, changes: Iterable[Change]) -> None:
        """Marks changes as explained, so that no rule is shown them again."""
        for change in changes:
            self._taken.add(change.id)
            self._left.pop(change.collection, None)

    def free(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Those of these that nothing has explained yet, each once."""
        return tuple({c.id: c for c in changes if c.id not in self._taken}.values())

    def owned(self, identities: Iterable[str]) -> bool:
        """Whether any of these changes has been explained."""
        return not self._taken.isdisjoint(identities)

    def left(self, collection: str) -> Sequence[tuple[Key, list[Change]]]:
        """Entities of a collection with the changes that nothing has explained yet."""
        known = self._left.get(collection)
        if known is None:
            # Most rules ask, and few of them take anything.
            taken, found = self._taken, self.by_collection.get(collection, {})
            known = self._left[collection] = [
                (key, left)
                for key, changes in found.items()
                if (left := [change for change in changes if change.id not in taken])
            ]
        return known

    def all(self) -> Iterator[Change]:
        """Every change, whoever has explained it."""
        for keys in self.by_collection.values():
            yield from chain.from_iterable(keys.values())

    def each_left(self, collection: str) -> Iterator[tuple[Ref, Change]]:
        """The same one change at a time, each with its entity."""
        for key, changes in self.left(collection):
            ref = (collection, key)
            for change in changes:
                yield ref, change

    def whole(self, collection: str, op: Op) -> dict[Key, Change]:
        """Entities that came (or went) as a whole, and that nothing has explained yet."""
        left = self.left(collection)
        return {key: change for key, changes in left for change in changes if change.op == op}

    def entity(self, ref: Ref) -> Json:
        """As it now stands or, when it is gone, as it stood."""
        found = self.new.get(*ref)
        return found if found is not None else self.old.get(*ref) or {}

    @cached_property
    def sizes(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """How many entries the collections of the older and of the newer document have."""
        found = sizes(self._old_document, self.kind), sizes(self._new_document, self.kind)
        if not self._apart:
            return found
        old, new = ({**side, ROOT: side[ROOT] + self._apart} for side in found)
        return old, new

    @property
    def has_nothing(self) -> bool:
        """Whether the newer document says nothing at all."""
        return not any(self._new_document.values())

    def stands_in_both(self, ref: Ref) -> bool:
        return self.old.get(*ref) is not None and self.new.get(*ref) is not None

    @cached_property
    def sources(self) -> Mapping[str, Publication]:
        """The sources of either version by id; as the newer one has them."""
        old, new = self._old_document, self._new_document
        return {**read_sources(old, self.kind), **read_sources(new, self.kind)}

    @cached_property
    def published(self) -> dict[str, str]:
        """The day of each dated source of either version, by its id."""
        return {name: s.published for name, s in self.sources.items() if s.published}

    def publisher(self, identity: str) -> str:
        """Who published a source; its id where that is not known."""
        return publisher_of(self.sources.get(identity)) or identity

    def last_listed(self, ref: Ref) -> str | None:
        """The as_of of the last version before the older one that had this entity."""
        for state, entities in self._earlier():
            if entities.get(*ref) is not None:
                return state.ref.as_of
        return None

    @cached_property
    def past_roles(self) -> PastRoles:
        return PastRoles(self._old_document, self._past, self.kind)

    def _earlier(self) -> Iterator[tuple[State, EntityLookup]]:
        """The latest first; each is read once, and none behind the last one that is asked for."""
        yield from self._looked_at
        for state in self._behind:
            self._looked_at.append((state, EntityLookup(state.document, self.kind)))
            yield self._looked_at[-1]

    def parent(self, ref: Ref) -> Ref:
        return self.above.get(ref[0], ""), ref[1][:-1]

    def as_written(self, changes: Sequence[Change]) -> Sequence[Change]:
        """The same with labels as the kind itself has them, which no reader's language decides."""
        if self._written is None:
            return changes
        labels = self._written
        return [
            change._replace(label=labels.of(change.collection, change.key)) for change in changes
        ]

    @cached_property
    def _written(self) -> EntityLabels | None:
        if self.kind.written is None:
            return None
        return EntityLabels(self._new_document, self.kind.written, older=self._old_document)

    def label(self, ref: Ref) -> str:
        return self.labels.of(*ref)

    def parent_label(self, ref: Ref) -> str | None:
        """The label of what a nested entity belongs to; None at the top."""
        collection, key = self.parent(ref)
        if not collection:
            return None
        label = self.labels.of(collection, key)
        if len(key) > 1 and self.kind.inferred and _is_by_name_alone(self.collection(collection)):
            return f"{self.labels.of(self.above[collection], key[:-1])}, {label}"
        return label

    def collection(self, path: str) -> Collection:
        return self.kind.collections[path]

    def field(self, change: Change) -> Field | None:
        """The kind's words on a changed field; None when the kind does not describe it."""
        assert change.field is not None
        return self.kind.collections[change.collection].fields.get(change.field)

    def title(self, change: Change) -> str:
        """A changed field in words; `@position` and the like are the comparison's own."""
        field = self.field(change)
        if field is not None:
            return field.title
        return self._undescribed(change.field or "")

    def title_within(self, change: Change, within: str) -> str:
        """A changed field in words, without the object that it stands in."""
        if not within or self.field(change) is not None:
            return self.title(change)
        return self._undescribed((change.field or "").removeprefix(f"{within}."))

    def title_in(self, collection: Collection, field: str) -> str:
        """A field of a collection in words."""
        described = collection.fields.get(field)
        return described.title if described else self._undescribed(field)

    def _undescribed(self, name: str) -> str:
        above, marked, last = name.partition(SHAPE)
        if marked:
            words = f"{SHAPE.lstrip('@')}{above}{last}"
        else:
            words = title_of_field(name) if self.kind.inferred else name
            words = words.lstrip("@")
        return middle(words, LONGEST)

    def cites(self, change: Change) -> bool:
        """Whether only the sources of an entity changed, not what they state."""
        provenance = self.kind.collections[change.collection].provenance
        return provenance is not None and change.field == provenance.sources

    def supports(self, field: Field) -> bool:
        """Whether a field only names who says so or where it can be read."""
        return field.ref in self.supporting

    def value(self, field: Field | None, raw: Json | Missing) -> Json:
        """A value for what a finding says: references as labels, quantities as intervals.

        An interval is `{"low", "high", "unit"}`; a missing value is None, as null is.
        """
        if raw is MISSING or field is None:
            return None if raw is MISSING else raw
        if field.quantity is not None and isinstance(raw, dict):
            low, high, unit = field.quantity.low, field.quantity.high, field.quantity.unit
            return {
                "low": raw.get(low),
                "high": raw.get(high),
                "unit": field.say(raw.get(unit)) if unit else None,
            }
        if field.ref is not None:
            if isinstance(raw, list):
                return [self.name(field.ref, member) for member in raw]
            return self.name(field.ref, raw)
        return field.say(raw)

    def side(self, field: Field | None, raw: Json | Missing) -> Json | Missing:
        """A value as above; what does not exist on its side stays MISSING."""
        return MISSING if raw is MISSING else self.value(field, raw)

    def name(self, collection: str, identity: Json) -> Json:
        """The label of a referenced entity; null stays null."""
        if identity is None or isinstance(identity, dict | list):
            return identity
        return self.labels.ref(collection, identity)

    def path(self, ref: Ref, field: str | None = None) -> str:
        """The path of an entity, of a list below one (its key one level short), or of a field."""
        found = self._paths.get(ref)
        if found is None:
            found = self._paths[ref] = self._path(*ref)
        if field is None:
            return found
        return f"{found}.{field}" if found else field

    def _path(self, collection: str, key: Key) -> str:
        if not collection:
            return ""
        above = self.above[collection]
        name = collection[len(above) + 1 :] if above else collection
        own = len(key) > self._depth(above)
        prefix = self.path((above, key[:-1] if own else key)) if above else ""
        if own and len(key[-1]) == 1 and _is_word(key[-1][0][1]):
            text = f"{name}[{key[-1][0][1]}]"
        else:
            text = format_path(name, key[-1:] if own else ())
        return f"{prefix}.{text}" if prefix else text

    def _depth(self, collection: str) -> int:
        """How many levels the keys of a collection have."""
        return 1 + self._depth(self.above[collection]) if collection else 0

    def paths(self) -> list[str]:
        """The collections with changes, parents first, in the kind's order."""
        return [path for path in self.kind.collections if path in self.by_collection]

    @cached_property
    def supporting(self) -> frozenset[str]:
        """Lists whose entities matter through those that name them: people, sources."""
        return supporting(self.kind)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Lists that others refer to and in which nothing happens: issues, parties."""
        if self.kind.inferred:
            return frozenset()
        refs = {f.ref for c in self.kind.collections.values() for f in c.fields.values() if f.ref}
        return frozenset(
            path
            for path in refs & self.kind.collections.keys()
            if not (self.collection(path).period or self.collection(path).position)
        )

    def supporting_refs(self, path: str) -> tuple[tuple[str, str], ...]:
        """The fields of a collection that name supporting entities: (field, target)."""
        return self.read(self._supporting_refs, path)

    def read(self, reader: Callable[[Collection], T], path: str) -> T:
        """What a function reads off a collection, read once however many entities it serves."""
        return self.once((reader, path), lambda: reader(self.kind.collections[path]))

    def once(self, key: tuple[Callable[..., Any], str], make: Callable[[], T]) -> T:
        """What a function finds out of a collection, found once."""
        if key not in self._read:
            self._read[key] = make()
        return cast(T, self._read[key])

    def _supporting_refs(self, collection: Collection) -> tuple[tuple[str, str], ...]:
        fields = collection.fields.items()
        return tuple((n, f.ref) for n, f in fields if f.ref in self.supporting and f.ref)


def _is_by_name_alone(collection: Collection) -> bool:
    """Whether nothing but the name in an object says which entry it is: `get`, `home`."""
    return collection.label is None and collection.keys == ((KEY,),)


def _is_word(value: Json) -> bool:
    """Whether a key stands in a path as it is, as most do; the others are quoted there."""
    return isinstance(value, str) and value not in _LITERALS and _WORD.fullmatch(value) is not None


def supporting(kind: Kind) -> frozenset[str]:
    """What memberships and quotations refer to, and lists of sources; never what takes part."""
    found: set[str | None] = set()
    parts: set[str | None] = set()
    for path, collection in kind.collections.items():
        fields = collection.fields
        if collection.source is not None:
            found.add(path)
        names = [collection.membership.entity] if collection.membership else []
        if collection.provenance is not None:
            names += [name for name in (collection.provenance.said_by,) if name]
        found.update(fields[name].ref for name in names if name in fields)
        if position := collection.position:
            parts |= {fields[n].ref for n in (position.party, position.issue) if n in fields}
        if collection.position or collection.period or collection.membership:
            parts.add(path)
    return frozenset(path for path in found - parts if path)


def reference_key(kind: Kind, collection: str, identity: Json) -> Key:
    """The key of the entity that a reference names."""
    folded = fold_text(identity) if isinstance(identity, str) else identity
    return (((kind.collections[collection].keys[0][0], folded),),)
