"""`make fuzz ARGS=SECONDS [SEED]`: pairs until the time is over; exit 0 only if nothing is wrong.

Progress goes to standard error. Each failure is printed with its seed and a small pair; the same
seed makes the same pairs again.
"""

from __future__ import annotations

import gc
import importlib
import json
import re
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.fuzz import assemblies, documents, rosters
from tests.fuzz.shrinking import smallest
from tests.fuzz.trying import Bench, Fault, Pair

SECONDS = 60
COMMAND_EVERY = 400
"""Of so many pairs one goes through the real command, which takes as long as a hundred others."""

SHOWN = 5
"""Failures of one sort that are made small and shown; the rest is counted."""

WORDS = {
    "crash": "crashes",
    "patch": "patches wrong",
    "order": "not deterministic",
    "lost": "with a change untold",
}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["api"]:
        # Loads what asks by an OpenAPI, which nothing else here needs.
        return int(importlib.import_module("tests.interface").main(arguments[1:]))
    try:
        seconds = float(arguments[0]) if arguments else SECONDS
        seed = int(arguments[1]) if len(arguments) > 1 else time.time_ns() % 10**9
    except ValueError:
        print("python -m tests.fuzz [SECONDS [SEED]], or api [QUESTIONS]", file=sys.stderr)
        return 2
    return run(seconds=seconds, seed=seed)


def pair_of(seed: int) -> Pair:
    """The pair of a seed: most are an edit of a document, some are two that are unlike."""
    random = Random(seed)
    if random.random() < 0.25:
        old = assemblies.document(random)
        return Pair(old, assemblies.edited(random, old), kind=True)
    if random.random() < 0.35:
        return Pair(*rosters.pair(random), kind=False)
    old = documents.document(random)
    if random.random() < 0.15:
        return Pair(old, documents.document(random), kind=False)
    times = random.choice((0, 1, 1, 2, 3, 5, 12))
    return Pair(old, documents.edited(random, old, times), kind=False)


def run(*, seconds: float, seed: int, most: int | None = None) -> int:
    """Pairs of the seeds from this one on; `most` ends it by number, for tests."""
    counts = dict.fromkeys(WORDS, 0)
    ends = time.monotonic() + seconds
    told = time.monotonic()
    pairs = 0
    print(f"fuzz: from seed {seed}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        while time.monotonic() < ends and (most is None or pairs < most):
            fault = _tried(bench, seed + pairs, with_command=pairs % COMMAND_EVERY == 7)
            if fault is not None:
                counts[fault.verdict] += 1
                _show(bench, seed + pairs, fault, shown=counts[fault.verdict] <= SHOWN)
            pairs += 1
            # The command turns garbage collection off: it ends soon, this does not.
            gc.enable()
            if time.monotonic() - told > 10:
                told = time.monotonic()
                print(f"fuzz: {pairs} pairs, {ends - told:.0f} s left", file=sys.stderr, flush=True)
    said = ", ".join(f"{counts[verdict]} {words}" for verdict, words in WORDS.items())
    print(f"fuzz: {pairs} pairs, {said}", flush=True)
    return 1 if any(counts.values()) else 0


def _tried(bench: Bench, seed: int, *, with_command: bool) -> Fault | None:
    pair = pair_of(seed)
    fault = bench.faults(pair, Random(seed))
    if fault is None and with_command:
        fault = bench.command_fault(pair)
    return fault


def _show(bench: Bench, seed: int, fault: Fault, *, shown: bool) -> None:
    if not shown:
        return

    def wrong(pair: Pair) -> bool:
        found = bench.faults(pair, Random(seed))
        return found is not None and found.verdict == fault.verdict and _alike(found, fault)

    small = smallest(pair_of(seed), wrong)
    found = bench.faults(small, Random(seed)) or fault
    print(f"fuzz: seed {seed}: {WORDS[fault.verdict]}: {found.text[:600]}")
    print(f"  kind: {'assembly' if small.kind else 'none'}")
    print(f"  old: {json.dumps(small.old)}")
    print(f"  new: {json.dumps(small.new)}", flush=True)


def _alike(one: Fault, other: Fault) -> bool:
    """The same sort of error, so that a crash is not made smaller into another."""
    return one.verdict != "crash" or _words(one) == _words(other)


def _words(fault: Fault) -> str:
    """The message without what is in the document."""
    return re.sub(r"\W+|\d+", " ", fault.text)[-40:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
