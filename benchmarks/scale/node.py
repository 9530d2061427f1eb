"""python -m benchmarks.scale.node: the service with counters, until it is told to end.

Prints `ready` after the first pass, its counts as JSON at each SIGUSR1, and once more at the end.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scale.counts import Counts, watch
from monitor.pipeline.program import open_program
from monitor.service.service import Service
from monitor.settings import load

LAST_STEP = "operator"


def main() -> int:
    order = json.loads(sys.argv[1])
    logging.disable(logging.CRITICAL)
    counts = watch()
    environment = {"MONITOR_STORE_URL": order["url"], "MONITOR_SECRET": "of the benchmark"}
    file = Path(order["folder"]) / "config" / "monitor.toml"
    program = open_program(load(file, env=environment))
    try:
        asyncio.run(_serve(Service(program, clock=lambda: datetime.now(UTC)), counts))
    finally:
        program.store.close()
    _say(counts)
    return 0


async def _serve(service: Service, counts: Counts) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(signal.SIGUSR1, _say, counts)
    ready = asyncio.create_task(_ready(counts))
    await service.run(stop)
    ready.cancel()


async def _ready(counts: Counts) -> None:
    while LAST_STEP not in counts.step_queries:
        await asyncio.sleep(0.1)
    print("ready", flush=True)


def _say(counts: Counts) -> None:
    print(json.dumps({"queries": counts.queries, **counts.calls}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
