"""A kind made ready for walking: which names of an object are fields, objects or lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.compare.paths import split_field
from monitor.kinds.kind import Collection, Field, Kind


@dataclass(slots=True)
class PlanNode:
    """The described names of one object."""

    fields: dict[str, Field] = field(default_factory=dict)
    objects: dict[str, PlanNode] = field(default_factory=dict)
    lists: dict[str, Plan] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Plan:
    """A collection with its place in the kind's order and the tree of its names."""

    collection: Collection
    order: int
    node: PlanNode
    steps: tuple[str, ...] = ()
    """The names on the way from the entity above to this list; usually one."""
    children: list[Plan] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.collection.path

    @property
    def keyed(self) -> bool:
        """Whether entries are known by key; False for a list that nothing identifies."""
        return bool(self.collection.keys)


def plan_of(kind: Kind) -> Plan:
    """The plan of the document itself, from which all others are reached."""
    return _plan("", kind, {path: order for order, path in enumerate(kind.collections)}, ())


def plans_by_path(root: Plan) -> dict[str, Plan]:
    """Every plan below and including `root`, by collection path."""
    found = {root.path: root}
    for child in root.children:
        found.update(plans_by_path(child))
    return found


def _plan(path: str, kind: Kind, order: dict[str, int], steps: tuple[str, ...]) -> Plan:
    collection = kind.collections[path]
    plan = Plan(collection=collection, order=order[path], node=PlanNode(), steps=steps)
    for name, described in collection.fields.items():
        *above, last = split_field(name)
        _object(plan.node, above).fields[last] = described
    for name in collection.children:
        *above, last = split_field(name)
        child = _plan(f"{path}.{name}" if path else name, kind, order, (*above, last))
        _object(plan.node, above).lists[last] = child
        plan.children.append(child)
    return plan


def _object(node: PlanNode, steps: list[str]) -> PlanNode:
    for step in steps:
        node = node.objects.setdefault(step, PlanNode())
    return node
