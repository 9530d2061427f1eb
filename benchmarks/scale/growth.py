"""What a version costs when there are many before it, and the room that it takes."""

from __future__ import annotations

from benchmarks.scale.runs import Place
from benchmarks.scale.table import Table, ms

PARTS, MEMBERS = 4, 150


def versions(place: Place, table: Table) -> None:
    found = place.case("growth", parts=PARTS, members=MEMBERS)
    if "error" in found:
        return
    code, sort = place.code.name, place.sort
    cell = f"{ms(found['first'])}, {ms(found['last'])}"
    table.put(
        "a version of 50 at the beginning, of the last 50 of 200", sort, code, cell, goal="the same"
    )
    cell = f"{found['size'] / 1000:.1f} kB of {found['raw'] / 1000:.1f} kB"
    table.put("room for a version, of its file's size", sort, code, cell)
