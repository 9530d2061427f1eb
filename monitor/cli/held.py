"""`monitor held`: versions that look like an accident wait for a person."""

from __future__ import annotations

import click

from monitor.cli.opened import now, opened, reading
from monitor.cli.table import table, when
from monitor.pipeline.intake.holding import find_held, reject, release


@click.group(name="held")
def command() -> None:
    """List, release or reject versions held for a person.

    \b
    Examples:
      monitor held list
      monitor held release ukraine-talks@2026-02-20
      monitor held reject ukraine-talks@3f2a9c --reason "an emptied file"
    """


@command.command(name="list")
@click.pass_context
def list_held(ctx: click.Context) -> None:
    """Every held version and why."""
    with reading(ctx) as program:
        held = program.store.versions.held()
        if not held:
            click.echo("nothing is held")
        table(
            [
                (
                    f"{version.ref.situation}@{version.ref.as_of}",
                    version.ref.content_hash[:12],
                    when(version.learned_at),
                    version.held or "",
                )
                for version in held
            ]
        )


@command.command(name="release")
@click.argument("version", metavar="SITUATION@VERSION")
@click.option("--reason", default="", help="Kept with the decision.")
@click.pass_context
def release_held(ctx: click.Context, version: str, reason: str) -> None:
    """Let a held version count; it enters like a late snapshot.

    What said nothing new on a later day and would undo it is set aside.
    """
    with opened(ctx) as program:
        written = release(program, find_held(program, version), now(), reason=reason)
        for one in written.versions:
            ref = one.ref
            click.echo(f"in the line: {ref.situation} {ref.as_of}, revision {ref.revision}")
        for as_of in written.aside:
            click.echo(f"set aside: what was said as of {as_of}, which said nothing new")


@command.command(name="reject")
@click.argument("version", metavar="SITUATION@VERSION")
@click.option("--reason", default="rejected by command", help="Kept with the version.")
@click.pass_context
def reject_held(ctx: click.Context, version: str, reason: str) -> None:
    """Leave a held version out for good."""
    with opened(ctx) as program:
        found = find_held(program, version)
        reject(program, found, reason, now())
        click.echo(f"rejected: {found.ref.situation} {found.ref.as_of}")
