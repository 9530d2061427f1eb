"""`monitor withdraw`: a snapshot that counts no more."""

from __future__ import annotations

import click

from monitor.cli.opened import now, opened
from monitor.pipeline.baselines import compare_new
from monitor.pipeline.passed import total
from monitor.pipeline.withdrawing import withdraw


@click.command(name="withdraw")
@click.argument("version", metavar="SITUATION@VERSION")
@click.option("--reason", required=True, help="Kept with the snapshot.")
@click.pass_context
def command(ctx: click.Context, version: str, reason: str) -> None:
    """Take a snapshot out for good: it counts no more, and states are derived anew without it.

    Readers who were told hear at their next digest what no longer holds. The same bytes do not
    come back; a corrected file does. What was said for the same as_of before counts again.

    \b
    Examples:
      monitor withdraw ukraine-talks@2026-02-15 --reason "of another year"
    """
    with opened(ctx) as program:
        done = withdraw(program, version, reason, now())
        total(compare_new(program, now()))
        click.echo(f"withdrawn: {done.snapshot.situation} {done.snapshot.as_of} ({reason})")
        for one in done.versions:
            click.echo(f"derived anew: {one.ref.as_of}, revision {one.ref.revision}")
        click.echo(f"latest: {done.latest.ref.as_of if done.latest else 'none'}")
