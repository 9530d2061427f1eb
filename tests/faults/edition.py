"""One node of the cases with editions: one pass over those who are due, or as far as it comes.

python -m tests.faults.edition URL FOLDER NOW COMMIT
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from monitor.model.digest import Digest
from monitor.pipeline.telling import digests, editions, rendering
from monitor.report.digest import make_digest
from tests.faults.node import opened
from tests.faults.wrappers import die

PAGE = 8
LEASE = timedelta(seconds=1)


def main(url: str, folder: Path, now: datetime, commit: int) -> None:
    """Dies before the COMMIT of that number, counted from the first of the pass; 0: never."""
    node = opened(url, folder, now)
    digests.PAGE = PAGE  # type: ignore[misc]
    if commit:
        # It dies with it, and the others need not wait for long.
        editions.LEASE = LEASE  # type: ignore[misc]
    rendering.make_digest = _noting(folder / "rendered")  # type: ignore[attr-defined]
    (folder / f"{os.getpid()}.ready").touch()
    while (folder / "wait").exists():
        time.sleep(0.01)
    _dies_at(commit)
    for _ in digests.run_due(node.program, now):
        pass
    node.program.store.nodes.stop(now=now)


def _noting(file: Path) -> Any:
    def make(*given: Any) -> Digest:
        with file.open("a") as log:
            log.write(".")
        return make_digest(*given)

    return make


def _dies_at(commit: int) -> None:
    seen = 0

    def count(connection: Connection) -> None:
        nonlocal seen
        seen += bool(connection.get_execution_options().get("monitor_writes"))
        if commit and seen == commit:
            die()

    event.listen(Engine, "commit", count)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), int(sys.argv[4]))
