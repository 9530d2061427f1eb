"""Every name that people write, held against what it names, with the nearest one.

What never was and nowhere is, is `certain`: it is refused where it is written. What may come into
being later is a doubt, which `monitor check` and `monitor status` repeat until it is true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.compare.rules import RULES
from monitor.kinds.addressing import is_open, path_fault, paths_of
from monitor.kinds.kind import Kind
from monitor.model.nearest import nearest, suggestion_or_all
from monitor.model.paths import has_id, lies_under, read_place
from monitor.model.subscription import Filter, Mute, SubscriptionSpec
from monitor.model.tuples import NamedTuple
from monitor.pipeline.readers.names import Folder, Names


class Doubt(NamedTuple):
    """A name that leads nowhere now. `key` is the part of what was written that holds it."""

    key: str
    text: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """All situations that can be looked into; `folder` only where the store has no word."""

    stored: Mapping[str, Names]
    folder: Folder | None = None
    waiting: Collection[str] = frozenset()
    """Situations that the store has without a version that counts: held, perhaps."""

    def of(self, situation: str) -> Names | None:
        if situation in self.stored:
            return self.stored[situation]
        return self.folder.names().get(situation) if self.folder else None

    def situations(self) -> list[str]:
        if self.stored or self.folder is None:
            return list(self.stored)
        return list(self.folder.names())

    def may_be(self, path: str) -> bool:
        """Whether a kind that lies in the folders, used or not, has the path."""
        kinds = self.folder.kinds() if self.folder else ()
        return any(path_fault(path, kind) is None for kind in kinds)


def situation_doubt(known: Known, name: str, key: str) -> Iterator[Doubt]:
    if known.of(name) is None and name not in known.waiting:
        there = suggestion_or_all(name, known.situations())
        yield Doubt(key, f"no situation {name} yet{there}")


def spec_doubts(known: Known, spec: SubscriptionSpec) -> Iterator[Doubt]:
    """What one subscription names: its situations, then what its filter looks for in them."""
    for name in spec.situations:
        yield from situation_doubt(known, name, "situations")
    yield from filter_doubts(known, spec.situations, spec.filter)


def filter_doubts(known: Known, situations: Sequence[str], wanted: Filter) -> Iterator[Doubt]:
    found = [names for names in map(known.of, situations) if names is not None]
    if not found:
        return
    open_ = len(found) < len(situations)  # what is not there yet may have what the others have not
    for path in wanted.collections:
        yield from path_doubts(known, found, path, "collections", open_=open_)
    yield from _role_doubts(found, wanted.parties, "party", "parties", open_=open_)
    yield from _role_doubts(found, wanted.issues, "issue", "issues", open_=open_)
    for entity in wanted.entities:
        yield from _entity_doubts(known, found, entity, open_=open_)


def path_doubts(
    known: Known, found: Sequence[Names], path: str, key: str, *, open_: bool = False
) -> Iterator[Doubt]:
    """A path that no kind of the situations has, or whose entry is not there."""
    if not any(names.has_path(path) for names in found):
        kinds = [kind for names in found for kind in names.kinds]
        open_ = open_ or any(is_open(path, kind) for kind in kinds)
        certain = not open_ and not known.may_be(path)
        yield Doubt(key, _nearest_fault(path, kinds), certain=certain)
        return
    place = read_place(path) or ()
    keyed = [number for number, step in enumerate(place) if step.key is not None]
    if keyed and not any(_is_listed(path, names) for names in found):
        entries = sorted({one for names in found for one in _alike(path, names)})
        short = suggestion_or_all(path, entries)
        yield Doubt(key, f"no entry {path} yet{short}")


def _nearest_fault(path: str, kinds: Sequence[Kind]) -> str:
    """What is wrong with a path, in the words of the kind that has something like it."""
    faults = [wrong for kind in kinds if (wrong := path_fault(path, kind))]
    return next((wrong for wrong in faults if "did you mean" in wrong), faults[0])


def mute_doubts(known: Known, situations: Sequence[str], mute: Mute | str) -> Iterator[Doubt]:
    """A rule, a path, a party, an issue or an id; a word near a rule or a list is one misspelt."""
    what = mute if isinstance(mute, str) else mute.what
    found = [names for names in map(known.of, situations) if names is not None]
    if what in RULES or not found:
        return
    if "[" in what or "." in what:
        yield from path_doubts(known, found, what, "mute")
        return
    ids = {one for names in found for one in _every_id(names)}
    if what in ids or any(names.has_path(what) for names in found):
        return
    fixed = [*RULES, *(path for names in found for kind in names.kinds for path in paths_of(kind))]
    near = nearest(what, [*ids, *fixed])
    hint = f"; did you mean {near}?" if near else ""
    text = f"no rule, collection, party, issue or entity {what} yet{hint}"
    yield Doubt("mute", text, certain=near in fixed and not known.may_be(what))


def _role_doubts(
    found: Sequence[Names], wanted: Iterable[str], one: str, many: str, *, open_: bool
) -> Iterator[Doubt]:
    listed = [ids for names in found if (ids := getattr(names, many)) is not None]
    ids = {each for known in listed for each in known}
    for name in wanted:
        if not listed:
            kinds = ", ".join(dict.fromkeys(kind.name for names in found for kind in names.kinds))
            text = f"no {one} {name}: the kind {kinds} knows no {many}"
            yield Doubt(many, text, certain=not open_)
        elif name not in ids:
            yield Doubt(many, f"no {one} {name} yet{suggestion_or_all(name, sorted(ids))}")


def _entity_doubts(
    known: Known, found: Sequence[Names], entity: str, *, open_: bool
) -> Iterator[Doubt]:
    if "[" in entity or "." in entity or any(names.has_path(entity) for names in found):
        yield from path_doubts(known, found, entity, "entities", open_=open_)
        return
    if any(_has_id(entity, names) for names in found):
        return
    ids = sorted({one for names in found for one in names.ids})
    yield Doubt("entities", f"no entity {entity} yet{suggestion_or_all(entity, ids)}")


def _has_id(identity: str, names: Names) -> bool:
    if identity in names.ids:
        return True
    return any(has_id(read_place(path) or (), identity) for path in names.entries)


def _every_id(names: Names) -> Iterator[str]:
    yield from names.ids
    yield from names.parties or ()
    yield from names.issues or ()


def _alike(path: str, names: Names) -> Iterator[str]:
    """Entries of the list that the path's last key is of."""
    wanted = _lists(path)
    return (one for one in names.entries if _lists(one) == wanted)


def _lists(path: str) -> list[str]:
    place = read_place(path) or ()
    last = max((n for n, step in enumerate(place) if step.key is not None), default=-1)
    return [step.name for step in place[: last + 1]]


def _is_listed(path: str, names: Names) -> bool:
    """Whether some entry fits the path as far as its last key; the others may be any."""
    place = read_place(path) or ()
    depth = len(_lists(path))
    wanted = place[:depth]
    return any(
        len(steps) == depth and lies_under(steps, wanted)
        for steps in (read_place(one) or () for one in _alike(path, names))
    )
