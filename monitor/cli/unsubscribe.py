"""`monitor unsubscribe`: end a subscription on its reader's word."""

from __future__ import annotations

import click

from monitor.cli.opened import find_subscription, now, opened
from monitor.pipeline.readers.subscribing import leave


@click.command(name="unsubscribe")
@click.argument("who", metavar="ADDRESS[/NAME]")
@click.pass_context
def command(ctx: click.Context, who: str) -> None:
    """End a subscription at once. The configuration never revives it.

    \b
    Examples:
      monitor unsubscribe ana@example.org
      monitor unsubscribe ana@example.org/weekly
    """
    with opened(ctx) as program:
        found = find_subscription(program, who)
        leave(program, found, "by command", now())
        click.echo(f"{found.spec.who} is unsubscribed")
