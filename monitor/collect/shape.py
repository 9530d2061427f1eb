"""Bounds on a parsed document: depth and number of nodes, level by level, without recursion."""

from __future__ import annotations

from itertools import chain
from typing import Final

from monitor.collect.limits import Limits
from monitor.model.comparison import Json

_CONTAINERS: Final = frozenset([dict, list])


def fits(document: Json, limits: Limits) -> bool:
    """Whether depth and node count are within the limits and every name is text."""
    level = [document] if type(document) in _CONTAINERS else []
    nodes = 1
    depth = 0
    while level:
        depth += 1
        objects = [part for part in level if type(part) is dict]
        lists = [part for part in level if type(part) is list]
        nodes += 2 * sum(map(len, objects)) + sum(map(len, lists))
        if depth > limits.depth or nodes > limits.nodes:
            return False
        if not set(map(type, chain.from_iterable(objects))) <= {str}:
            return False
        values = chain.from_iterable(map(dict.values, objects))
        below = chain(values, chain.from_iterable(lists))
        level = [value for value in below if type(value) in _CONTAINERS]
    return True
