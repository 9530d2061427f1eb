"""`monitor mute`: hide some findings from one reader for a while."""

from __future__ import annotations

from datetime import date

import click

from monitor.cli.opened import find_subscription, now, opened, reading, warn
from monitor.cli.table import table
from monitor.pipeline.readers.known import mute_doubts
from monitor.pipeline.readers.naming import known_to
from monitor.pipeline.readers.subscribing import refuse_certain


@click.group(name="mute")
def command() -> None:
    """Hide findings from one reader; the digest's footer says what a mute hid.

    \b
    Examples:
      monitor mute add ana@example.org statements --until 2026-03-01 --reason "too many"
      monitor mute list ana@example.org
      monitor mute remove ana@example.org 3
    """


@command.command(name="add")
@click.argument("who", metavar="ADDRESS[/NAME]")
@click.argument("what")
@click.option("--until", metavar="DATE", help="The last day. Default: until it is removed.")
@click.option("--reason", default="", help="Shown in the footer of each digest.")
@click.pass_context
def add(ctx: click.Context, who: str, what: str, until: str | None, reason: str) -> None:
    """WHAT is a rule, a collection, a party, an issue, or an entity such as people[medinsky]."""
    _check_date(until)
    with opened(ctx) as program:
        found = find_subscription(program, who)
        warn(refuse_certain(mute_doubts(known_to(program), found.spec.situations, what)))
        mute = program.store.subscriptions.mute(found.id, what, reason, until=until, now=now())
        click.echo(f"{mute.id}: {what} is hidden from {found.spec.who}")


@command.command(name="list")
@click.argument("who", metavar="ADDRESS[/NAME]")
@click.pass_context
def list_mutes(ctx: click.Context, who: str) -> None:
    """What is hidden from a reader."""
    with reading(ctx) as program:
        found = find_subscription(program, who)
        if not found.mutes:
            click.echo("nothing is muted")
        table(
            [
                (str(mute.id), mute.what, f"until {mute.until or 'removed'}", mute.reason)
                for mute in found.mutes
            ]
        )


@command.command(name="remove")
@click.argument("who", metavar="ADDRESS[/NAME]")
@click.argument("number", type=int)
@click.pass_context
def remove(ctx: click.Context, who: str, number: int) -> None:
    """Show the findings again, from the next run on."""
    with opened(ctx) as program:
        found = find_subscription(program, who)
        if number not in {mute.id for mute in found.mutes}:
            raise click.BadParameter(f"{who} has no mute {number}")
        program.store.subscriptions.unmute(number)
        click.echo(f"mute {number} is removed")


def _check_date(text: str | None) -> None:
    if text is None:
        return
    try:
        date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date such as 2026-03-01") from None
