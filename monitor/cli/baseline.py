"""`monitor baseline`: what new versions of a situation are compared with."""

from __future__ import annotations

from collections.abc import Iterator

import click

from monitor.cli.opened import now, opened, reading
from monitor.cli.versions import VersionNames
from monitor.pipeline.intake.deciding import set_baseline
from monitor.pipeline.intake.withdrawals import said_of
from monitor.pipeline.program import Program
from monitor.store.records import BaselineHow, Pin, Version

REASON = click.option("--reason", default="", help="Kept with the decision.")


@click.group(name="baseline")
def command() -> None:
    """Show, pin or advance what new versions are compared with.

    \b
    Examples:
      monitor baseline show ukraine-talks
      monitor baseline pin ukraine-talks 2026-02-05
      monitor baseline pin ukraine-talks previous
      monitor baseline advance ukraine-talks
    """


@command.command(name="show")
@click.argument("situation")
@click.pass_context
def show(ctx: click.Context, situation: str) -> None:
    """The baseline, and how it was chosen."""
    with reading(ctx) as program:
        VersionNames(program).check(situation)
        _tell(program, situation)


@command.command(name="pin")
@click.argument("situation")
@click.argument("version")
@REASON
@click.pass_context
def pin(ctx: click.Context, situation: str, version: str, reason: str) -> None:
    """Compare with one version from now on; with `previous`, always with the one before."""
    with opened(ctx) as program:
        if version == "previous":
            VersionNames(program).check(situation)
            set_baseline(program, situation, "previous", None, now(), reason=reason)
        else:
            _set(program, situation, "pinned", version, reason)
        _tell(program, situation)


@command.command(name="advance")
@click.argument("situation")
@click.argument("version", default="latest")
@REASON
@click.pass_context
def advance(ctx: click.Context, situation: str, version: str, reason: str) -> None:
    """Accept a version (the latest by default) as the new agreed state of things."""
    with opened(ctx) as program:
        _set(program, situation, "advanced", version, reason)
        _tell(program, situation)


def _set(program: Program, situation: str, how: BaselineHow, version: str, reason: str) -> None:
    found = VersionNames(program).resolve(f"{situation}@{version}").version
    set_baseline(program, situation, how, found, now(), reason=reason)


def _tell(program: Program, situation: str) -> None:
    pin = program.store.versions.pin(situation)
    click.echo(f"{situation}: {pin.how}, {version_words(pin.version)}")
    for line in fallen(program, pin):
        click.echo(f"  {line}")


def fallen(program: Program, pin: Pin) -> Iterator[str]:
    """What was pinned and counts no more, and why."""
    if pin.fallen is None or pin.fallen.snapshot is None:
        return
    row = program.store.snapshots.get(pin.fallen.snapshot)
    was = version_words(pin.fallen)
    why = said_of(row) if row.aside == "withdrawn" else "and cannot be laid over anything now"
    yield f"it was pinned at {was}, {why}"
    if row.aside == "withdrawn":
        yield f"to let that count again: monitor withdraw {row.situation}@{row.as_of} --undo"


def version_words(version: Version | None) -> str:
    if version is None:
        return "no version yet"
    return f"{version.ref.as_of} (revision {version.ref.revision}, {version.ref.content_hash[:12]})"
