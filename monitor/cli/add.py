"""`monitor add`: snapshots that are taken in by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from monitor.cli.opened import now, opened
from monitor.collect.given import read_given
from monitor.errors import NotFound, SnapshotRefused
from monitor.model.as_of import order
from monitor.pipeline.comparison.baselines import compare_new
from monitor.pipeline.intake.line import Written
from monitor.pipeline.intake.taking import read, take_in_snapshot
from monitor.pipeline.intake.withdrawals import said_of
from monitor.pipeline.passed import total
from monitor.pipeline.program import Program
from monitor.words.en.values import counted


@click.command(name="add")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Take snapshots in by hand, the oldest first; a full one with a known as_of corrects it, a
    partial one is laid over it.

    Readers are told by the running service, or by the next `monitor run --once`. Exit 2 when a
    file was refused; the others are taken in all the same.

    \b
    Examples:
      monitor add 2026-02-22.yaml
      monitor add archive/*.yaml
    """
    with opened(ctx) as program:
        refused = _take_in(program, [Path(name) for name in files])
        total(compare_new(program, now()))
    if refused:
        ctx.exit(2)


def _take_in(program: Program, files: list[Path]) -> int:
    read_ones, refused = [], 0
    for file in files:
        limits = program.settings.limits
        try:
            data = read_given(file, limit=limits.bytes)
            read_ones.append(
                (read(data, name=str(file), folder=file.parent, settings=program.settings), data)
            )
        except (SnapshotRefused, NotFound) as error:
            refused += _refuse(error)
    for number, (snapshot, data) in enumerate(
        sorted(read_ones, key=lambda one: order(one[0].as_of)), 1
    ):
        try:
            written = take_in_snapshot(program, snapshot, data, now())
        except SnapshotRefused as error:
            refused += _refuse(error)
            continue
        progress = f"[{number}/{len(read_ones)}] " if len(read_ones) > 1 else ""
        click.echo(f"{progress}{snapshot.situation} {snapshot.as_of}: {_words(written)}")
    return refused


def _refuse(error: SnapshotRefused | NotFound) -> int:
    for line in (str(error), *getattr(error, "others", ())):
        click.echo(f"monitor: {line}", err=True)
    sys.stderr.flush()
    return 1


def _words(written: Written) -> str:
    held = [version for version in written.versions if version.held]
    if held:
        return f"held ({held[0].held}); see monitor held"
    if written.withdrawn is not None:
        row = written.withdrawn
        back = f"monitor withdraw {row.situation}@{row.as_of} --undo"
        return f"was {said_of(row)}; to let it count again: {back}"
    if not written.versions:
        return "nothing new"
    first, *derived = written.versions
    text = f"revision {first.ref.revision}, {first.ref.content_hash[:12]}"
    return f"{text}; {counted(len(derived), 'later state')} derived again" if derived else text
