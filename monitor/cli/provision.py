"""`monitor provision`: the configured subscriptions, brought into the store on purpose."""

from __future__ import annotations

from typing import Final

import click

from monitor.cli.opened import now, opened
from monitor.pipeline.passed import total
from monitor.pipeline.readers.naming import refuse_impossible
from monitor.pipeline.readers.provision import provision
from monitor.pipeline.telling.welcome import Begun, begin

WORDS: Final = ("created", "updated", "ended", "left")

LISTED: Final = 20
"""Readers named for each word; a list of thousands is counted."""


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
    for word in WORDS:
        names = getattr(done, word)
        note = " alone: its reader ended it" if word == "left" else ""
        for name in names[:LISTED]:
            click.echo(f"{word} {name}{note}")
        if len(names) > LISTED:
            click.echo(f"{word} {len(names) - LISTED:,} more{note}")
    if not any((done.created, done.updated, done.ended)):
        click.echo("nothing to change")
        return
    counts = (f"{len(getattr(done, word)):,} {word}" for word in WORDS if getattr(done, word))
    click.echo(f"in all: {', '.join(counts)}")
