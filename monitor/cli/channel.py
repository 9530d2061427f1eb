"""`monitor channel`: the ways beside mail, tried and taken up again."""

from __future__ import annotations

import asyncio
import base64
import secrets

import click

from monitor.cli.opened import now, opened, reading, warn
from monitor.cli.table import table, when
from monitor.errors import MonitorError
from monitor.model.channels import address_of
from monitor.model.message import Envelope, Outcome, Result
from monitor.pipeline.channels.ending import resume as resume_channel
from monitor.pipeline.channels.ending import wake
from monitor.pipeline.channels.opening import channel_named, check_channel, way_of
from monitor.pipeline.channels.outbox import Way
from monitor.pipeline.channels.standing import Channel, channels
from monitor.pipeline.moments import stamp
from monitor.pipeline.program import Program
from monitor.report.event import trial_event
from monitor.report.note import note
from monitor.settings import Settings, load

PATIENCE = 60.0
"""Seconds that a person waits for a test."""

NAME = click.argument("name")


@click.group(name="channel", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Webhooks and chats of the configuration: where each leads, and how it does.

    \b
    Examples:
      monitor channel
      monitor channel secret
      monitor channel test desk
      monitor channel resume desk
    """
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as program:
        rows = channel_rows(program)
        if not rows:
            click.echo("no channel is configured; [channels.NAME] in the configuration makes one")
        table(rows)


@command.command(name="secret")
def secret() -> None:
    """Print a new secret for a webhook, to be kept in the environment or a file of its own."""
    click.echo(f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}")


@command.command(name="test")
@NAME
@click.pass_context
def test(ctx: click.Context, name: str) -> None:
    """Send one message now and say what came back; exit 1 when it was not taken.

    What waited because the channel had failed waits no more once it takes something.
    """
    settings = load(ctx.obj["config"])
    way = way_of(settings, name, channel_named(settings, name))
    check_channel(settings, name)
    outcome = asyncio.run(_send(settings, name))
    if outcome.result is Result.SENT:
        woken = _wake(ctx, way)
        click.echo(f"handed over to {way.host}{'; what waited for it goes now' if woken else ''}")
        return
    code = f"{outcome.code} " if outcome.code else ""
    said = f"{code}{outcome.text}".strip()
    click.echo(f"monitor: {name}: not taken at {outcome.phase}: {said}", err=True)
    ctx.exit(1)


@command.command(name="resume")
@NAME
@click.pass_context
def resume(ctx: click.Context, name: str) -> None:
    """Go on telling a channel that was suspended, from what it was told last."""
    with opened(ctx) as program:
        way = _way(program, name)
        turned = resume_channel(program.store, name, way.host, now())
    for who in turned:
        click.echo(f"{who} goes on")
    if not turned:
        click.echo(f"nothing of {name} was suspended; it is tried at once")


def _way(program: Program, name: str) -> Way:
    return way_of(program.settings, name, channel_named(program.settings, name))


def _wake(ctx: click.Context, way: Way) -> bool:
    """Whether anything waited. A database that is away is no fault of the channel's."""
    try:
        with reading(ctx) as program:
            if not any(map(program.store.breakers.of, way.keys)):
                return False
        with opened(ctx) as program:
            wake(program.store, way.name, way.host, now())
    except MonitorError as error:
        warn([f"what waits for {way.name} is not woken: {error}"])
        return False
    return True


async def _send(settings: Settings, name: str) -> Outcome:
    channel = channel_named(settings, name)
    at = now()
    body = (
        note("A test message from monitor", ("If you can read this, the channel works.",))
        if channel.form == "note"
        else trial_event(name, stamp(at))
    )
    envelope = Envelope(
        message_id=f"msg_test_{at:%Y%m%d%H%M%S%f}",
        sender="",
        recipient=address_of(name),
        data=body,
    )
    opened_channel = channel.open(settings)
    try:
        deadline = asyncio.get_running_loop().time() + PATIENCE
        answer = await opened_channel.send(envelope, deadline=deadline)
        return opened_channel.judge(answer)
    finally:
        await opened_channel.close()


def channel_rows(program: Program) -> list[tuple[str, ...]]:
    """Name, kind, host, how it does, and what it tells."""
    return [_row(one) for one in channels(program)]


def _row(one: Channel) -> tuple[str, ...]:
    state = f"takes nothing since {when(one.since)}: {one.text}" if one.since else "well"
    told = ", ".join(
        reader.spec.name if reader.state == "active" else f"{reader.spec.name} ({reader.state})"
        for reader in one.readers
    )
    return (one.name, one.kind, one.host, state, told or "tells nobody yet")
