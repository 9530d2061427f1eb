"""python -m benchmarks scale: one Markdown table, a revision before and the tree side by side."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.scale import alerts, growth, nodes, plans, slots, ticks
from benchmarks.scale.budget import BUDGET, MINUTES
from benchmarks.scale.runs import NOW, Code, Place, codes, servers
from benchmarks.scale.table import Table

SORTS = ("sqlite", "postgresql")

SIZES = {
    "small": {"boards": 1_000, "readers": 7_000, "crowd": 3_000},
    "large": {"boards": 10_000, "readers": 100_000, "crowd": 0},
    "crowd": {"boards": 20, "readers": 0, "crowd": 100_000},
    "shared": {"boards": 40, "readers": 4_000, "crowd": 20_000},
    "tiny": {"boards": 50, "readers": 60, "crowd": 60},
}

FAILS = (RuntimeError, AssertionError, OSError, subprocess.SubprocessError)

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"

Part = Callable[[Place, Table], None]

PARTS: dict[str, dict[str, tuple[Part, ...]]] = {
    "ticks": {"small": (ticks.idle, ticks.changed), "large": (ticks.idle,)},
    "slots": {
        "small": (slots.nothing, slots.one_digest),
        "large": (slots.nothing,),
        "crowd": (slots.nothing, slots.one_digest),
    },
    "growth": {"crowd": (growth.versions,)},
    "nodes": {"shared": (nodes.share,)},
    "alerts": {"crowd": (alerts.longest_wait,)},
    "plans": {"shared": (plans.heaviest,)},
}
"""What is measured of which size; a tiny one shows that it works."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale")
    parser.add_argument("--before", metavar="REV", help="a revision that is measured as well")
    parser.add_argument("--only", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--on", default=",".join(SORTS), help="databases")
    parser.add_argument(
        "--sizes", default="small,large,crowd,shared", help=f"of {', '.join(SIZES)}"
    )
    parser.add_argument("--into", type=Path, metavar="FILE", help="a page that gets the table")
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, help="after which nothing more is begun"
    )
    chosen = parser.parse_args(arguments)
    began = time.perf_counter()
    BUDGET.begin(chosen.minutes)
    with (
        tempfile.TemporaryDirectory(prefix="scale-") as folder,
        codes(chosen.before) as trees,
        servers(chosen.on.split(",")) as sorts,
    ):
        table, root = Table([tree.name for tree in trees]), Path(folder)
        # What the program costs now first, in case that the time does not reach for both.
        for tree in reversed(trees):
            for size in chosen.sizes.split(","):
                for sort, server in sorts.items():
                    parts = _parts(chosen.only.split(","), size, tree, sort)
                    if not parts:
                        continue
                    _measure(parts, Place(tree, sort, server, size, SIZES[size], root), table)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    said = f"{time.perf_counter() - began:.0f} s in all; load {load} at the end"
    page = f"{table.markdown()}\n\n{os.cpu_count()} cores, {said}."
    print(f"\n{page}")
    if chosen.into:
        _put_into(chosen.into, page)
    return 0


def _measure(parts: list[Part], place: Place, table: Table) -> None:
    """What fails is said, and the others are measured."""
    what = f"{place.code.name}, {place.sort}, {place.size}"
    if BUDGET.is_over:
        table.left_out.append(what)
        return
    try:
        place.fill()
        for part in parts:
            if BUDGET.is_over:
                table.left_out.append(f"{part.__name__} ({what})")
                continue
            try:
                part(place, table)
            except FAILS as error:
                print(f"*** {place.code.name}, {place.sort}: {error}", flush=True)
    except FAILS as error:
        print(f"*** {place.code.name}, {place.sort}, not filled: {error}", flush=True)
    finally:
        place.clear()


def _put_into(file: Path, page: str) -> None:
    """In the place of what was measured before, between two marks."""
    head, _, rest = file.read_text().partition(BEGIN)
    _, _, tail = rest.partition(END)
    file.write_text(f"{head}{BEGIN}\n\n{page}\n\n{END}{tail}")


def _parts(names: list[str], size: str, tree: Code, sort: str) -> list[Part]:
    """Before, the largest size takes minutes, and costs ten times what the smaller does."""
    by_size = [PARTS[name] for name in names]
    if size == "tiny":
        return list(dict.fromkeys(part for each in by_size for of in each.values() for part in of))
    if size == "large" and tree.name != NOW:
        return []
    of_servers = {nodes.share} if sort == "sqlite" else set()
    return [part for each in by_size for part in each.get(size, ()) if part not in of_servers]
