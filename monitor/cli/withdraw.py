"""`monitor withdraw`: a snapshot that counts no more, or counts again."""

from __future__ import annotations

from collections.abc import Iterator

import click

from monitor.cli.baseline import version_words
from monitor.cli.opened import now, opened, reading
from monitor.cli.table import table
from monitor.cli.versions import VersionNames
from monitor.pipeline.comparison.baselines import compare_new
from monitor.pipeline.intake.withdrawals import Changed, put_back, withdraw
from monitor.pipeline.passed import total
from monitor.pipeline.program import Program


@click.command(name="withdraw")
@click.argument("version", metavar="SITUATION@VERSION", required=False)
@click.option("--reason", help="Kept with the snapshot, and told to readers.")
@click.option("--undo", is_flag=True, help="Put back what was withdrawn.")
@click.option("--list", "lists", is_flag=True, help="Show what was withdrawn; SITUATION may stand.")
@click.pass_context
def command(
    ctx: click.Context, version: str | None, reason: str | None, undo: bool, lists: bool
) -> None:
    """Take a snapshot out: it counts no more, and states are derived anew without it.

    Any can be taken out, also one that is held, that others are laid over or that the baseline is
    pinned at. Readers who were told hear at their next digest what no longer holds. The same bytes
    do not come back; a corrected file does, and --undo puts it back. What was said for the same
    as_of before counts again. Partial snapshots that have nothing to be laid over without it wait
    for the next full one.

    \b
    Examples:
      monitor withdraw ukraine-talks@2026-02-15 --reason "of another year"
      monitor withdraw ukraine-talks@2026-02-15 --undo
      monitor withdraw --list ukraine-talks
    """
    if lists:
        _refuse(reason or undo, "--list stands alone, or with SITUATION")
        with reading(ctx) as program:
            _show(program, version)
        return
    _refuse(not version, "name what to take out, as SITUATION@VERSION")
    _refuse(undo and reason, "--reason is for taking out, not for --undo")
    _refuse(not undo and not (reason or "").strip(), "say why: --reason TEXT")
    assert version is not None
    with opened(ctx) as program:
        done = (
            put_back(program, version, now())
            if undo
            else withdraw(program, version, reason or "", now())
        )
        total(compare_new(program, now()))
        name = f"{done.snapshot.situation} {done.snapshot.as_of}"
        click.echo(f"put back: {name}" if undo else f"withdrawn: {name} ({reason})")
        for line in _lines(done, undo=undo):
            click.echo(line)


def _refuse(wrong: object, text: str) -> None:
    if wrong:
        raise click.UsageError(text)


def _lines(done: Changed, *, undo: bool) -> Iterator[str]:
    made = {one.id for one in done.anew.versions}
    if done.stands is not None and done.stands.id not in made:
        yield f"counts for {done.snapshot.as_of}: {version_words(done.stands)}"
    for one in done.anew.versions:
        yield f"derived anew: {one.ref.as_of}, revision {one.ref.revision}"
    for as_of in done.anew.afloat:
        yield f"counts again: {as_of}, which can be laid over what is before it"
    for lost in done.anew.stranded:
        yield f"counts no more: {lost.as_of}, until it can be laid over something ({lost.reason})"
    yield from _baseline(done)
    situation = done.snapshot.situation
    if done.latest is None:
        yield f"latest: none; {situation} has no state until a full snapshot comes"
    else:
        yield f"latest: {done.latest.ref.as_of}"
    if not undo:
        yield f"to undo it: monitor withdraw {situation}@{done.snapshot.as_of} --undo"


def _baseline(done: Changed) -> Iterator[str]:
    """Where the baseline was a chosen one and is another now."""
    was, stands = (f"{pin.how}, {version_words(pin.version)}" for pin in (done.before, done.after))
    follows = done.before.how == done.after.how == "previous"
    if was != stands and not follows:
        yield f"baseline: {stands}; it was {was}"


def _show(program: Program, situation: str | None) -> None:
    if situation is not None:
        VersionNames(program).check(situation)
    names = [one.name for one in program.store.situations.all()]
    wanted = names if situation is None else [situation]
    rows = [row for name in wanted for row in program.store.snapshots.withdrawn(name)]
    if not rows:
        click.echo("nothing is withdrawn")
    table(
        [
            (
                f"{row.situation}@{row.as_of}",
                f"on {row.aside_at:%Y-%m-%d}" if row.aside_at else "",
                row.path or "by hand",
                row.aside_reason or "no reason given",
            )
            for row in rows
        ]
    )
