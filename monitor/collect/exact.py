"""What the exact parsers of YAML and JSON share: limits, marks and refusals with a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.kinds.faults import one_line
from monitor.model.comparison import Json
from monitor.model.patterns import regex

Mark: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1; columns count characters."""

Marks: TypeAlias = dict[tuple[str | int, ...], Mark]
"""Where each value begins: in an object at its name, in a list at the value itself."""

_SURROGATE: Final = regex("[\ud800-\udfff]")

MOST_DIGITS: Final = 1_001
"""With the sign. No limit may ask for more."""

INT64: Final = range(-(2**63), 2**64)
"""The integers that JSON parsers agree on: signed and unsigned 64 bit."""


class DocumentBuilder:
    """Counts what an exact parser builds and refuses what goes over a limit."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.marks: Marks = {}
        self._nodes = 0
        self._aliases = 0
        self._repeated = 0

    def refuse(self, message: str, mark: Mark) -> SnapshotRefused:
        return SnapshotRefused(one_line(message), where=f"{self.name}:{mark[0]}:{mark[1]}")

    def count(self, mark: Mark, nodes: int = 1) -> None:
        self._nodes += nodes
        if self._nodes > self.limits.nodes:
            raise self.refuse(f"more than {self.limits.nodes} values", mark)

    def alias(self, mark: Mark) -> None:
        self._aliases += 1
        if self._aliases > self.limits.aliases:
            raise self.refuse(f"more than {self.limits.aliases} aliases", mark)

    def repeat(self, value: Json, mark: Mark) -> None:
        """What an alias stands for counts again."""
        nodes = nodes_of(value)
        self.count(mark, nodes)
        self._repeated += nodes
        if self._repeated > self.limits.repeated:
            raise self.refuse(f"aliases repeat more than {self.limits.repeated} values", mark)

    def deeper(self, path: Sequence[str | int], mark: Mark) -> None:
        if len(path) >= self.limits.depth:
            raise self.refuse(f"nested more than {self.limits.depth} deep", mark)

    def text(self, value: str, mark: Mark) -> str:
        if not value.isascii() and (half := _SURROGATE.search(value)):
            raise self.refuse(f"half a character, U+{ord(half[0]):04X}", mark)
        if "\0" in value:
            raise self.refuse("text with the character U+0000", mark)
        return value

    def number(self, value: int | float, mark: Mark) -> int | float:
        if isinstance(value, int) and value not in INT64 and not self._may_be_long(value):
            most = f"{self.limits.digits} digits" if self.limits.digits else "64 bits"
            raise self.refuse(f"an integer of more than {most}; put it in quotes", mark)
        if isinstance(value, float) and value in (float("inf"), float("-inf")):
            raise self.refuse("a number too large to be told from infinity", mark)
        return value

    def _may_be_long(self, value: int) -> bool:
        return self.limits.digits > 0 and abs(value) < 10**self.limits.digits


def read_integer(text: str) -> int:
    """What these digits say; where they are thousands, which Python refuses, a number too large."""
    return int(text) if len(text) <= MOST_DIGITS else 10**MOST_DIGITS


def nodes_of(value: Json) -> int:
    """How many nodes a value has, names included, as `DocumentBuilder.count` counts them."""
    if isinstance(value, dict):
        return 1 + sum(1 + nodes_of(part) for part in value.values())
    if isinstance(value, list):
        return 1 + sum(nodes_of(part) for part in value)
    return 1


def place(text: str, position: int) -> Mark:
    """Line and column of a position in a text whose lines end in LF."""
    start = text.rfind("\n", 0, position) + 1
    return (text.count("\n", 0, position) + 1, position - start + 1)
