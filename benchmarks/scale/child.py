"""python -m benchmarks.scale.child: one case in a process of its own, against the code that is on
the path. Reads what to do as JSON from standard input, prints what it found as JSON."""

from __future__ import annotations

import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

from benchmarks.scale import cases
from benchmarks.scale.counts import watch
from monitor.pipeline.program import open_program
from monitor.settings import load


def main() -> int:
    order: dict[str, Any] = json.load(sys.stdin)
    logging.disable(logging.CRITICAL)
    counts = watch(timed=order.get("timed", False))
    folder = Path(order["folder"])
    environment = {"MONITOR_STORE_URL": order["url"], "MONITOR_SECRET": "of the benchmark"}
    program = open_program(load(folder / "config" / "monitor.toml", env=environment))
    try:
        found = cases.CASES[order["case"]](program, counts, order)
    finally:
        program.store.close()
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
