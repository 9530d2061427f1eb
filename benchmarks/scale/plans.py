"""The questions that took longest in an idle tick and a digest for many, and how each was answered.

Two processes do the same work on copies of one database: the first finds the heaviest statements,
the second has each of them explained at the moment of its slowest execution.
"""

from __future__ import annotations

from benchmarks.scale import world
from benchmarks.scale.runs import Place
from benchmarks.scale.table import Table, ms

LIMIT = 60
WIDEST = 160
"""Characters of a line that is shown."""


def heaviest(place: Place, table: Table) -> None:
    """Printed beside the table: a plan is no cell."""
    if place.is_before:
        return
    given = {"of": "crowd", "readers": place.sizes["crowd"], "told": [world.DAYS[0]]}
    found = place.case("plans", limit=LIMIT, wanted=[], **given)
    if "error" in found:
        return
    explained = place.case("plans", limit=LIMIT, wanted=found["heaviest"], **given)
    for one in found["heaviest"]:
        told = f"{ms(one['seconds'])} in {one['times']} executions, the slowest {ms(one['most'])}"
        lines = explained.get("plans", {}).get(one["statement"], ["(not met again)"])
        shown = [line[:WIDEST] for line in (" ".join(one["statement"].split()), *lines)]
        table.note(f"{place.sort}: {told}", shown)
