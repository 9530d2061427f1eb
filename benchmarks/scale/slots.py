"""A slot of many readers: with nothing to tell, and with one digest for all of them."""

from __future__ import annotations

from typing import Any

from benchmarks.scale import world
from benchmarks.scale.budget import BUDGET
from benchmarks.scale.runs import Place
from benchmarks.scale.table import Table, seconds

LIMIT, LIMIT_BEFORE = 60, 25
"""Seconds after which a slot is stopped, and the rest of it reckoned by what was done."""

BARE = 20_000
"""Rows that the peers write."""


def nothing(place: Place, table: Table) -> None:
    """Readers of one to three boards each, or of one, of which none has changed."""
    sizes, code, sort = place.sizes, place.code.name, place.sort
    of, boards = ("one", f"{sizes['boards']:,} boards") if sizes["readers"] else ("crowd", "one")
    readers = min(sizes["readers"] or sizes["crowd"], 100_000 if place.name != "small" else 3_000)
    found = place.case("slot", of=of, readers=readers, limit=_limit(place), again=True)
    if "error" in found:
        return
    goal = "10 s, 0 renderings" if readers == 100_000 else "0 renderings"
    what = f"{readers:,} readers due, of {boards}, nothing changed"
    table.put(what, sort, code, _cell(found, "renderings"), goal=goal)
    if "again" in found:
        cell = _cell(found["again"] | {"done": readers, "left": 0}, "renderings")
        table.put(f"{what}: the next day", sort, code, cell, goal=goal)


def one_digest(place: Place, table: Table) -> None:
    """All of the crowd know the first version of their board only."""
    readers, code, sort = place.sizes["crowd"], place.code.name, place.sort
    if not readers:
        return
    given = {"of": "crowd", "readers": readers, "limit": _limit(place), "told": [world.DAYS[0]]}
    found = place.case("slot", bare=BARE, **given)
    if "error" in found:
        return
    what = f"one digest for {readers:,} readers"
    table.put(what, sort, code, _cell(found, "renderings"), goal="1 rendering")
    rate = found["messages"] / found["seconds"]
    least = "10,000" if sort == "postgresql" else "5,000"
    cell = f"{rate:,.0f}/s; {rate / found['executemany']:.2f} x executemany"
    cell += f", {rate / found['select']:.2f} x INSERT ... SELECT"
    table.put(f"messages written, {what}", sort, code, cell, goal=f"{least}/s")
    cell = f"{found['executemany']:,.0f}/s, {found['select']:,.0f}/s"
    table.put(f"bare executemany, INSERT ... SELECT of {BARE:,} rows", sort, code, cell)
    table.put(f"memory, {what}", sort, code, f"{found['peak']:.0f} MB")
    table.put(f"room for a message, {what}", sort, code, f"{found['room']:,.0f} bytes")


def _limit(place: Place) -> float:
    return BUDGET.left(LIMIT_BEFORE if place.is_before else LIMIT)


def _cell(found: dict[str, Any], sort: str) -> str:
    """With what it would have taken, where it was stopped."""
    calls = found["calls"].get(sort, 0)
    done, left = found["done"], found["left"]
    if not left:
        return f"{seconds(found['seconds'])}, CPU {seconds(found['cpu'])}, {calls:,} {sort}"
    if not done:
        return f"none was done after {seconds(found['seconds'])}, {calls:,} {sort} by then"
    whole = found["seconds"] * (done + left) / done
    return f"{seconds(whole)} at the rate of the first {done:,}, {calls:,} {sort} by then"
