"""`monitor user`: people who log in to the pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import get_args

import click

from monitor.cli.opened import now, opened, reading, warn
from monitor.cli.table import table, when
from monitor.errors import ExtraMissing, NotFound
from monitor.pipeline.program import Program
from monitor.pipeline.readers.subscribing import canonical
from monitor.settings.keys import zone as read_zone
from monitor.store.records import Person, Role
from monitor.words import LANGUAGES

ROLES = get_args(Role)


@click.group(name="user")
def command() -> None:
    """People who log in: readers read, editors decide about versions and baselines, admins do all.

    \b
    Examples:
      monitor user add ana --role editor --address ana@example.org
      monitor user list
      monitor user remove ana
    """


@command.command(name="add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True)
@click.option("--address", help="Whose subscriptions decide what “Since you looked” shows.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--zone", default="UTC", show_default=True, metavar="ZONE")
@click.pass_context
def add(
    ctx: click.Context,
    *,
    name: str,
    role: Role,
    address: str | None,
    language: str,
    zone: str,
) -> None:
    """Let somebody log in. The password is asked for, or read from standard input."""
    read_zone(zone)
    stored = _password()
    with opened(ctx) as program:
        is_first = not program.store.people.all()
        program.store.people.add(
            name,
            role=role,
            password=stored,
            address=canonical(address) if address else None,
            language=language,
            zone=zone,
            now=now(),
        )
    click.echo(f"{name} logs in as {role}")
    if is_first:
        warn(_first(role))


@command.command(name="change")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--address")
@click.option("--language", type=click.Choice(LANGUAGES))
@click.option("--zone", metavar="ZONE")
@click.option("--password", is_flag=True, help="Ask for another password.")
@click.pass_context
def change(
    ctx: click.Context,
    *,
    name: str,
    role: Role | None,
    address: str | None,
    language: str | None,
    zone: str | None,
    password: bool,
) -> None:
    """Change what is named; another role or password ends her sessions."""
    if zone is not None:
        read_zone(zone)
    stored = _password() if password else None
    with opened(ctx) as program:
        program.store.people.change(
            _find(program, name).id,
            role=role,
            password=stored,
            address=canonical(address) if address else None,
            language=language,
            zone=zone,
        )
    click.echo(f"{name} is changed")


@command.command(name="remove")
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Let somebody log in no more; her sessions end at once."""
    with opened(ctx) as program:
        program.store.people.end(_find(program, name).id, now=now())
    click.echo(f"{name} logs in no more")


@command.command(name="list")
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """Everybody, with role, address and since when."""
    with reading(ctx) as program:
        found = program.store.people.all()
    if not found:
        click.echo("nobody logs in yet; `monitor run` prints a link for the first person")
    table(
        [
            (
                one.name,
                one.role if one.ended_at is None else f"ended {when(one.ended_at)}",
                one.address or "",
                one.language,
                one.zone,
                when(one.created_at),
            )
            for one in found
        ]
    )


def _first(role: Role) -> Iterator[str]:
    yield "the link for the first person, which `monitor run` printed, is over"
    if role != "admin":
        yield "nobody is an admin; `monitor user add` or `change` with --role admin makes one"


def _find(program: Program, name: str) -> Person:
    person = program.store.people.find(name)
    if person is None:
        raise NotFound(f"nobody is named {name!r}; `monitor user list` lists them")
    return person


def _password() -> str:
    try:
        from monitor.web.passwords import hashed
    except ModuleNotFoundError as error:
        if (error.name or "monitor").startswith("monitor"):
            raise
        raise ExtraMissing("people log in to pages", "web") from error
    if sys.stdin.isatty():
        return hashed(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return hashed(sys.stdin.readline().rstrip("\n"))
