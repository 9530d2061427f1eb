"""A snapshot held against what lies beside it, as the service would hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from monitor.collect.merging import merge
from monitor.collect.reading_folder import FileRead, latest_state
from monitor.collect.snapshot import one_of
from monitor.errors import SnapshotRefused
from monitor.model.as_of import order
from monitor.model.comparison import Document

Stored: TypeAlias = Callable[[str, str], Document | None]
"""The state of a situation that the store has before an `as_of`; None without one."""


def faults_beside(one: FileRead, others: Sequence[FileRead], stored: Stored) -> list[str]:
    """What speaks against a snapshot that is right in itself, a line each: another file of the same
    moment, and a state that it cannot be laid over."""
    mine = one.snapshot
    same = [
        other
        for other in others
        if other.snapshot.situation == mine.situation and other.file.resolve() != one.file.resolve()
    ]
    faults = [
        f"{one.file}: {other.file} already speaks for {mine.situation} as of {mine.as_of}; "
        f"{one_of(mine)}"
        for other in same
        if other.snapshot.as_of == mine.as_of
    ]
    if mine.is_full:
        return faults
    before = [other for other in same if order(other.snapshot.as_of) < order(mine.as_of)]
    try:
        _lay(one, before, stored)
    except SnapshotRefused as error:
        lines = [str(error), *error.others]
        faults += [line for line in lines if line.startswith(str(one.file))]
    return faults


def _lay(one: FileRead, before: Sequence[FileRead], stored: Stored) -> None:
    if any(other.snapshot.is_full for other in before):
        latest_state([*before, one])
        return
    base = stored(one.snapshot.situation, one.snapshot.as_of)
    merge(base, one.snapshot, one.snapshot.kind, strict=True)
