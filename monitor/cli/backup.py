"""`monitor backup`: a copy of the database, made while the service runs."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.opened import reading


@click.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def command(ctx: click.Context, file: Path) -> None:
    """Copy the database to FILE, which must not exist yet. The service may run meanwhile.

    To restore: stop the service, put the copy in the database's place, start. The copy knows that
    it is one: what it owed is held, since the original may have sent it after the copy was made.
    `monitor outbox` shows what is held, to be let go or cancelled.

    With PostgreSQL it names the pg_dump command instead.

    \b
    Examples:
      monitor backup monitor-2026-02-17.db
    """
    with reading(ctx) as program:
        program.store.backup(file)
    size = file.stat().st_size / 1_000_000
    click.echo(f"{file}: {size:.1f} MB, readable by its owner only")
