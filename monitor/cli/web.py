"""`monitor web`: the pages alone, beside a service that runs elsewhere or not at all."""

from __future__ import annotations

import asyncio
import signal

import click

from monitor.cli.opened import now, opened
from monitor.errors import ExtraMissing
from monitor.pipeline.program import Program
from monitor.service.log import set_up
from monitor.service.thread import StoreThread


@click.command(name="web")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Serve the pages until it is stopped; `monitor run` does so by itself.

    \b
    Examples:
      monitor web
      monitor --config /etc/monitor/monitor.toml web
    """
    with opened(ctx) as program:
        set_up(program.settings.service.log)
        asyncio.run(_serve(program))


async def _serve(program: Program) -> None:
    try:
        from monitor.web.serving import beside
    except ModuleNotFoundError as error:
        if (error.name or "monitor").startswith("monitor"):
            raise
        raise ExtraMissing("pages are asked for", "web") from error
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    writing, reading = StoreThread(sqlite=program.store.is_sqlite), StoreThread(sqlite=True)
    try:
        await beside(lambda: program, read=reading, write=writing, clock=now)(stop)
    finally:
        reading.close()
        writing.close()
