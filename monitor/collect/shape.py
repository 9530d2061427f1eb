"""Bounds on a parsed document: depth and number of nodes, level by level, without recursion."""

from __future__ import annotations

from monitor.collect.limits import Limits
from monitor.model.comparison import Json

_CONTAINERS = (dict, list)


def fits(document: Json, limits: Limits) -> bool:
    """Whether depth and node count are within the limits and every name is text."""
    level = [document] if isinstance(document, _CONTAINERS) else []
    nodes = 1
    depth = 0
    while level:
        depth += 1
        nodes += sum([len(part) if type(part) is list else 2 * len(part) for part in level])
        if depth > limits.depth or nodes > limits.nodes:
            return False
        objects = [part for part in level if type(part) is dict]
        if not {type(name) for part in objects for name in part} <= {str}:
            return False
        below = [value for part in objects for value in part.values() if type(value) in _CONTAINERS]
        below += [
            value
            for part in level
            if type(part) is list
            for value in part
            if type(value) in _CONTAINERS
        ]
        level = below
    return True
