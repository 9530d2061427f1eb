"""`monitor backtest`: what a filter would have told over the stored history."""

from __future__ import annotations

import click

from monitor.cli.opened import find_subscription, reading, warn
from monitor.cli.subscribe import LEVELS
from monitor.cli.versions import VersionNames
from monitor.model.comparison import Significance
from monitor.model.subscription import Filter
from monitor.pipeline.explain import Tested, backtest
from monitor.pipeline.readers.known import filter_doubts
from monitor.pipeline.readers.naming import known_to
from monitor.pipeline.readers.subscribing import refuse_certain


@click.command(name="backtest")
@click.argument("situation")
@click.option("--as", "who", metavar="ADDRESS[/NAME]", help="With this reader's filter.")
@click.option("--minimum", type=LEVELS, default="minor", show_default=True)
@click.option("--collection", multiple=True, help="Follow only this; may be repeated.")
@click.option("--party", multiple=True, help="Follow only this; may be repeated.")
@click.option("--issue", multiple=True, help="Follow only this; may be repeated.")
@click.option("--entity", multiple=True, help="Such as people[medinsky]; may be repeated.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    situation: str,
    who: str | None,
    minimum: str,
    collection: tuple[str, ...],
    party: tuple[str, ...],
    issue: tuple[str, ...],
    entity: tuple[str, ...],
) -> None:
    """What a filter would have told, version by version, with today's rules.

    \b
    Examples:
      monitor backtest ukraine-talks --minimum major
      monitor backtest ukraine-talks --party russia --issue territory
      monitor backtest ukraine-talks --as ana@example.org
    """
    wanted = Filter(
        minimum=Significance.parse(minimum),
        collections=collection,
        parties=party,
        issues=issue,
        entities=entity,
    )
    with reading(ctx) as program:
        VersionNames(program).resolve(situation)
        warn(refuse_certain(filter_doubts(known_to(program), (situation,), wanted)))
        if who is not None:
            wanted = find_subscription(program, who).spec.filter
        told = findings = 0
        for tested in backtest(program, situation, wanted):
            _show(tested)
            told += len(tested.told)
            findings += tested.findings
    click.echo(f"{told} of {findings} findings told")


def _show(tested: Tested) -> None:
    old, new = tested.comparison.old, tested.comparison.new
    click.echo(f"{old.as_of} -> {new.as_of}: {len(tested.told)} of {tested.findings}")
    for line in tested.told:
        click.echo(f"  {line}")
