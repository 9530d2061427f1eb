"""The versions before one, as a comparison asks for them: from the end, and seldom far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, overload

from monitor.errors import RowDamaged
from monitor.model.as_of import DATE, order
from monitor.model.comparison import Document, State, Weight
from monitor.store import Store
from monitor.store.days import Days
from monitor.store.records import Version

FEW: Final = 8
"""Versions that are looked up first; each time four times as many as before."""


class StoredState(State):
    """One whose document is read when it is asked for, and not kept here."""

    read: Callable[[], Document]

    @property  # type: ignore[misc]  # read-only, as all fields are
    def document(self) -> Document:
        return self.read()


class History(Sequence[State]):
    """Newest revisions that count and are true before `new`, ascending.

    What cannot be read counts as empty, and its version is put among the `damaged`: whoever asks
    for it may ask again with a history `without` it.
    """

    def __init__(
        self,
        store: Store,
        new: Version,
        state_of: Callable[[Version], State],
        *,
        weights: Mapping[str, tuple[Weight, ...]],
        without: Collection[int] = (),
    ) -> None:
        """`state_of` reads a state; `weights` are what their writers say of their changes, by
        as_of."""
        self._store = store
        self._new = new
        self._state_of = state_of
        self._weights = weights
        self._without = frozenset(without)
        self._found: list[State] = []
        self._behind = self._look_back()
        self.damaged: set[int] = set()

    def __reversed__(self) -> Iterator[State]:
        yield from self._found
        for state in self._behind:
            self._found.append(state)
            yield state

    def __bool__(self) -> bool:
        return any(True for _ in reversed(self))

    def __len__(self) -> int:
        return sum(1 for _ in reversed(self))

    @overload
    def __getitem__(self, place: int) -> State: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[State, ...]: ...

    def __getitem__(self, place: int | slice) -> State | tuple[State, ...]:
        return tuple([*reversed(self)][::-1])[place]

    def _look_back(self) -> Iterator[State]:
        place = order(self._new.ref.as_of)
        day = self._new.ref.as_of[:DATE]
        end, most = Days(day, day).end, FEW
        while line := self._store.versions.line_before(self._new.ref.situation, end, most=most):
            for version in reversed(line):
                if order(version.ref.as_of) < place and version.id not in self._without:
                    yield self._stored(version)
            end, most = line[0].ref.as_of[:DATE], 4 * most

    def _stored(self, version: Version) -> State:
        def read() -> Document:
            try:
                return self._state_of(version).document
            except RowDamaged:
                self.damaged.add(version.id)
                return {}

        held: Any = None
        weigh = self._weights.get(version.ref.as_of, ())
        return StoredState(ref=version.ref, document=held, weigh=weigh, read=read)
