"""`monitor rules`: the rules that turn changes into findings."""

from __future__ import annotations

import json
from typing import Any

import click

from monitor.cli.table import table
from monitor.compare.rules import RULES
from monitor.compare.rules.rule import Rule
from monitor.errors import NotFound
from monitor.model.nearest import suggestion_or_all


@click.command()
@click.argument("rule", metavar="ID", required=False)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(rule: str | None, form: str) -> None:
    """List the rules in the order in which they run, or explain one.

    \b
    Examples:
      monitor rules
      monitor rules replaced
    """
    if rule is not None and rule not in RULES:
        raise NotFound(f"no rule {rule!r}{suggestion_or_all(rule, RULES)}")
    chosen = list(RULES.values()) if rule is None else [RULES[rule]]
    if form == "json":
        click.echo(json.dumps([_as_json(one) for one in chosen], indent=2, ensure_ascii=False))
    elif rule is None:
        table([("RULE", "BY DEFAULT", "WHAT IT SAYS")] + [_row(one) for one in chosen])
    else:
        _explain(chosen[0])


def _row(rule: Rule) -> tuple[str, str, str]:
    name = f"{rule.id} (remark)" if rule.remark else rule.id
    return name, rule.significance.word, rule.summary


def _explain(rule: Rule) -> None:
    click.echo(f"{rule.id}: {rule.summary}")
    click.echo(f"By default {rule.significance.word}; a kind or the configuration may say more.")
    mirror = (
        f"Seen backwards it is {rule.mirror}." if rule.mirror else f"No mirror: {rule.unmirrored}"
    )
    click.echo(mirror)
    click.echo(f"In the configuration: [rules.{rule.id}] with significance, silent, paths or at.")


def _as_json(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "summary": rule.summary,
        "significance": rule.significance.word,
        "mirror": rule.mirror,
        "unmirrored": rule.unmirrored,
        "remark": rule.remark,
    }
