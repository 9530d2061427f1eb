"""How long an alert waits while a digest for very many is written and handed over."""

from __future__ import annotations

import time

from benchmarks.scale import world
from benchmarks.scale.nodes import Asking, running
from benchmarks.scale.runs import Place
from benchmarks.scale.table import Table, seconds

QUIET, BUSY = 3, 8
"""Alerts while nothing else is to do, and during the run."""

BETWEEN = 1.5
"""Seconds from one file to the next."""

LIMIT = 60.0
"""Seconds after the last file."""


def longest_wait(place: Place, table: Table) -> None:
    """From the file to the message handed over; a file must stand still for a second first."""
    if place.is_before and place.server is None:
        return
    url, crowd = place.fresh(), place.sizes["crowd"]
    boards = QUIET + BUSY
    try:
        place.run("alarms", url=url, boards=boards)
        with running(place, url, 1):
            quiet = _waits(place, url, range(QUIET))
            known = Asking(url).messages
            place.run("due", url=url, of="crowd", readers=crowd, told=[world.DAYS[0]])
            busy = _waits(place, url, range(QUIET, boards))
            told = Asking(url).messages - known - BUSY
    finally:
        place.drop(url)
        for number in range(boards):
            name = world.file_of(f"{world.BOARD}-{number}", "2026-01-07")
            (place.folder / "snapshots" / name).unlink(missing_ok=True)
    cell = f"{_most(busy)}; without it {_most(quiet)}; {told:,} digests written by then"
    what = f"longest wait of {BUSY} alerts while {crowd:,} are told a digest"
    table.put(what, place.sort, place.code.name, cell, goal="5 s more than without")


def _waits(place: Place, url: str, boards: range) -> list[float | None]:
    """Of each, from its file to its mail; None where that did not come in time."""
    asking = Asking(url)
    written: dict[str, float] = {}
    waits: dict[str, float] = {}
    end = time.perf_counter() + len(boards) * BETWEEN + LIMIT
    while len(waits) < len(boards) and (now := time.perf_counter()) < end:
        if len(written) < len(boards) and now >= max(written.values(), default=0) + BETWEEN:
            number = boards[len(written)]
            world.write_news(place.folder, 1, first=number, settled=False)
            written[f"alarm{number}@example.org"] = time.perf_counter()
        for row in asking.all(
            "SELECT recipient FROM outbox WHERE reason = 'alert' AND state = 'sent'"
        ):
            if row[0] in written:
                waits.setdefault(row[0], time.perf_counter() - written[row[0]])
        time.sleep(0.1)
    return [waits.get(address) for address in written]


def _most(waits: list[float | None]) -> str:
    known = [each for each in waits if each is not None]
    if len(known) < len(waits):
        return f"{len(waits) - len(known)} of {len(waits)} not in {LIMIT:.0f} s"
    return seconds(max(known))
