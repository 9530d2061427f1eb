"""Playing cases, each on a fresh database, and what came of them."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.store.opening import open_store
from tests.faults import answering, desks, killing, mistakes, rates, refusing, webhooks
from tests.faults.case import Case
from tests.faults.stage import Tally, Unfinished
from tests.postgres import PostgresServer

BREAKAGES = ("mark-first", "drop-lease", "no-rates", *mistakes.MISTAKES)
FLOOD = 3
"""Times as many copies as messages, after which a broken node is stopped."""


def all_cases() -> list[Case]:
    return [
        *killing.cases(),
        *answering.cases(),
        *rates.cases(),
        *refusing.cases(),
        *desks.cases(),
        *webhooks.cases(),
    ]


@dataclass(frozen=True)
class Databases:
    """Empty databases with our tables, made by copying one."""

    folder: Path
    server: PostgresServer
    template: str

    @contextlib.contextmanager
    def fresh(self, sort: str, folder: Path) -> Iterator[str]:
        if sort == "postgresql":
            name = self.server.create(template=self.template)
            yield self.server.url(name)
            self.server.drop(name)
        else:
            shutil.copy(self.folder / "template.db", folder / "monitor.db")
            yield f"sqlite:///{folder / 'monitor.db'}"


@contextlib.contextmanager
def databases(folder: Path) -> Iterator[Databases]:
    with PostgresServer() as server:
        template = server.create()
        for url in (server.url(template), f"sqlite:///{folder / 'template.db'}"):
            open_store(url).close()
        yield Databases(folder, server, template)


async def play(case: Case, url: str, folder: Path, *, breakage: str = "") -> Tally:
    """One case. What does not end in time is stopped, and judged as it then stands."""
    # On SQLite a claim ends with its process, so there a short one would only hurry the sends.
    lease = Case.lease if url.startswith("sqlite") else case.lease
    stage = case.stage(url=url, folder=folder, breakage=breakage, lease=lease)
    await stage.open()
    try:
        async with asyncio.timeout(case.seconds), stage.flood_stop(FLOOD):
            await case.scene(stage)
    except (TimeoutError, Unfinished) as error:
        stage.wrong.append(str(error) or f"not finished within {case.seconds:.0f} s")
    finally:
        await stage.close()
    return stage.tally()
