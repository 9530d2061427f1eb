"""`monitor subscriptions`: who follows what, and where each stands."""

from __future__ import annotations

from datetime import datetime

import click

from monitor.cli.opened import reading
from monitor.cli.standing import standing_lines
from monitor.cli.table import table, when
from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program


@click.command(name="subscriptions")
@click.argument("address", required=False)
@click.pass_context
def command(ctx: click.Context, address: str | None) -> None:
    """Who follows what, how often, what each was told last, and when the next digest is due.

    For one ADDRESS also since when, and by which message, each situation stands where it does.

    \b
    Examples:
      monitor subscriptions
      monitor subscriptions ana@example.org
    """
    with reading(ctx) as program:
        found = program.store.subscriptions.all(address=address)
        if not found:
            click.echo("nobody follows anything yet; monitor subscribe --help")
            return
        head = ("reader", "state", "cadence", "from", "told", "last told", "next due")
        table([head, *(_row(program, entry) for entry in found)])
        for entry in found if address else ():
            for line in standing_lines(program, entry):
                click.echo(line)


def _row(program: Program, entry: Subscription) -> tuple[str, ...]:
    spec = entry.spec
    told = ", ".join(
        f"{pointer.situation}@{program.store.versions.get(pointer.told).ref.as_of}"
        for pointer in entry.pointers
    )
    state = f"{entry.state} ({entry.state_reason})" if entry.state_reason else entry.state
    if entry.state != "active":
        state += f" since {when(entry.state_at)}"
    waiting = ", ".join(f"{name} (not there yet)" for name in spec.situations)
    return (
        spec.who,
        state,
        f"{spec.cadence} {spec.zone}",
        spec.filter.minimum.word,
        told or waiting,
        when(entry.last_run or _last_message(program, entry)),
        _next(entry),
    )


def _last_message(program: Program, entry: Subscription) -> datetime | None:
    """An at-once reader has no runs: its slot is the arrival of a version."""
    sent = program.store.outbox.find(subscription=entry.id, limit=1)
    return sent[0].created_at if sent else None


def _next(entry: Subscription) -> str:
    if entry.state != "active":
        return "-"
    if entry.spec.cadence == "at-once":
        return "at a change"
    return when(entry.due_at) if entry.due_at else "at the next pass"
