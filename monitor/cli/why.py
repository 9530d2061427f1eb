"""`monitor why`: why a finding was or was not told to a reader."""

from __future__ import annotations

import click

from monitor.cli.opened import find_subscription, now, reading
from monitor.cli.standing import standing_lines
from monitor.cli.table import when
from monitor.model.authorship import in_a_line
from monitor.model.text import visible
from monitor.pipeline.explain import Explained, explain
from monitor.pipeline.returned.standing import returned_lines


@click.command(name="why")
@click.argument("who", metavar="ADDRESS[/NAME]")
@click.argument("finding")
@click.pass_context
def command(ctx: click.Context, who: str, finding: str) -> None:
    """Why a finding was or was not told. FINDING is an id or its beginning, as in
    `monitor diff --format json`.

    \b
    Example:
      monitor why ana@example.org 3f2a9c
    """
    with reading(ctx) as program:
        reader = find_subscription(program, who)
        found = explain(program, reader, finding, now())
        stands = list(standing_lines(program, reader, situation=found.comparison.situation))
        stands += [visible(line, 600) for line in returned_lines(program, found.told_by)]
    if reader.state != "active":
        since = f" since {when(reader.state_at)}" if reader.state_at else ""
        stands.append(visible(f"{reader.spec.who} is {reader.state}{since}: {reader.state_reason}"))
    old, new = found.comparison.old, found.comparison.new
    click.echo(f"{found.sentence} [{found.finding.significance.word}, {found.finding.rule}]")
    click.echo(f"  {found.finding.path}, between {old.as_of} and {new.as_of}")
    if found.author is not None:
        click.echo(f"  {new.as_of}: {visible(in_a_line(found.author))}")
    for line in [*_reasons(found), *stands]:
        click.echo(f"  {line}")


def _reasons(found: Explained) -> list[str]:
    lines = [
        f"told: {message.reason} of {when(message.created_at)} is {message.state} "
        f"(message {message.id})"
        for message in found.told_by
    ]
    lines += [f"hidden by a mute in message {message.id}" for message in found.muted_in]
    word = "shown" if found.verdict.shown else "hidden"
    if found.is_next:
        lines.append(f"the next digest: {word}: {found.verdict.why}")
    elif found.untold is not None:
        lines.append(f"not told: {found.untold}")
        lines.append(f"by the present filter it is {word}: {found.verdict.why}")
    return lines
