"""`monitor init`: a working folder that can be checked, run and edited at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
import orjson

from monitor.collect.kindfile import load_kind
from monitor.errors import Conflict, MonitorError
from monitor.kinds.published import published_schema, snapshot_schema
from monitor.model.comparison import Json
from monitor.model.record import replace

_STARTER: Final = Path(__file__).parent / "starter"
_SITUATION: Final = "my-cabinet"
_FIRST_DATE: Final = "2026-01-01"  # as it stands in starter/first.yaml


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Lay out a working folder in DIR: configuration, a kind, a first snapshot, templates.

    Nothing that is there already is overwritten. The folder passes `monitor check`.

    \b
    Example:
      monitor init my-desk && cd my-desk && monitor check
    """
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    files = _files(today)
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise Conflict(f"{folder / there[0]} exists already; init overwrites nothing")
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(f"wrote {path}")
    except OSError as error:
        raise MonitorError(f"{error.filename}: {error.strerror}") from error
    click.echo(f"Next: cd {folder}; monitor check; monitor run --once")


def _files(today: str) -> dict[str, str]:
    """Paths in the folder, and what they hold."""
    kind = replace(load_kind(str(_STARTER / "kind.yaml")), name=_SITUATION)
    first = _starter("first.yaml").replace(_FIRST_DATE, today)
    return {
        "config/monitor.toml": _starter("monitor.toml"),
        f"snapshots/{_SITUATION}/kind.yaml": _starter("kind.yaml"),
        f"snapshots/{_SITUATION}/{today}.yaml": first,
        "templates/README.md": _starter("templates.md"),
        "schemas/kind.schema.json": _json(published_schema("kind")),
        f"schemas/{_SITUATION}.snapshot.schema.json": _json(snapshot_schema(kind)),
    }


def _starter(name: str) -> str:
    return (_STARTER / name).read_text(encoding="utf-8")


def _json(schema: Json) -> str:
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
