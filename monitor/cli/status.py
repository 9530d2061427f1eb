"""`monitor status`: the whole state on one screen."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta

import click

from monitor.cli.channel import channel_rows
from monitor.cli.opened import now, reading
from monitor.cli.rates import allowance_line
from monitor.cli.table import table, when
from monitor.errors import RowDamaged, StoreUnavailable
from monitor.model.text import visible
from monitor.pipeline.program import Program, store_place
from monitor.pipeline.readers.naming import reader_trouble
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.pipeline.trouble.health import source_health
from monitor.pipeline.trouble.watching import standing_on_nodes
from monitor.report.alike import in_kinds
from monitor.store.nodes import Gone, Node
from monitor.words.en.values import counted

ALIVE = timedelta(minutes=1)
"""A node that was not seen for longer does not run any more; it says so every ten seconds."""

DIGESTS = 5


@click.command(name="status")
@click.option(
    "--all", "every", is_flag=True, help="List each trouble, also where many are of one kind."
)
@click.pass_context
def command(ctx: click.Context, every: bool) -> None:
    """Sources, versions, readers, digests and outbox. Exit 1 when a person is needed.

    \b
    Examples:
      monitor status
      monitor status --all
      monitor status || mail -s "monitor needs you" me@example.org
    """
    try:
        with reading(ctx) as program:
            program.store.check()
            trouble = _show(program, now(), every=every)
    except (RowDamaged, StoreUnavailable) as error:
        click.echo(f"needs a person: {error}")
        ctx.exit(1)
    if trouble:
        ctx.exit(1)


def _show(program: Program, at: datetime, *, every: bool) -> dict[str, str]:
    click.echo(f"store    {store_place(program.settings)}")
    _nodes(program, at)
    _sources(program, at)
    _situations(program)
    _readers(program)
    _digests(program)
    _outbox(program, at)
    _channels(program)
    _model(program, at)
    trouble = find_trouble(program, at) | standing_on_nodes(program)
    trouble |= dict(reader_trouble(program))
    trouble |= program.blame.standing()
    click.echo("needs a person:" if trouble else "nobody is needed")
    for text in trouble.values() if every else in_kinds(trouble.values()):
        click.echo(f"  {visible(text)}")
    return trouble


def _nodes(program: Program, at: datetime) -> None:
    alive = [
        node for node in program.store.nodes.all(seen_since=at - ALIVE) if node.ended_at is None
    ]
    for node in alive:
        click.echo(f"service  on {node.host}, process {node.pid}, since {when(node.started_at)}")
    silent = None if alive else _silent(program)
    if silent is not None:
        since = f"has not been able to write to its database since {when(silent.seen_at)}"
        click.echo(f"service  on {silent.host}, process {silent.pid}, runs, but {since}")
    elif not alive:
        click.echo("service  not running")
    for gone in program.store.nodes.gone(now=at):
        click.echo(f"gone     {gone_line(gone, others=bool(alive))}")


def _silent(program: Program) -> Node | None:
    """The last service of this machine, where its process lives and says nothing."""
    last = next(iter(program.store.nodes.all()), None)
    if last is None or last.ended_at is not None or last.host != socket.gethostname():
        return None
    try:
        os.kill(last.pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass  # it is somebody else's, and lives
    return last


def gone_line(gone: Gone, *, others: bool) -> str:
    """Who holds messages and says nothing any more, and when they go on."""
    held = counted(gone.messages, "message")
    then = "within a minute" if others else "when a service runs"
    return (
        f"{gone.host}, process {gone.pid}, not heard of since {when(gone.seen_at)}, "
        f"with {held} in hand: sent by another {then}"
    )


def _sources(program: Program, at: datetime) -> None:
    rows = [
        (
            one.name,
            one.state,
            f"looked at {when(datetime.fromisoformat(one.checked_at))}" if one.checked_at else "",
            f"newest {one.newest or 'none'}",
        )
        for one in source_health(program, at)
    ]
    _part("sources", rows, "none looked at yet")
    for name in program.settings.sources:
        if line := program.store.sources.ignored(name):
            click.echo(f"  {name}: {line}")


def _situations(program: Program) -> None:
    rows = []
    for situation in program.store.situations.all():
        line = program.store.versions.history(situation.name)
        latest = line[-1].ref if line else None
        pin = program.store.versions.pin(situation.name)
        out = program.store.snapshots.withdrawn(situation.name)
        rows.append(
            (
                situation.name,
                counted(len(line), "version"),
                f"latest {latest.as_of} ({latest.content_hash[:12]})" if latest else "no state",
                f"baseline {pin.how} {pin.version.ref.as_of if pin.version else ''}".rstrip(),
                f"{len(out)} withdrawn, the last of {out[-1].as_of}" if out else "",
            )
        )
    _part("situations", rows, "none yet")


def _readers(program: Program) -> None:
    states: dict[str, int] = {}
    for entry in program.store.subscriptions.all():
        states[entry.state] = states.get(entry.state, 0) + 1
    words = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    click.echo(f"readers  {words or 'nobody yet'}")


def _digests(program: Program) -> None:
    rows = []
    for message in program.store.outbox.find(limit=DIGESTS):
        subject = _subject(program, message.digest) if message.digest else ""
        name = f"{message.reason} {message.state}"
        ended = message.ended_at if message.state == "sent" else None
        sent = f"sent {when(ended)}" if ended else ""
        written = f"written {when(message.created_at)}"
        rows.append((written, sent, message.recipient, name, subject))
    _part("last messages", rows, "none yet")


def _subject(program: Program, digest: int) -> str:
    try:
        return program.store.digests.get(digest).subject
    except RowDamaged as error:
        return f"({error})"


def _outbox(program: Program, at: datetime) -> None:
    count = program.store.outbox.count()
    words = ", ".join(f"{number} {state}" for state, number in sorted(count.by_state.items()))
    oldest = f"; oldest owed since {when(count.oldest_owed)}" if count.oldest_owed else ""
    newest = f" (of the last {count.looked_at})" if count.looked_at else ""
    click.echo(f"outbox   {words or 'empty'}{newest}{oldest}")
    for one in program.store.outbox.allowances(program.settings.mail.rates, now=at):
        waits = f"{counted(one.waiting, 'message')} due" if one.waiting else "nothing waits"
        click.echo(f"rate     {allowance_line(one)}: {one.taken} taken, {waits}")


def _channels(program: Program) -> None:
    if program.settings.named_channels:
        _part("channels", channel_rows(program), "")


def _model(program: Program, at: datetime) -> None:
    """Where one is asked, whether with a key, and what it has cost today; nothing where none is."""
    model = program.settings.draft.model
    if model.url is None:
        return
    key = f"{model.key_env} is set" if model.secret(os.environ) else "without a key"
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    spent = program.store.answers.spent(since=day)
    used = f"{spent} of {model.budget} tokens used since midnight UTC"
    click.echo(f"model    {model.name} at {model.host}, {key}; {used}")


def _part(title: str, rows: Sequence[tuple[str, ...]], otherwise: str) -> None:
    click.echo(title)
    if not rows:
        click.echo(f"  {otherwise}")
    table(rows, indent="  ")
