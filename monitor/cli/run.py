"""`monitor run`: the service, or one full pass."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from typing import TYPE_CHECKING

import click

from monitor.cli.opened import now, opened
from monitor.errors import ExtraMissing, MonitorError
from monitor.pipeline.program import Program, store_place
from monitor.pipeline.say import say, warn
from monitor.service.log import set_up
from monitor.service.mailbox import Returns
from monitor.service.service import Companion, Finished, Service
from monitor.service.thread import StoreThread
from monitor.words.en.values import counted

if TYPE_CHECKING:
    from monitor.service.figures import Figures


@click.command(name="run")
@click.option("--once", is_flag=True, help="Do one full pass, deliver, and exit.")
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    help="How events are written to standard error. Default: service.log of the configuration.",
)
@click.pass_context
def command(ctx: click.Context, once: bool, log: str | None) -> None:
    """Watch the sources and tell readers what changed, until it is stopped.

    With --once it takes in what is new, writes and delivers what is due, and exits 0 even if
    something needs a person; `monitor status` then exits 1.

    \b
    Examples:
      monitor run
      monitor run --once
      monitor --config /etc/monitor/monitor.toml run --log json
    """
    with opened(ctx) as program:
        set_up(log or program.settings.service.log)
        _introduce(program)
        if once:
            _conclude(asyncio.run(_once(program)))
        else:
            asyncio.run(_serve(program))


async def _once(program: Program) -> Finished:
    if program.settings.bounces.host is not None:
        await _look_for_returns(program)
    return await Service(program, clock=now).once()


async def _look_for_returns(program: Program) -> None:
    store_thread = StoreThread(sqlite=program.store.is_sqlite)
    try:
        await Returns(lambda: program, run=store_thread, clock=now).look()
    finally:
        store_thread.close()


async def _serve(program: Program) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    figures = _figures(program)
    service = Service(program, clock=now, meter=figures)
    companions = _companions(program, service, figures)
    if program.settings.bounces.host is not None:
        run = service.in_store_thread
        companions.append(Returns(lambda: service.program, run=run, clock=now))
    await service.run(stop, companions=companions)


def _figures(program: Program) -> Figures | None:
    """Kept where there are pages that show them; without the extra there are none."""
    if not program.settings.web.enabled:
        return None
    try:
        from monitor.service.figures import Figures
    except ModuleNotFoundError as error:
        if (error.name or "monitor").startswith("monitor"):
            raise
        return None
    return Figures()


def _companions(program: Program, service: Service, figures: Figures | None) -> list[Companion]:
    web = program.settings.web
    if not web.enabled:
        return []
    try:
        from monitor.web.serving import beside
    except ModuleNotFoundError as error:
        if (error.name or "monitor").startswith("monitor"):
            raise
        missing = ExtraMissing("web.enabled asks for pages", "web")
        if "web.enabled" in program.settings.lines:
            raise missing from error
        warn("no-web", f"{missing}")
        return []
    try:
        return [
            beside(
                lambda: service.program,
                read=StoreThread(sqlite=True),
                write=service.in_store_thread,
                clock=now,
                figures=partial(_text, figures, service) if figures else None,
            )
        ]
    except MonitorError as error:
        # Mail does not wait for a port.
        warn("no-web", f"there are no pages: {error}")
        return []


def _text(figures: Figures, service: Service) -> bytes:
    return figures.text(service.program, service.delivered_by, now())


def _introduce(program: Program) -> None:
    settings = program.settings
    say("config", f"configuration: {settings.file or 'the built-in defaults'}")
    for name, source in settings.sources.items():
        say("source", f"source {name}: {settings.folders.get(name, source.where)}", source=name)
    say("store", f"store: {store_place(settings)}")
    for name, channel in settings.named_channels.items():
        say("channel", f"channel {name}: {channel.kind}", channel=name)
    say("mail", settings.channel.introduction(settings))


def _conclude(finished: Finished) -> None:
    passed, delivered = finished.passed, finished.delivered
    say(
        "pass-done",
        f"{counted(passed.snapshots, 'snapshot')}, {counted(passed.digests, 'digest')}, "
        f"{counted(passed.alerts, 'alert')}, {counted(passed.welcomes, 'welcome')}; "
        f"{counted(delivered.sent, 'message')} handed over",
    )
    if passed.trouble:
        say("needs-person", f"a person is needed ({passed.trouble}): monitor status")
