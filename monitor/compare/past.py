"""The versions before a moment. A long history is asked from its end, and seldom far: whatever is
not asked for is not made, nor read from wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from monitor.model.as_of import order
from monitor.model.comparison import State


class Past(Sequence[State]):
    """Of a `history`, which is ascending, the part before the moment `as_of`."""

    def __init__(self, history: Sequence[State], as_of: str) -> None:
        self._history = history
        self._moment = order(as_of)

    def __reversed__(self) -> Iterator[State]:
        return (state for state in reversed(self._history) if order(state.ref.as_of) < self._moment)

    def __bool__(self) -> bool:
        return any(True for _ in reversed(self))

    def __len__(self) -> int:
        return sum(1 for _ in reversed(self))

    @overload
    def __getitem__(self, place: int) -> State: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[State, ...]: ...

    def __getitem__(self, place: int | slice) -> State | tuple[State, ...]:
        return tuple(reversed([*reversed(self)]))[place]
