"""`monitor source`: where snapshots come from."""

from __future__ import annotations

import click

from monitor.cli.opened import now, opened
from monitor.cli.table import table, when
from monitor.errors import NotFound
from monitor.model.nearest import suggestion
from monitor.pipeline.trouble.health import source_health


@click.group(name="source")
def command() -> None:
    """Where snapshots come from, what is not read there, and what is gone for good.

    \b
    Examples:
      monitor source list
      monitor source forget snapshots
    """


@command.command(name="list")
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """Each source: its state, how many files were read, and what is passed over."""
    with opened(ctx) as program:
        states = {one.name: one.state for one in source_health(program, now())}
        looked = {row.name: row.checked_at for row in program.store.sources.all()}
        rows = []
        for name, source in program.settings.sources.items():
            count = program.store.sources.usual(name)
            files = "" if count is None else f"{count} files"
            state = states.get(name, "not looked at yet")
            rows.append((name, state, source.where, files, f"looked at {when(looked.get(name))}"))
        table(rows)
        for name in program.settings.sources:
            if line := program.store.sources.ignored(name):
                click.echo(f"{name}: {line}")


@command.command(name="forget")
@click.argument("name")
@click.pass_context
def forget(ctx: click.Context, name: str) -> None:
    """Say that the files which are gone from a source are gone on purpose.

    Nothing that they said changes; only the trouble is over at the next look.
    """
    with opened(ctx) as program:
        if name not in program.settings.sources:
            known = list(program.settings.sources)
            raise NotFound(f"there is no source {name}{suggestion(name, known)}")
        program.store.sources.note_usual(name, 0)
        click.echo(f"what is gone from {name} is not missed any more")
