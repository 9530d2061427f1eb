"""Whom and what a finding mentions, for filters: parties, issues and entities."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.compare.scene import Ref, Scene
from monitor.kinds.values import get
from monitor.model.comparison import Change, Json
from monitor.model.tuples import NamedTuple

Found = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class _Plan(NamedTuple):
    """Where entities of one list mention others: (level, place in the key, target) and fields."""

    in_key: tuple[tuple[int, int, str], ...]
    in_fields: tuple[tuple[str, str], ...]


class Mentions:
    """Reads references off the changed entities; which lists hold parties and issues is the kind's
    word (`x-position`)."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._plans: dict[str, _Plan] = {}
        self._parties: set[str | None] = set()
        self._issues: set[str | None] = set()
        for collection in scene.kind.collections.values():
            if position := collection.position:
                named = collection.fields
                self._parties |= {named[position.party].ref} if position.party in named else set()
                self._issues |= {named[position.issue].ref} if position.issue in named else set()

    def of(self, changes: Iterable[Change]) -> Found:
        """Ids of parties and issues, and paths of the entities changed or named in their keys."""
        parties: dict[str, None] = {}
        issues: dict[str, None] = {}
        entities: dict[str, None] = {}
        last: Ref | None = None
        for change in changes:
            ref = (change.collection, change.key)
            if ref == last:
                continue
            last = ref
            plan = self._plans.get(change.collection) or self._plan(change.collection)
            if change.key:
                entities[self._scene.path(ref)] = None
            for target, identity in self._named(plan, change) if any(plan) else ():
                if target in self._parties:
                    parties[str(identity)] = None
                elif target in self._issues:
                    issues[str(identity)] = None
                if identity is not None and target != change.collection:
                    entities[f"{target}[{identity}]"] = None
        return tuple(parties), tuple(issues), tuple(entities)

    def _named(self, plan: _Plan, change: Change) -> list[tuple[str, Json]]:
        found = [(target, change.key[level][at][1]) for level, at, target in plan.in_key]
        if plan.in_fields:
            entity = self._scene.entity((change.collection, change.key))
            for name, target in plan.in_fields:
                value = get(entity, name)
                members = value if isinstance(value, list) else [value]
                found += [(target, member) for member in members if isinstance(member, str | int)]
        return found

    def _plan(self, path: str) -> _Plan:
        chain = []
        above = path
        while above:
            chain.append(above)
            above = self._scene.above[above]
        in_key = []
        for level, step in enumerate(reversed(chain)):
            collection = self._scene.collection(step)
            for at, name in enumerate(collection.keys[0] if collection.keys else ()):
                field = collection.fields.get(name)
                if field is not None and field.ref:
                    in_key.append((level, at, field.ref))
                elif path == step and path in self._parties | self._issues:
                    in_key.append((level, at, path))
        described = self._scene.collection(path)
        keyed = {name for names in described.keys for name in names}
        in_fields = [
            (name, field.ref)
            for name, field in described.fields.items()
            if field.ref in self._parties | self._issues and field.ref and name not in keyed
        ]
        plan = self._plans[path] = _Plan(tuple(in_key), tuple(in_fields))
        return plan
