"""When the calendar alone has something to say of a version, looked for once and written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.compare.outlook import lapse_days, plans
from monitor.errors import StoreUnavailable
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.store.family import chunks
from monitor.store.still import Days, Still

AT_A_TIME: Final = 50
"""Versions that are read between two turns of others: a tenth of a second."""


def look_for(program: Program, still: Still) -> Iterator[Passed]:
    """In the versions of which an older release has not written it down. One that cannot be read
    costs its readers only that each is looked at."""
    kinds = program.store.lapses.kinds(sorted(still.unread)) if still.unread else {}
    for some in chunks(sorted(kinds), AT_A_TIME):
        found: dict[int, Days] = {}
        for number in some:
            try:
                found[number] = _days(program, number, kinds[number])
            except StoreUnavailable:
                raise
            except Exception:  # noqa: BLE001 - blamed where it is compared
                still.has_read({number: None})
        program.store.lapses.note(found)
        still.has_read(found)
        yield Passed()


def _days(program: Program, number: int, kind_hash: str) -> Days:
    kind = program.kinds.by_hash(kind_hash)
    if not plans(kind):
        return ()
    return lapse_days(program.store.versions.state(number).document, kind)
