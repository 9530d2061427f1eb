"""`monitor source`: where snapshots come from."""

from __future__ import annotations

import click

from monitor.cli.opened import now, opened, reading
from monitor.cli.proposed import lines_of
from monitor.cli.sourced import change_keys, keys_of, rows_of, shown, told
from monitor.errors import NotFound
from monitor.model.nearest import suggestion_or_all
from monitor.pipeline.adding.again import look_beside
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.sources import standing_sources


@click.group(name="source")
def command() -> None:
    """Where snapshots come from: how each source does, what it would give now, and by what its
    entries are told apart.

    \b
    Examples:
      monitor source list
      monitor source preview members
      monitor source keys members
      monitor source keys members members=id
      monitor source forget snapshots
    """


@command.command(name="list")
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """Each source: its place, state, versions, and when it is looked at.

    The state is ok, or what needs a person, with the reason below; `stale` is a source whose newest
    version is older than its stale_after.

    \b
    Examples:
      monitor source list
    """
    with opened(ctx) as program:
        at = now()
        for line in shown(standing_sources(program, at), at):
            click.echo(line)


@command.command(name="preview")
@click.argument("name")
@click.pass_context
def preview(ctx: click.Context, name: str) -> None:
    """Look at a source once and show how it is read, its first rows and entries, and what it says
    that the newest stored version does not. Nothing is stored or told.

    \b
    Examples:
      monitor source preview members
    """
    with reading(ctx) as program:
        _check_name(program, name)
        again = look_beside(program, name, now())
        for line in (*lines_of(again.proposal), *rows_of(again.proposal)):
            click.echo(line)
        if again.comparison is None:
            click.echo("\nnothing of it is stored yet; nothing was stored now")
            return
        click.echo("")
        click.echo(told(again.comparison, name), nl=False)
        click.echo("\nnothing was stored or told")


@command.command(name="keys")
@click.argument("name")
@click.argument("wanted", nargs=-1, metavar="[LIST=FIELD[+FIELD]]...")
@click.pass_context
def keys(ctx: click.Context, name: str, wanted: tuple[str, ...]) -> None:
    """Show by what the entries of each list are told apart, or change it in the file of the kind.

    A key has to tell all entries of the newest version apart. What is stored stays as it is; the
    next comparison goes by the new key. The rest of the file is left as it is written.

    \b
    Examples:
      monitor source keys members
      monitor source keys members members=id
      monitor source keys cabinet posts=ministry+title
    """
    with opened(ctx) as program:
        _check_name(program, name)
        for line in change_keys(program, name, wanted) if wanted else keys_of(program, name):
            click.echo(line)


@command.command(name="forget")
@click.argument("name")
@click.pass_context
def forget(ctx: click.Context, name: str) -> None:
    """Say that the files which are gone from a source are gone on purpose.

    Nothing that they said changes; only the trouble is over at the next look.
    """
    with opened(ctx) as program:
        _check_name(program, name)
        program.store.sources.note_usual(name, 0)
        click.echo(f"what is gone from {name} is not missed any more")


def _check_name(program: Program, name: str) -> None:
    known = list(program.settings.sources)
    if name not in known:
        raise NotFound(f"there is no source {name}{suggestion_or_all(name, known)}")
