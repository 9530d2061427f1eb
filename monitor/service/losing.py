"""What the service does when the database's file goes from under it: save, tell, and end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from monitor.errors import StoreReplaced
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.pipeline.telling.letters import alarm

PATIENCE = 60.0
"""Seconds that a mail server gets to take the alarm; the service ends meanwhile or after."""


def rescue(program: Program, error: StoreReplaced, now: datetime) -> StoreReplaced:
    """The whole story, with the name of the file that holds what was served, or that there is
    none."""
    file = program.store.nodes.rescue(now=now)
    rest = (
        f"what it held is in {file}: put that in its place (or a backup), then start again"
        if file
        else "it could not be copied out; put a backup in its place, then start again"
    )
    return StoreReplaced(f"{error}; the service stops and tells nobody anything; {rest}")


async def raise_alarm(
    program: Program, error: StoreReplaced, clock: Callable[[], datetime]
) -> None:
    """One line in the log, one mail to the operator; if that fails, the line has to do."""
    warn("store-replaced", str(error))
    try:
        channel = program.settings.channel.open(program.settings)
        try:
            deadline = asyncio.get_running_loop().time() + PATIENCE
            await channel.send(alarm(program, str(error), clock()), deadline=deadline)
        finally:
            await channel.close()
    except Exception as failed:  # noqa: BLE001 - the service ends in any case, and says why
        warn("alarm-failed", f"the operator cannot be told by mail: {failed}")
