"""`monitor outbox`: what is owed, retried, held or dead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

import click

from monitor.cli.opened import now, opened, reading
from monitor.cli.rates import allowance_line
from monitor.cli.table import table, when
from monitor.model.message import MessageState
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.pipeline.returned.standing import returned_lines
from monitor.store.records import Allowance, MessageRow
from monitor.words.en.values import counted

OPEN: tuple[MessageState, ...] = ("pending", "claimed", "retry", "held", "dead")

MOST = 100_000
"""Messages that --all takes in one step."""

MESSAGES = click.argument("messages", metavar="[ID...]", nargs=-1)
EVERY = click.option("--all", "every", is_flag=True, help="All that are held.")


@click.group(name="outbox", invoke_without_command=True)
@click.option(
    "--state",
    type=click.Choice(get_args(MessageState)),
    multiple=True,
    help="May be repeated. Default: all that is owed, held or dead.",
)
@click.option("--limit", default=50, show_default=True)
@click.pass_context
def command(ctx: click.Context, state: tuple[MessageState, ...], limit: int) -> None:
    """What is owed, retried, held or dead, the newest first.

    \b
    Examples:
      monitor outbox
      monitor outbox --state sent --limit 10
      monitor outbox show 17
      monitor outbox retry 17
      monitor outbox release 18 19
      monitor outbox release --all
      monitor outbox cancel 18 --reason "sent by hand" --told
    """
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as program:
        outbox, rates = program.store.outbox, program.settings.mail.rates
        found = outbox.find(states=state or OPEN, limit=limit)
        if not found:
            click.echo("nothing is owed")
        at = now()
        spent = [one for one in outbox.allowances(rates, now=at) if one.until]
        table([_row(message, _waits(message, spent, at)) for message in found])


@command.command(name="show")
@click.argument("message", metavar="ID")
@click.pass_context
def show(ctx: click.Context, message: str) -> None:
    """One message with every attempt to hand it over."""
    with reading(ctx) as program:
        found = program.store.outbox.get(message)
        table([_row(found)])
        click.echo(f"  {found.message_id}, expires {when(found.expires_at)}")
        for attempt in program.store.outbox.deliveries(message):
            words = (attempt.result or "open", attempt.phase, attempt.code, attempt.text)
            text = " ".join(str(word) for word in words if word)
            click.echo(f"  {when(attempt.started_at)}  {text}")
        for line in returned_lines(program, [found]):
            click.echo(f"  {visible(line, 600)}")


@command.command(name="retry")
@click.argument("message", metavar="ID")
@click.pass_context
def retry(ctx: click.Context, message: str) -> None:
    """Try a waiting message now, or a dead one again."""
    with opened(ctx) as program:
        at = now()
        program.store.outbox.retry(message, now=at, expires_at=_expiry(program, at))
        click.echo(f"message {message} is tried again by the running service")


@command.command(name="release")
@MESSAGES
@EVERY
@click.option("--reason", help="Kept with them until they are sent.")
@click.pass_context
def release(
    ctx: click.Context, messages: tuple[str, ...], *, every: bool, reason: str | None
) -> None:
    """Send messages that were held for a person."""
    with opened(ctx) as program:
        at, chosen = now(), _chosen(program, messages, every=every)
        told = f"released: {reason}" if reason else None
        program.store.outbox.let_go(chosen, now=at, expires_at=_expiry(program, at), reason=told)
        click.echo(f"released: {counted(len(chosen), 'message')}")


@command.command(name="cancel")
@MESSAGES
@EVERY
@click.option("--told", is_flag=True, help="Their readers know it; it is not told again.")
@click.option("--reason", default="cancelled by command")
@click.pass_context
def cancel(
    ctx: click.Context, messages: tuple[str, ...], *, every: bool, told: bool, reason: str
) -> None:
    """Do not send them. What they said is in their readers' next digest, unless --told."""
    with opened(ctx) as program:
        chosen = _chosen(program, messages, every=every)
        program.store.outbox.cancel(chosen, reason, now=now(), arrived=told)
        click.echo(f"cancelled: {counted(len(chosen), 'message')}")


def _chosen(program: Program, messages: tuple[str, ...], *, every: bool) -> tuple[str, ...]:
    if every == bool(messages):
        raise click.UsageError("name messages by their numbers, or all that are held by --all")
    if not every:
        return messages
    return tuple(held.id for held in program.store.outbox.find(states=("held",), limit=MOST))


def _expiry(program: Program, at: datetime) -> datetime:
    return at + program.settings.mail.expires_after


def _waits(message: MessageRow, spent: Sequence[Allowance], at: datetime) -> str:
    """For which rate a message waits that is due."""
    if message.state not in ("pending", "retry") or (message.next_attempt or at) > at:
        return ""
    mine = [one for one in spent if one.limit.covers(message.recipient)]
    last = max(mine, key=lambda one: one.until or at, default=None)
    return f"waits for its rate, {allowance_line(last)}" if last else ""


def _row(message: MessageRow, waits: str = "") -> tuple[str, ...]:
    state = message.state + (" (may have arrived)" if message.uncertain else "")
    due = f"next {when(message.next_attempt)}" if message.next_attempt else ""
    reason = message.state_reason or ""
    tries = f"{message.attempts} tries"
    return (message.id, state, message.reason, message.recipient, tries, waits or due or reason)
