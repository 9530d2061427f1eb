"""One line of the sweep."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.faults.stage import Stage

Scene: TypeAlias = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True)
class Case:
    """`row` is the fault's number in docs/delivery.md. The fast ones are part of `make test`."""

    row: str
    name: str
    scene: Scene
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    fast: bool = False
    lease: float = 60.0
    """Seconds that a claim lasts on PostgreSQL: short where another node must take over."""
    seconds: float = 60.0
    """After which it counts as not finished."""
    stage: type[Stage] = Stage
    """What it is played on."""
