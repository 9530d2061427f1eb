"""`monitor suppress`: addresses that get no mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import get_args

import click

from monitor.cli.opened import now, opened, reading
from monitor.cli.table import table, when
from monitor.model.returned import Verdict
from monitor.model.text import visible
from monitor.pipeline.readers.subscribing import canonical
from monitor.pipeline.returned.standing import words_of


@click.group(name="suppress")
def command() -> None:
    """Keep addresses from getting any mail, or that of one subscription; every step is audited.

    \b
    Examples:
      monitor suppress add ana@example.org --reason "asked by phone"
      monitor suppress list
      monitor suppress lift ana@example.org --reason "mailbox repaired"
      monitor suppress audit
      monitor suppress returned
    """


@command.command(name="add")
@click.argument("address")
@click.option("--scope", default="all", show_default=True, help="all, or a subscription's name.")
@click.option("--reason", required=True)
@click.pass_context
def add(ctx: click.Context, address: str, scope: str, reason: str) -> None:
    """Send nothing more to an address; what waits in the outbox is not sent either."""
    with opened(ctx) as program:
        program.store.suppressions.add(
            canonical(address), scope=scope, reason=reason, by="command", now=now()
        )
        click.echo(f"{address} gets no mail ({scope})")


@command.command(name="lift")
@click.argument("address")
@click.option("--scope", default="all", show_default=True)
@click.option("--reason", required=True)
@click.pass_context
def lift(ctx: click.Context, address: str, scope: str, reason: str) -> None:
    """Let mail through again; the reader's subscriptions go on from where they stood."""
    with opened(ctx) as program:
        program.store.suppressions.lift(
            canonical(address), scope=scope, reason=reason, by="command", now=now()
        )
        click.echo(f"{address} gets mail again ({scope})")


@command.command(name="list")
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """Every suppressed address, why and since when."""
    with reading(ctx) as program:
        found = program.store.suppressions.all()
        if not found:
            click.echo("no address is suppressed")
        table([(one.address, one.scope, when(one.at), one.source, one.reason) for one in found])


@command.command(name="audit")
@click.pass_context
def audit(ctx: click.Context) -> None:
    """Who suppressed or lifted what, when and why; and when readers were erased, not who."""
    with reading(ctx) as program:
        lines: list[tuple[datetime, tuple[str, ...]]] = [
            (one.at, (one.action, one.address, one.scope, one.by, one.reason))
            for one in program.store.suppressions.audit()
        ]
        lines += [
            (at, ("erased", "a reader", "all", "reader", "on her own word"))
            for at in program.store.readers.erasures()
        ]
        table([(when(at), *rest) for at, rest in sorted(lines)])


@command.command(name="returned")
@click.option("--days", default=30, show_default=True, help="How far back.")
@click.option("--limit", default=100, show_default=True)
@click.pass_context
def returned(ctx: click.Context, days: int, limit: int) -> None:
    """Reports of mail that came back, and what each has done; the newest first."""
    with reading(ctx) as program:
        since = now() - timedelta(days=days)
        found = program.store.bounces.recent(get_args(Verdict), since=since, limit=limit)
        if not found:
            click.echo(f"nothing came back in {days} days")
        table(
            [
                (
                    when(one.at),
                    one.verdict,
                    one.address or "?",
                    f"message {one.message}" if one.message else "",
                    one.way,
                    visible(f"{words_of(one)} (by {one.reporter or '?'})", 300),
                )
                for one in found
            ]
        )
