"""`monitor digest`: preview, send or show what a reader gets."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from monitor.cli.opened import find_subscription, moment, now, opened, reading
from monitor.errors import Conflict, MonitorError, NotFound
from monitor.pipeline.preview import Preview, preview, stored_bytes
from monitor.pipeline.program import Program
from monitor.pipeline.telling.digests import compose
from monitor.pipeline.telling.inputs import steps
from monitor.pipeline.telling.rendering import Press, write
from monitor.pipeline.telling.standing import Standing
from monitor.private import writing
from monitor.store.records import MessageRow

READER = click.option(
    "--as", "who", metavar="ADDRESS[/NAME]", required=True, help="Whose digest it is."
)


@click.group(name="digest")
def command() -> None:
    """Preview, send or show a reader's digest.

    \b
    Examples:
      monitor digest preview --as ana@example.org
      monitor digest preview --as ana@example.org --at 2026-02-17 --format html -o digest.html
      monitor digest send --as ana@example.org
      monitor digest show --as ana@example.org > last.eml
      monitor digest show --message 17
    """


@command.command(name="preview")
@READER
@click.option("--at", metavar="DATE", help="From what was known by then, with today's rules.")
@click.option("--since", metavar="VERSION", help="Instead of what the reader was told last.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "eml"]),
    help="Default: by the ending of --output, else text.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Default: standard output.")
@click.pass_context
def preview_one(
    ctx: click.Context,
    *,
    who: str,
    at: str | None,
    since: str | None,
    form: str | None,
    output: str | None,
) -> None:
    """What the reader would get now; nothing is sent or stored.

    --at DATE takes the versions that were learned by then. Where none was, because the store was
    filled later, it takes those that were true by then (as_of), the last against the one before.
    """
    with reading(ctx) as program:
        found = find_subscription(program, who)
        when = moment(at) if at else None
        made = preview(program, found, now(), at=when, since=since)
    if when is not None:
        known = "true then (nothing was learned by then)" if made.by_truth else "known then"
        click.echo(f"recomputed from what was {known}, with today's rules", err=True)
    if not made.digest.worth_sending:
        click.echo("nothing to tell: this would not be sent", err=True)
    for warning in made.digest.warnings:
        click.echo(f"monitor: {warning}", err=True)
    _write(_bytes(made, form or _form(output)), output)


@command.command(name="send")
@READER
@click.pass_context
def send(ctx: click.Context, who: str) -> None:
    """Tell a reader now, outside the cadence; the running service hands it over."""
    with opened(ctx) as program:
        found = find_subscription(program, who)
        if found.state != "active":
            raise Conflict(f"{who} is {found.state}: {found.state_reason}")
        standing = Standing(program, now())
        if not steps(standing, found):
            raise NotFound(f"{who} follows nothing that is known yet")
        prepared = compose(standing, Press(program), found, reason="manual")
        if not write(program, [prepared], standing.now):
            raise Conflict(f"{who} was told by somebody else just now; nothing was written")
        message = program.store.outbox.find(subscription=found.id, limit=1)[0]
        click.echo(f"message {message.id} for {found.spec.address} is in the outbox")


@command.command(name="show")
@click.option("--as", "who", metavar="ADDRESS[/NAME]", help="The last message of this reader.")
@click.option("--message", metavar="ID", help="A message by its number in the outbox.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Default: standard output.")
@click.pass_context
def show(ctx: click.Context, *, who: str | None, message: str | None, output: str | None) -> None:
    """A message byte for byte as it was handed over."""
    if (who is None) == (message is None):
        raise click.UsageError("name the reader with --as, or a message with --message")
    with reading(ctx) as program:
        found = program.store.outbox.get(message) if message else _last(program, str(who))
        _write(stored_bytes(program, found), output)


def _last(program: Program, who: str) -> MessageRow:
    found = find_subscription(program, who)
    told = program.store.outbox.find(subscription=found.id)
    digests = [one for one in told if one.digest is not None]
    if not digests:
        raise NotFound(f"{who} has not been sent a digest yet")
    return digests[0]


def _form(output: str | None) -> str:
    return {".html": "html", ".eml": "eml"}.get(Path(output or "").suffix, "text")


def _bytes(made: Preview, form: str) -> bytes:
    if form == "eml":
        return made.message
    if form == "html":
        return made.html.encode()
    return f"Subject: {made.subject}\n\n{made.text}".encode()


def _write(data: bytes, output: str | None) -> None:
    if output is not None:
        try:
            with writing(Path(output)) as file:
                file.write(data)
        except OSError as error:
            raise MonitorError(f"cannot write {output}: {error.strerror}") from error
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
