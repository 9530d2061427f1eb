"""A kind made ready for walking: which names of an object are fields, objects or lists."""

from __future__ import annotations

from monitor.compare.paths import split_field
from monitor.kinds.kind import Collection, Field, Kind


class PlanNode:
    """The described names of one object."""

    __slots__ = ("fields", "lists", "objects")

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        self.objects: dict[str, PlanNode] = {}
        self.lists: dict[str, Plan] = {}


class Plan:
    """A collection with its place in the kind's order and the tree of its names.

    `steps` are the names on the way from the entity above to this list; usually one.
    """

    __slots__ = ("children", "collection", "node", "order", "steps")

    def __init__(self, collection: Collection, order: int, steps: tuple[str, ...]) -> None:
        self.collection = collection
        self.order = order
        self.steps = steps
        self.node = PlanNode()
        self.children: list[Plan] = []

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
    plan = Plan(collection, order[path], steps)
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
