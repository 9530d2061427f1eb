"""What a tick costs at which nothing is new, and what each situation costs that changed."""

from __future__ import annotations

from benchmarks.scale.runs import Place
from benchmarks.scale.table import Table, ms

IDLE_SECONDS = 6
"""How long idle ticks are repeated, at least one of them."""

CHANGED = 20


def idle(place: Place, table: Table) -> None:
    found = place.case("idle", limit=IDLE_SECONDS)
    if "error" in found:
        return
    at, (code, sort) = place.size, (place.code.name, place.sort)
    cell = f"{found['queries']:,.0f} queries, {ms(found['cpu'])}"
    table.put(f"idle tick, {at}", sort, code, cell, goal="20 queries, 20 ms")
    most = found["most"]
    cell = f"{most['queries']:,.0f} queries, {ms(most['cpu'])}"
    table.put(f"the dearest of such ticks, {at}", sort, code, cell)
    first = found["first"]
    cell = f"{first['queries']:,.0f} queries, {ms(first['cpu'])}, {found['peak']:.0f} MB"
    table.put(f"first pass of a process, {at}", sort, code, cell)
    steps = sorted(found["steps"].items(), key=lambda step: -step[1][0])
    dear = [f"{name} {ms(cpu)}, {queries}" for name, (cpu, queries) in steps if queries][:3]
    if dear:
        table.put(f"the dearest steps of an idle tick, {at}", sort, code, "; ".join(dear))


def changed(place: Place, table: Table) -> None:
    found = place.case("changed", changed=CHANGED)
    if "error" in found:
        return
    cell = f"{found['queries']:.0f} queries, {ms(found['cpu'])}"
    table.put(f"each changed situation, {place.size}", place.sort, place.code.name, cell)
