"""Whether an id still names the entity that it named, by what the entity holds.

An id names another entity when its name is another one (not alike, no word in common, no alias; or
both names stood and stand in the list) and either the new name stood under another id before, or
the former one stands under another now, or nothing else that identifies it is left: of the dates
and codes that no other entry of the list has at least one changed and none stayed, and no more of
its own texts stayed than changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from monitor.compare.lookup import EntityLookup
from monitor.compare.paths import dig, levels, split_field
from monitor.compare.scene import Scene
from monitor.compare.spelling import likeness, skeleton
from monitor.kinds.keys import MARK
from monitor.kinds.kind import Collection
from monitor.kinds.values import get, same
from monitor.model.comparison import Json, Key, Significance
from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple

_SLOT = regex(r"\{([^{}]+)\}")
_SURE = regex(r"\d{4}-\d{2}-\d{2}|(?=.*\d)(?=.*[A-Za-z])\S{4,}|\S+@\S+|\w+://\S+")
# Names more alike than this may be one person's before and after.
_ALIKE: Final = 0.75
_WORD: Final = 3
_TEXT: Final = 8
_DEPTH: Final = 3


class Swap(NamedTuple):
    """An id with the name that it had and has; empty where it is new or gone. `known`: the one it
    now names stood under another id."""

    key: Key
    before: str
    now: str
    known: bool


class Likely:
    """The ids of one collection whose entities have another name."""

    def __init__(self, scene: Scene, path: str) -> None:
        self._scene = scene
        self._path = path
        self._collection = (scene.kind.written or scene.kind).collections[path]
        self.slots = naming_slots(self._collection)
        self._passing = passing_fields(self._collection)
        self._lists: dict[Key, tuple[_Side, _Side]] = {}

    def swaps(self) -> list[Swap]:
        """Those that name another entity now, in the order of the changes; a plan that moves to
        another place is still that plan."""
        if not self.slots or self._collection.period:
            return []
        found = {key: swap for key in self._renamed() if (swap := self._swap(key))}
        while more := {each.key: each for each in self._along(found)}:
            found |= more
        return [found[key] for key in self._renamed() if key in found]

    def _along(self, found: Mapping[Key, Swap]) -> Iterator[Swap]:
        """Names alike that are no new spelling: one of them stood, or stands, under an id that
        names another entity now; or with all else that it has under one that came or went."""
        was, now = ({swap[side] for swap in found.values()} for side in (1, 2))
        for key in self._renamed():
            old, new = self._sides(key)
            one, other = old.name_of(key), new.name_of(key)
            if key in found or not one or not other or Evidence.of(old, new, key).stays_one:
                continue
            came = old.is_only(other) and (other in was or self._is_copy(key, other, 0))
            went = new.is_only(one) and (one in now or self._is_copy(key, one, 1))
            if came or went:
                yield Swap(key, one, other, known=came)

    def _is_copy(self, key: Key, name: str, side: int) -> bool:
        """Whether what has this name on that side, under an id that the other side has not, is
        the same as what this id names on the other one."""
        names = {name for level in key for name, _ in level}
        here = self._sides(key)[1 - side]
        content = _content(here.get(key), names)
        return len(content) > len(self.slots) and any(
            self._sides(other)[side].name_of(other) == name
            and same(_content(self._sides(other)[side].get(other), names), content)
            for other, changes in self._scene.left(self._path)
            if other[:-1] == key[:-1] and changes[0].op == ("added" if side else "removed")
        )

    def shifted(self, swaps: Sequence[Swap]) -> list[Swap]:
        """Ids that came or went whose entity stood, or stands, under one of those that stayed."""
        was, now = {swap.before for swap in swaps}, {swap.now for swap in swaps}
        found = []
        for key, changes in self._scene.left(self._path):
            for op, side, names in (("added", 1, was), ("removed", 0, now)):
                name = self._sides(key)[side].name_of(key) if changes[0].op == op else ""
                if name in names:
                    sides = ("", name) if side else (name, "")
                    found.append(Swap(key, *sides, known=True))
        return found

    def _renamed(self) -> Iterator[Key]:
        for key, changes in self._scene.left(self._path):
            if any(change.field in self.slots for change in changes):
                yield key

    def _swap(self, key: Key) -> Swap | None:
        old, new = self._sides(key)
        before, now = old.name_of(key), new.name_of(key)
        if not before or not now:
            return None
        # Both names are there on both sides, so that neither is the other spelt anew.
        known, traded = old.is_only(now), old.is_only(now) and new.is_only(before)
        if not traded and self._may_be_one(key, before, now):
            return None
        evidence = Evidence.of(old, new, key)
        if evidence.stays_one or not (known or new.is_only(before) or evidence.is_lost):
            return None
        return Swap(key, before, now, known)

    def _may_be_one(self, key: Key, before: str, now: str) -> bool:
        """Names alike or with a word in common, or one is an alias of the other."""
        one, other = skeleton(before), skeleton(now)
        words = [{word for word in name.split() if len(word) >= _WORD} for name in (one, other)]
        if words[0] & words[1] or likeness(before, now) >= _ALIKE:
            return True
        aliases = self._collection.aliases
        for side, name in zip(self._sides(key), (other, one), strict=True):
            listed = get(side.get(key), aliases) if aliases else None
            if isinstance(listed, list) and name in map(skeleton, _texts(listed)):
                return True
        return False

    def _sides(self, key: Key) -> tuple[_Side, _Side]:
        parent = key[:-1]
        if parent not in self._lists:
            scene = self._scene
            above, step = scene.above[self._path], levels(self._path, scene.kind)[-1]
            old, new = (
                _Side(side, self._path, self.slots, _list(side, above, parent, step), self._passing)
                for side in (scene.old, scene.new)
            )
            self._lists[parent] = (old, new)
        return self._lists[parent]


def _list(entities: EntityLookup, above: str, parent: Key, step: str) -> Sequence[Json]:
    entries = dig(entities.get(above, parent), split_field(step))
    return entries if isinstance(entries, list) else ()


def _texts(values: Sequence[Json]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _content(entity: Json, silent: set[str]) -> dict[str, Json]:
    return {n: v for n, v in entity.items() if n not in silent} if isinstance(entity, dict) else {}


class _Side:
    """One list in one version: names, and the values that only one of its entries has."""

    def __init__(
        self,
        entities: EntityLookup,
        path: str,
        slots: Sequence[str],
        entries: Sequence[Json],
        passing: frozenset[str],
    ) -> None:
        self._entities = entities
        self._path = path
        self._slots = slots
        self._entries = entries
        self._passing = passing

    def get(self, key: Key) -> Json:
        return self._entities.get(self._path, key)

    def name_of(self, key: Key) -> str:
        return _name(self.get(key), self._slots)

    def is_only(self, name: str) -> bool:
        """Whether one entry alone has this name."""
        return self._names[name] == 1

    def own(self, key: Key) -> Mapping[str, Json]:
        """What identifies an entity beside its name: sure values and texts that it alone has."""
        entity = self.get(key)
        found = dict(_telling(entity, "", 0))
        return {
            field: value
            for field, value in found.items()
            if field not in self._slots
            and field not in self._passing
            and self._values[field, value] == 1
        }

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(_name(entry, self._slots) for entry in self._entries)

    @cached_property
    def _values(self) -> Counter[tuple[str, str]]:
        return Counter(pair for entry in self._entries for pair in _telling(entry, "", 0))


def _name(entity: Json, slots: Sequence[str]) -> str:
    values = [get(entity, slot) for slot in slots]
    return " ".join(value for value in values if isinstance(value, str))


def _telling(entity: Json, above: str, depth: int) -> Iterator[tuple[str, str]]:
    """Texts of an entity, by their dotted field, that may tell it from others."""
    for name, value in entity.items() if isinstance(entity, dict) else ():
        if isinstance(value, dict) and depth < _DEPTH:
            yield from _telling(value, f"{above}{name}.", depth + 1)
        elif isinstance(value, str) and name != MARK and (len(value) >= _TEXT or is_sure(value)):
            yield f"{above}{name}", value


def is_sure(value: str) -> bool:
    """A date, a code, an address: what an entity keeps for life."""
    return _SURE.fullmatch(value) is not None


class Evidence(NamedTuple):
    """Values of its own that an entity kept and lost: sure ones, and other texts."""

    kept: int
    lost: int
    kept_texts: int
    lost_texts: int

    @staticmethod
    def of(old: _Side, new: _Side, key: Key) -> Evidence:
        before, after = old.own(key), new.own(key)
        keys = {name for name, _ in key[-1]}
        counts = Counter(
            (is_sure(str(value)), after[field] == value)
            for field, value in before.items()
            if field in after and field not in keys
        )
        return Evidence(
            counts[True, True], counts[True, False], counts[False, True], counts[False, False]
        )

    @property
    def stays_one(self) -> bool:
        return self.kept > 0

    @property
    def is_lost(self) -> bool:
        return self.kept == 0 < self.lost and self.kept_texts <= self.lost_texts


def naming_slots(collection: Collection) -> tuple[str, ...]:
    """The fields of an entity that its label is made of, where they are plain texts of its own."""
    slots = tuple(_SLOT.findall(collection.label or ""))
    for name in slots:
        field = collection.fields.get(name)
        if name == "parent" or (field is not None and (field.ref or field.choices)):
            return ()
    keys = {name for key in collection.keys for name in key}
    refers = any(n in collection.fields and collection.fields[n].ref for n in keys)
    return () if refers or keys & {*slots} else slots


def passing_fields(collection: Collection) -> frozenset[str]:
    """Fields that change while the entity stays what it is, as its kind says: how firm it is and
    who says so, a choice among few words, what is noise."""
    found = {
        name
        for name, field in collection.fields.items()
        if field.choices or field.significance.get("changed") is Significance.NOISE
    }
    if collection.provenance:
        found |= {name for name in collection.provenance if name}
    return frozenset(found)
