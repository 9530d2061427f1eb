"""`monitor judge`: a person's word that two entities are the same, or are not."""

from __future__ import annotations

import getpass

import click

from monitor.cli.opened import now, opened, reading, warn
from monitor.cli.table import table, when
from monitor.cli.versions import VersionNames
from monitor.pipeline.readers.known import path_doubts
from monitor.pipeline.readers.naming import id_doubts, known_to
from monitor.pipeline.readers.subscribing import refuse_certain


@click.group(name="judge")
def command() -> None:
    """Say that two entities are the same, or are not. Old comparisons are read through it too.

    \b
    Examples:
      monitor judge same ukraine-talks people budanov budanov-kyrylo --reason "two spellings"
      monitor judge different ukraine-talks people bevz bevz-o
      monitor judge list ukraine-talks
      monitor judge revoke 4
    """


def _judging(name: str, verdict: str, summary: str) -> None:
    @command.command(name=name, help=summary)
    @click.argument("situation")
    @click.argument("collection")
    @click.argument("left")
    @click.argument("right")
    @click.option("--reason", default="")
    @click.pass_context
    def judge(
        ctx: click.Context, *, situation: str, collection: str, left: str, right: str, reason: str
    ) -> None:
        _add(ctx, situation, collection, verdict=verdict, pair=(left, right), reason=reason)


_judging("same", "same-as", "LEFT and RIGHT are ids of one entity.")
_judging("different", "not-same", "LEFT and RIGHT are two entities, however alike.")


@command.command(name="list")
@click.argument("situation")
@click.pass_context
def list_all(ctx: click.Context, situation: str) -> None:
    """The judgements in force."""
    with reading(ctx) as program:
        VersionNames(program).resolve(situation)
        found = program.store.judgements.of(situation)
        if not found:
            click.echo("no judgement")
        table(
            [
                (
                    str(one.id),
                    f"{one.collection}: {one.left} {one.verdict} {one.right}",
                    when(one.at),
                    one.by,
                    one.reason,
                )
                for one in found
            ]
        )


@command.command(name="revoke")
@click.argument("number", type=int)
@click.pass_context
def revoke(ctx: click.Context, number: int) -> None:
    """Take a judgement back; it is kept, with the date."""
    with opened(ctx) as program:
        program.store.judgements.revoke(number, now=now())
        click.echo(f"judgement {number} is revoked")


def _add(
    ctx: click.Context,
    situation: str,
    collection: str,
    *,
    verdict: str,
    pair: tuple[str, str],
    reason: str,
) -> None:
    with opened(ctx) as program:
        VersionNames(program).resolve(situation)
        known = known_to(program)
        names = known.stored[situation]
        warn(refuse_certain(path_doubts(known, [names], collection, "collection")))
        warn(doubt.text for doubt in id_doubts(names, collection, *pair))
        made = program.store.judgements.add(
            situation=situation,
            collection=collection,
            verdict=verdict,
            left=pair[0],
            right=pair[1],
            reason=reason,
            by=getpass.getuser(),
            now=now(),
        )
        click.echo(f"{made.id}: {pair[0]} {verdict} {pair[1]} in {situation} {collection}")
