"""`monitor provision`: the configured subscriptions, brought into the store on purpose."""

from __future__ import annotations

import click

from monitor.cli.opened import now, opened
from monitor.pipeline.passed import total
from monitor.pipeline.readers.naming import refuse_impossible
from monitor.pipeline.readers.provision import provision
from monitor.pipeline.telling.welcome import Begun, begin


@click.command(name="provision")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Bring subscriptions in line with the configuration.

    With SQLite the service does this at each start. With PostgreSQL several nodes share one
    database, and it is done once, by this command. It never revives what a reader ended.

    \b
    Example:
      monitor provision
    """
    with opened(ctx) as program:
        refuse_impossible(program)
        done = provision(program, now())
        total(begin(program, Begun(), now()))
    for word in ("created", "updated", "ended", "left"):
        for name in getattr(done, word):
            note = " alone: its reader ended it" if word == "left" else ""
            click.echo(f"{word} {name}{note}")
    if not any((done.created, done.updated, done.ended)):
        click.echo("nothing to change")
