"""`monitor schema`: the JSON Schemas, for editors and for programs that read our output."""

from __future__ import annotations

import click
import orjson

from monitor.collect.kindfile import load_kind
from monitor.kinds.published import published_schema, snapshot_schema
from monitor.model.comparison import Json


@click.group()
def command() -> None:
    """Print a JSON Schema (2020-12).

    \b
    Examples:
      monitor schema kind > kind.schema.json
      monitor schema snapshot negotiation > negotiation.schema.json
      monitor schema diff
      monitor schema webhook
    """


@command.command()
def kind() -> None:
    """What a kind's file may say, annotations included."""
    _print(published_schema("kind"))


@command.command()
def diff() -> None:
    """What `monitor diff --format json` prints."""
    _print(published_schema("diff"))


@command.command()
def webhook() -> None:
    """What a webhook is sent."""
    _print(published_schema("webhook"))


@command.command()
@click.argument("kind_name", metavar="KIND|FILE")
def snapshot(kind_name: str) -> None:
    """What a snapshot of KIND may say, for an editor to complete and check."""
    _print(snapshot_schema(load_kind(kind_name)))


def _print(schema: Json) -> None:
    click.echo(orjson.dumps(schema, option=orjson.OPT_INDENT_2).decode())
