"""Fields written into an entity, and entries of a list without keys put in their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitor.compare.paths import dig, split_field
from monitor.compare.reorder import position_of
from monitor.compare.walk import POSITION
from monitor.errors import Conflict
from monitor.kinds.canonical import plain
from monitor.model.comparison import MISSING, Change, Json, Missing

# A slot of a list that nothing has been put into yet.
_FREE = object()


def edit(entity: Json, changes: Iterable[Change], *, backwards: bool) -> None:
    """Write the after sides (backwards: the before sides) of field changes into an entity.

    What goes leaves from the innermost name outwards and what comes enters the other way round, so
    that an object is emptied before it goes and there before it is filled.
    """
    written = [
        (split_field(change.field), change.before if backwards else change.after)
        for change in changes
        if change.field is not None and change.field != POSITION
    ]
    written.sort(key=lambda item: len(item[0]))
    for steps, value in reversed(written):
        if value is MISSING:
            _owner(entity, steps).pop(steps[-1], None)
    for steps, value in written:
        if value is not MISSING:
            _owner(entity, steps)[steps[-1]] = plain(value)


def rearrange(entries: list[Json], changes: Sequence[Change], *, backwards: bool) -> list[Json]:
    """A list without keys after (backwards: before) these changes, which are all it has."""
    removed = {position_of(c): c.before for c in changes if c.op == "removed"}
    added = {position_of(c): c.after for c in changes if c.op == "added"}
    moved = {position_of(c): _target(c) for c in changes if c.field == POSITION}
    if backwards:
        result = _placed(entries, added, removed, {j: i for i, j in moved.items()})
        _edit_entries(result, changes, backwards=True)
        return result
    _edit_entries(entries, changes, backwards=False)
    return _placed(entries, removed, added, moved)


def _edit_entries(entries: list[Json], changes: Iterable[Change], *, backwards: bool) -> None:
    edits: dict[int, list[Change]] = {}
    for change in changes:
        if change.op == "changed" and change.field != POSITION:
            edits.setdefault(position_of(change), []).append(change)
    for position, edited in edits.items():
        if position >= len(entries):
            raise _misfit(edited[0])
        edit(entries[position], edited, backwards=backwards)


def _placed(
    entries: list[Json],
    leave: Mapping[int, Any],
    enter: Mapping[int, Json | Missing],
    moves: Mapping[int, Any],
) -> list[Json]:
    """Entries without those that leave; those that enter or move take their places first."""
    result: list[Any] = [_FREE] * (len(entries) - len(leave) + len(enter))
    taken = {**enter, **{target: entries[origin] for origin, target in moves.items()}}
    if any(position >= len(result) for position in taken):
        raise Conflict("the changes do not fit the list they are put onto")
    for position, value in taken.items():
        result[position] = plain(value)
    rest = (e for i, e in enumerate(entries) if i not in leave and i not in moves)
    return [next(rest) if slot is _FREE else slot for slot in result]


def _target(change: Change) -> int:
    assert isinstance(change.after, int)
    return change.after


def _owner(entity: Json, steps: Sequence[str]) -> dict[str, Json]:
    owner = dig(entity, steps[:-1])
    if not isinstance(owner, dict):
        raise Conflict(f"{'.'.join(steps)}: the changes do not fit the document they are put onto")
    return owner


def _misfit(change: Change) -> Conflict:
    return Conflict(f"{change.collection}: the changes do not fit the list they are put onto")
