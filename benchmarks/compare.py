"""Comparing: every tool on the same generated documents, each answer checked against the truth.

python -m benchmarks compare [--quick] [--sizes 1000,10000] [--shares 1,20] [--limit SECONDS]
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.generate import Pair, pair
from benchmarks.peer import TOOLS
from benchmarks.process import run

HERE = Path(__file__).parent / "peers"
NODE_SCRIPT = HERE / "jsondiffpatch.mjs"
# Beyond this many entities only tools whose time grows in line with the document are tried.
SLOW_UP_TO = 10_000
SLOW = ("deepdiff ignore_order", "deepdiff plain")


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    node = _node()
    right = True
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for size in options.sizes:
            for share in options.shares:
                right &= _table(Path(folder), size, share, node=node, limit=options.limit)
    return 0 if right else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks compare")
    parser.add_argument("--quick", action="store_true", help="1,000 entities, 10 seconds a tool")
    parser.add_argument("--sizes", default="100,1000,10000,100000")
    parser.add_argument("--shares", default="1,20", help="per cent of the entities that differ")
    parser.add_argument("--limit", type=float, default=60, help="seconds that one tool may take")
    options = parser.parse_args(arguments)
    if options.quick:
        options.sizes, options.limit = "1000", 10
    options.sizes = [int(size) for size in options.sizes.split(",")]
    options.shares = [float(share) for share in options.shares.split(",")]
    return options


def _node() -> bool:
    """Whether jsondiffpatch can run; installs it, from its lock file, when it is not there."""
    if not shutil.which("node") or not shutil.which("npm"):
        print("*** NO NODE: jsondiffpatch is not measured; install node and npm ***")
        return False
    if not (HERE / "node_modules").is_dir():
        print(f"installing jsondiffpatch into {HERE / 'node_modules'} ...", flush=True)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(command, cwd=HERE, check=False).returncode:
            print("*** NPM FAILED: jsondiffpatch is not measured ***")
            return False
    return True


def _table(folder: Path, size: int, share: float, *, node: bool, limit: float) -> bool:
    made = pair(size, share / 100)
    old, new = folder / "old.json", folder / "new.json"
    old.write_text(json.dumps(made.old))
    new.write_text(json.dumps(made.new))
    print(f"\n{size:,} entities, {share:g} % changed: {old.stat().st_size / 1e6:.1f} MB a side")
    print(f"{'tool':<26}{'ms':>9}{'x parse':>9}{'x monitor':>10}{'MB':>7}{'x held':>8}  right")
    runs = 7 if size <= 10_000 else 3
    measured = {}
    names = [name for name in TOOLS if size <= SLOW_UP_TO or name not in SLOW]
    for name in [*names, *(["jsondiffpatch (node)"] if node else [])]:
        measured[name] = _measure(name, old, new, made, runs=runs, limit=limit)
        _row(name, measured)
    right = all(m["right"] for name, m in measured.items() if name.startswith("monitor"))
    _whole_process(old, new, node=node, limit=limit)
    return right


def _measure(
    name: str, old: Path, new: Path, made: Pair, *, runs: int, limit: float
) -> dict[str, Any]:
    script = [sys.executable, "-m", "benchmarks.peer", name]
    if name.startswith("jsondiffpatch"):
        script = ["node", str(NODE_SCRIPT)]
    tail = [str(old), str(new), str(runs)]
    ran = run([*script, *tail], limit=limit)
    if ran.seconds is None:
        return {"seconds": None, "right": False, "mb": ran.megabytes, "limit": limit}
    answer = json.loads(ran.output)
    facts = answer["facts"]
    right = len(facts) == len(made.facts) and set(facts) == made.facts
    return {**answer, "right": right, "found": len(facts), "mb": ran.megabytes}


def _row(name: str, measured: dict[str, dict[str, Any]]) -> None:
    floor, own, found = measured["parse"], measured.get("monitor"), measured[name]
    if found["seconds"] is None:
        print(f"{name:<26}  > {found['limit'] * 1000:,.0f}", flush=True)
        return
    if name == "parse":
        print(f"{name:<26}{found['parse'] * 1000:9.1f}{1:9.2f}{'':10}{found['mb']:7.0f}{1:8.2f}")
        return
    ratio = found["seconds"] / own["seconds"] if own and own["seconds"] else 0
    right = "yes" if found["right"] else f"no ({found['found']:,} items)"
    print(
        f"{name:<26}{found['seconds'] * 1000:9.1f}{found['seconds'] / floor['parse']:9.2f}"
        f"{ratio:10.1f}{found['mb']:7.0f}{found['mb'] / floor['mb']:8.2f}  {right}",
        flush=True,
    )


def _whole_process(old: Path, new: Path, *, node: bool, limit: float) -> None:
    """From the start of the process to its end, as a person at a prompt has it."""
    commands = {
        "monitor diff": [sys.executable, "-m", "monitor", "diff", "--format", "json"],
        "jsondiffpatch (node)": ["node", str(NODE_SCRIPT)] if node else [],
        "jd -setkeys": ["jd", "-setkeys", "id"] if shutil.which("jd") else [],
    }
    seconds = {}
    for name, command in commands.items():
        if not command:
            continue
        tail = [str(old), str(new), *(["1"] if command[0] == "node" else [])]
        seconds[name] = _fastest([*command, *tail], limit)
    if "jd -setkeys" not in seconds:
        print("*** NO JD: install jd to have it measured ***")
    own = seconds["monitor diff"]
    for name, taken in seconds.items():
        ratio = f"{own / taken:.2f} x" if own and taken else "-"
        text = f"{taken:.3f} s" if taken else f"> {limit:g} s"
        print(f"whole process: {name:<22}{text:>9}   monitor / it = {ratio}")


def _fastest(command: list[str], limit: float) -> float | None:
    """Of three runs: what else runs on the machine can only add."""
    runs = [run(command, limit=limit).seconds for _ in range(3)]
    return min((taken for taken in runs if taken is not None), default=None)
