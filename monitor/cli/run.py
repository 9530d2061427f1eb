"""`monitor run`: the service, or one full pass."""

from __future__ import annotations

import asyncio
import signal
from functools import partial

import click

from monitor.cli.opened import now, opened
from monitor.deliver.ports import Runner
from monitor.errors import ExtraMissing
from monitor.model.subscription import Leaving
from monitor.pipeline.program import Program, store_place
from monitor.pipeline.readers.subscribing import leave_by_token, named_by
from monitor.pipeline.say import say
from monitor.service.log import set_up
from monitor.service.service import Companion, Finished, Service
from monitor.words.en.values import counted


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
    return await Service(program, clock=now).once()


async def _serve(program: Program) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    service = Service(program, clock=now)
    await service.run(stop, companions=_companions(program, service.in_store_thread))


def _companions(program: Program, run: Runner) -> list[Companion]:
    web = program.settings.web
    if not web.enabled:
        return []
    try:
        from monitor.web.app import make_app
        from monitor.web.server import listen, serve
    except ModuleNotFoundError as error:
        if (error.name or "monitor").startswith("monitor"):
            raise
        raise ExtraMissing("web.enabled asks for pages", "web") from error
    app = make_app(ByToken(program, run), program.templates)
    listening = listen(web.host, web.port)
    address, port = listening.getsockname()[:2]
    say("web", f"web page for unsubscribing: http://{address}:{port}/u/...")
    return [partial(serve, app=app, listening=listening)]


class ByToken:
    """What the unsubscribe page asks, answered where store calls run."""

    def __init__(self, program: Program, run: Runner) -> None:
        self._program = program
        self._run = run

    async def named_by(self, token: str) -> Leaving | None:
        return await self._run(partial(named_by, self._program, token))

    async def unsubscribe(self, token: str) -> Leaving | None:
        return await self._run(partial(leave_by_token, self._program, token, now()))


def _introduce(program: Program) -> None:
    settings = program.settings
    say("config", f"configuration: {settings.file or 'the built-in defaults'}")
    for name, source in settings.sources.items():
        say("source", f"source {name}: {settings.folders.get(name, source.where)}", source=name)
    say("store", f"store: {store_place(settings)}")
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
