"""`monitor diff` on two large tables, findings included, beside the tools that people use for it.

Whole processes, the seconds that the processor worked: each tool reads both files and tells every
cell that changed and every row that came or went, which is checked against the generated truth.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import Ran, run

COLUMNS = ("id", "first", "last", "born", "place", "role", "pay", "score", "updated", "note")
FIRST = ("Anna", "Ben", "Cora", "Dan", "Eva", "Finn", "Greta", "Hugo", "Ida", "Jan", "Kira", "Leo")
LAST = ("Berg", "Castro", "Dahl", "Egede", "Falk", "Grau", "Holm", "Ito", "Jung", "Kern", "Lang")
PLACES = ("Arendal", "Bodo", "Dombas", "Egersund", "Farsund", "Gjovik", "Halden", "Kongsberg")
ROLES = ("clerk", "judge", "registrar", "notary", "trustee", "auditor")
PACKAGES = {
    "polars": "polars",
    "DuckDB": "duckdb",
    "csv-diff": "csv_diff",
    "csv and dicts": "csv",
    "daff": "daff",
}
"""The tools, and what has to be installed for them; the fourth is plain Python."""

PEERS = Path(__file__).parents[1] / "peers" / "table_tools.py"


@dataclass(frozen=True)
class Case:
    rows: int
    share: float
    shuffled: bool = False
    quoted: bool = False

    def __str__(self) -> str:
        how = [f"{self.share * 100:.0f} % changed"]
        how += ["in another order"] if self.shuffled else []
        how += ["every cell quoted"] if self.quoted else []
        return f"{self.rows:,} rows, {', '.join(how)}"


SMALL = 100_000
CASES = (
    Case(SMALL, 0.01),
    Case(1_000_000, 0.01),
    Case(SMALL, 0.01, shuffled=True),
    Case(SMALL, 0.01, quoted=True),
    Case(SMALL, 0.2),
)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=3, help="of each tool on each pair of tables")
    parser.add_argument("--limit", type=float, default=120, help="seconds that a tool may take")


def measure(chosen: argparse.Namespace) -> int:
    wrong = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            # In a process of its own: what one holds counts as the peak of all that it starts.
            writing = multiprocessing.Process(target=write, args=(Path(folder), case))
            writing.start()
            writing.join()
            wrong += _measure(case, Path(folder), chosen)
    return 1 if wrong else 0


def _measure(case: Case, folder: Path, chosen: argparse.Namespace) -> int:
    files = [str(folder / "old.csv"), str(folder / "new.csv")]
    print(f"\n{case}\n{'tool':<16}{'CPU s':>8}{'x monitor':>11}{'peak MB':>9}   right")
    commands = {"monitor diff": ["-m", "monitor", "diff", *files]}
    commands |= {
        tool: [str(PEERS), tool, *files]
        for tool, package in PACKAGES.items()
        if importlib.util.find_spec(package)
    }
    taken: dict[str, list[Ran]] = {name: [] for name in commands}
    # In turns, so that what else the machine does falls on all alike.
    for turn in range(chosen.runs):
        for name, command in commands.items():
            if all(each.seconds is not None for each in taken[name]):
                taken[name].append(_run(command, chosen.limit))
                if turn == 0 and taken[name][0].seconds is not None and case.rows == SMALL:
                    taken[name] = [_run(command, chosen.limit)]  # its bytecode is there now
    floor = statistics.median(each.cpu for each in taken["monitor diff"])
    wrong = 0
    facts = frozenset((folder / "facts").read_text().split())
    for name, runs in taken.items():
        if any(each.seconds is None for each in runs):
            print(f"{name:<16}{'not in ' + format(chosen.limit, '.0f') + ' s':>19}")
            continue
        cpu = statistics.median(each.cpu for each in runs)
        told = _told(files) if name == "monitor diff" else _lines(runs[-1])
        off = len(told ^ facts)
        verdict = f"no ({off:,} of {len(facts):,} differ)" if off else "yes"
        wrong += name == "monitor diff" and told != facts
        peak = max(each.megabytes for each in runs)
        print(f"{name:<16}{cpu:8.2f}{cpu / floor:11.2f}{peak:9.0f}   {verdict}", flush=True)
    for name in PACKAGES.keys() - commands.keys():
        print(f"{name:<16} IS NOT INSTALLED: make bench installs it")
    return wrong


def _run(command: Sequence[str], limit: float) -> Ran:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return run([sys.executable, *command], limit=limit, environment=kept)


def _lines(ran: Ran) -> frozenset[str]:
    return frozenset(ran.output.decode().split())


def _told(files: Sequence[str]) -> frozenset[str]:
    """What the findings stand for; each change is in one of them."""
    ran = _run(["-m", "monitor", "diff", *files, "--format", "json"], 600)
    answer = json.loads(ran.output)
    told = {identity for finding in answer["findings"] for identity in finding["changes"]}
    return frozenset(
        "/".join(filter(None, (change["key"][0]["id"], change.get("field"))))
        for change in answer["changes"]
        if change["id"] in told
    )


def write(folder: Path, case: Case) -> None:
    """`old.csv` and `new.csv`, and the right answer in `facts`: of the changed rows four in five
    have one or two other cells, the others came or went."""
    chance = random.Random(case.rows)
    rows = [_row(number, chance) for number in range(1, case.rows + 1)]
    _write(folder / "old.csv", rows, case)
    picked = chance.sample(range(case.rows), round(case.rows * case.share))
    edited, gone = picked[: len(picked) * 8 // 10], set(picked[len(picked) * 9 // 10 :])
    facts = {str(place + 1) for place in gone}
    for place in edited:
        row = list(rows[place])
        row[6] = str(int(row[6]) + 7)
        facts.add(f"{row[0]}/pay")
        if place % 3 == 0:
            row[5] = "director"
            facts.add(f"{row[0]}/role")
        rows[place] = row
    rows = [row for place, row in enumerate(rows) if place not in gone]
    for number in range(len(picked) // 10):
        rows.append(_row(case.rows + 1 + number, chance))
        facts.add(rows[-1][0])
    if case.shuffled:
        chance.shuffle(rows)
    _write(folder / "new.csv", rows, case)
    (folder / "facts").write_text("\n".join(facts))


def _row(number: int, chance: random.Random) -> list[str]:
    return [
        str(number),
        chance.choice(FIRST),
        chance.choice(LAST),
        f"{chance.randint(1940, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        chance.choice(PLACES),
        chance.choice(ROLES),
        str(chance.randint(1000, 99999)),
        f"{chance.random():.4f}",
        f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        f"file {chance.randint(1, 10**6)}",
    ]


def _write(file: Path, rows: Sequence[Sequence[str]], case: Case) -> None:
    with file.open("w", newline="") as stream:
        style = csv.writer(stream, lineterminator="\n")
        if case.quoted:
            style = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        style.writerow(COLUMNS)
        style.writerows(rows)
