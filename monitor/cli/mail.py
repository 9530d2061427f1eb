"""`monitor mail test`: one mail, sent now, by the configured way."""

from __future__ import annotations

import asyncio

import click

from monitor.cli.opened import now, opened
from monitor.mail.message import address, encode, envelope
from monitor.model.message import Envelope, Outcome, Result
from monitor.pipeline.program import Program
from monitor.report.notices import trial_mail

PATIENCE = 60.0
"""Seconds that a person waits for a test."""


@click.group(name="mail")
def command() -> None:
    """Try the mail settings.

    \b
    Example:
      monitor mail test you@example.org
    """


@command.command(name="test")
@click.argument("recipient", metavar="ADDRESS")
@click.pass_context
def test(ctx: click.Context, recipient: str) -> None:
    """Send one mail now and say what the server answered; exit 1 when it was not taken."""
    with opened(ctx) as program:
        settings = program.settings
        way = settings.channel.way(settings)
        outcome = asyncio.run(_send(program, _envelope(program, recipient, way)))
    if outcome.result is Result.SENT:
        click.echo(f"handed over to {way}")
        return
    code = f"{outcome.code} " if outcome.code else ""
    click.echo(f"monitor: not taken at {outcome.phase}: {code}{outcome.text}", err=True)
    ctx.exit(1)


def _envelope(program: Program, recipient: str, way: str) -> Envelope:
    notice = trial_mail(recipient, way, program.templates)
    made_at = now()
    addressed = address(
        recipient,
        body_key="test",
        message_key=f"{made_at:%Y%m%d%H%M%S%f}",
        made_at=made_at,
        sender=program.sender,
        token=None,
    )
    body = encode(notice.subject, notice.text, notice.html, sender=program.sender)
    return envelope(addressed.recipient, addressed.splice, body)


async def _send(program: Program, trial: Envelope) -> Outcome:
    channel = program.settings.channel.open(program.settings)
    try:
        deadline = asyncio.get_running_loop().time() + PATIENCE
        return channel.judge(await channel.send(trial, deadline=deadline))
    finally:
        await channel.close()
