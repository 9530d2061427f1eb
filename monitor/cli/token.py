"""`monitor token`: programs that ask the pages, such as Prometheus."""

from __future__ import annotations

import click

from monitor.cli.opened import now, opened, reading
from monitor.cli.table import table, when
from monitor.web.tokens import SCOPES, hash_of, make_token


@click.group(name="token")
def command() -> None:
    """Tokens of programs; each may do what it was made for, until it is removed.

    \b
    Examples:
      monitor token add prometheus --for metrics
      monitor token add desk --for read --for push
      monitor token list
      monitor token remove prometheus
    """


@command.command(name="add")
@click.argument("name")
@click.option("--for", "--scope", "scopes", type=click.Choice(SCOPES), multiple=True, required=True)
@click.pass_context
def add(ctx: click.Context, *, name: str, scopes: tuple[str, ...]) -> None:
    """Make a token and print it, this once; only its hash is kept."""
    token = make_token()
    with opened(ctx) as program:
        store = program.store.machines
        store.add(name, hash_of(token), scopes, by="a command", now=now())
    click.echo(token)


@command.command(name="remove")
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """The token opens nothing any more."""
    with opened(ctx) as program:
        program.store.machines.end(name, now=now())
    click.echo(f"the token {name} has ended")


@command.command(name="list")
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """Every token with what it is for and since when; never the token."""
    with reading(ctx) as program:
        found = program.store.machines.all()
    if not found:
        click.echo("there are no tokens; monitor token add NAME --for metrics")
    table(
        [
            (
                one.name,
                ", ".join(one.scopes),
                when(one.created_at),
                "" if one.ended_at is None else f"ended {when(one.ended_at)}",
            )
            for one in found
        ]
    )
