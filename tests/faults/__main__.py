"""The full sweep of the fault matrix on both databases, then the case with pointers: `make faults`.

BREAK=mark-first, drop-lease, no-rates, blind-pointers or one of `mistakes` makes a mistake on
purpose; what it breaks must then fail. Words given as arguments pick the cases whose line contains
one of them; `webhooks` picks those in which a channel hands over; `pointers` alone is the case with
several nodes that are stopped for seconds, `sharing` the one with nodes that share work;
BREAK=late-writes must fail there.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults import blind, disks, editions, pointers, sharing
from tests.faults.case import Case
from tests.faults.stage import Tally
from tests.faults.sweep import BREAKAGES, Databases, all_cases, databases, play
from tests.postgres import postgres_problem

ABREAST = 2
"""Cases at once: most of their time is spent waiting."""

SHOWN = 20
"""Broken moves that are shown; the rest is counted."""


def main(words: list[str]) -> int:
    breakage, known = os.environ.get("BREAK", ""), (*BREAKAGES, *blind.BREAKAGES, "late-writes")
    if breakage and breakage not in known:
        print(f"BREAK={breakage} is not one of {', '.join(known)}", file=sys.stderr)
        return 2
    problem = postgres_problem()
    if problem is not None:
        print(f"faults: PostgreSQL: {problem}", file=sys.stderr)
        return 2
    alone: dict[str, Callable[[], int]] = {
        "disks": _disks,
        "pointers": partial(_pointers, breakage),
        "sharing": partial(_sharing, breakage),
        "editions": _editions,
    }
    if len(words) == 1 and words[0] in alone:
        return alone[words[0]]()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        with databases(folder) as fresh:
            results = asyncio.run(_sweep(fresh, folder, words, breakage))
    print(f"took {time.monotonic() - began:.0f} s" + (f", BREAK={breakage}" if breakage else ""))
    failed = _conclude(results)
    if words:
        return failed
    return failed or _disks() or _pointers(breakage) or _sharing(breakage) or _editions()


def _editions() -> int:
    """2 when a digest for many was made, or told, more than once, or not at all."""
    holds = True
    with tempfile.TemporaryDirectory(prefix="faults-") as name, databases(Path(name)) as fresh:
        for sort in ("sqlite", "postgresql"):
            place = Path(name) / sort
            place.mkdir()
            with fresh.fresh(sort, place) as url:
                few = editions.Place(url, place / "few")
                days = [*editions.killed(few)]
            if sort == "postgresql":
                with fresh.fresh(sort, place) as url:
                    many = editions.Place(url, place / "many", readers=600, terms=3)
                    days += [many.morning(nodes=number)[0] for number in (1, 2, 4)]
            for day in days:
                print(f"{sort:11}{day.line}", flush=True)
            holds = holds and all(day.holds for day in days)
    return 0 if holds else 2


def _disks() -> int:
    return 0 if disks.play_all() else 1


def _pointers(breakage: str) -> int:
    """2 when the log of moves does not prove what it must."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as name, databases(Path(name)) as fresh:
        place = Path(name) / "pointers"
        place.mkdir()
        with fresh.fresh("postgresql", place) as url:
            proof = pointers.play(url, place, pointers.LONG, breakage=breakage)
    for line in proof.broken[:SHOWN]:
        print(f"        {line}")
    print(f"took {time.monotonic() - began:.0f} s" + (f", BREAK={breakage}" if breakage else ""))
    print(proof.line)
    return 0 if proof.holds else 2


def _sharing(breakage: str) -> int:
    """2 when a piece of work was done twice, or written late."""
    plans = [sharing.Plan(nodes=count) for count in (1, 2, 4)]
    plans += [sharing.Plan(stops=sort) for sort in sharing.SORTS]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as name, databases(Path(name)) as fresh:
        for number, plan in enumerate(plans):
            place = Path(name) / f"sharing{number}"
            with fresh.fresh("postgresql", place) as url:
                shared = sharing.play(url, place, plan, breakage=breakage)
            for line in shared.wrong[:SHOWN]:
                print(f"        {line}")
            print(shared.line, flush=True)
            failed = 2 if shared.wrong else failed
    return failed


async def _sweep(
    fresh: Databases, folder: Path, words: list[str], breakage: str
) -> list[tuple[Case, Tally]]:
    print(_line("row", "case", "database", "messages", "lost", "doubled", "allowed", ""))
    slots = asyncio.Semaphore(ABREAST)

    async def one(number: int, case: Case, sort: str) -> tuple[Case, Tally]:
        place = folder / str(number)
        place.mkdir()
        async with slots:
            with fresh.fresh(sort, place) as url:
                tally = await play(case, url, place, breakage=breakage)
        counts = (tally.messages, tally.lost, tally.doubled, tally.allowed)
        print(_line(case.row, case.name, sort, *counts, "" if tally.passed else "FAILED"))
        for line in tally.wrong:
            print(f"        {line}")
        sys.stdout.flush()
        return case, tally

    chosen = [
        (case, sort)
        for sort in ("sqlite", "postgresql")
        for case in all_cases()
        if sort in case.databases
        and (not words or any(word in f"{case.row} {case.name} {sort}" for word in words))
    ]
    return list(await asyncio.gather(*(one(i, *pair) for i, pair in enumerate(chosen))))


def _line(row: object, case: object, database: object, *cells: object) -> str:
    *numbers, verdict = cells
    counts = "".join(f"{number!s:>9}" for number in numbers)
    return f"{row!s:<6}{case!s:<50}{database!s:<11}{counts}  {verdict}".rstrip()


def _conclude(results: list[tuple[Case, Tally]]) -> int:
    tallies = [tally for _, tally in results]
    lost, doubled, allowed = (
        sum(getattr(tally, name) for tally in tallies) for name in ("lost", "doubled", "allowed")
    )
    print(f"faults: {len(tallies)} cases, {lost} lost, {doubled} doubled, {allowed} allowed")
    return 0 if tallies and all(tally.passed for tally in tallies) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
