"""`monitor new`: a dated copy of the latest snapshot, to edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from monitor.collect.names import parse_as_of
from monitor.collect.reader import read_document
from monitor.collect.reading_folder import FileRead, latest_state, read_folder
from monitor.collect.yaml_writing import write_yaml
from monitor.errors import Conflict, MonitorError, NotFound
from monitor.model.as_of import order
from monitor.model.nearest import suggestion_or_all
from monitor.settings import Settings, load
from monitor.settings.paths import short

_AS_OF: Final = re.compile(r"""("?as_of"?[ ]*:[ ]*["']?)[^\s"',}#]+""")
_JOINED: Final = (
    "# The state after all snapshots so far: the last was partial. Comments stand in the files.\n"
)


@click.command()
@click.argument("situation")
@click.option("--as-of", "as_of", help="The date of the new snapshot. Default: today.")
@click.option("-o", "--output", help="The folder to write into. Default: drafts/SITUATION.")
@click.option("--into-source", is_flag=True, help="Write beside the latest, where it counts.")
@click.pass_context
def command(
    ctx: click.Context, situation: str, as_of: str | None, output: str | None, into_source: bool
) -> None:
    """Write a copy of the latest snapshot of SITUATION under a new date, and print its path.

    It lies outside the sources, so that nobody is told of it before it is moved to the others.

    A full snapshot is copied as it is written, comments kept. After a partial one, the state that
    all of them add up to is written. Edit it; what you leave alone is no change.

    \b
    Examples:
      monitor new ukraine-talks
      monitor new ukraine-talks --as-of 2026-02-22
    """
    today = datetime.now(UTC)
    date = _date(as_of or today.strftime("%Y-%m-%d"))
    settings = load(ctx.obj["config"])
    files: list[FileRead] = []
    for folder in map(short, settings.folders.values()):
        files += (
            read_folder(folder, now=today, zone_of=settings.zone_of).snapshots
            if folder.is_dir()
            else ()
        )
    mine = [one for one in files if one.snapshot.situation == situation]
    if not mine:
        near = suggestion_or_all(situation, sorted({one.snapshot.situation for one in files}))
        raise NotFound(f"no snapshot of {situation} in the sources{near}")
    drafts = Path(output) if output else short(settings.path("drafts")) / situation
    if not into_source:
        _check_outside(settings, drafts)
    click.echo(_write(mine, date, None if into_source else drafts))


def _check_outside(settings: Settings, folder: Path) -> None:
    for name, source in settings.folders.items():
        if folder.resolve().is_relative_to(source.resolve()):
            text = f"{folder} lies in the source {name}, where a copy counts at once"
            raise Conflict(f"{text}; give another folder with -o, or --into-source")


def _date(text: str) -> str:
    try:
        return parse_as_of(text)
    except ValueError as error:
        raise MonitorError(f"--as-of: {error}") from error


def _write(files: Sequence[FileRead], date: str, folder: Path | None) -> Path:
    latest = max(files, key=lambda one: order(one.snapshot.as_of))
    if any(one.snapshot.as_of == date for one in files):
        raise Conflict(f"there is a snapshot as of {date} already; edit that one")
    text = _dated(latest, date) if latest.snapshot.is_full else _joined(files, latest, date)
    name = date.replace(":", "")  # not every file system takes a colon
    ending = latest.file.suffix if latest.snapshot.is_full else ".yaml"
    path = (folder or latest.file.parent) / f"{name}{ending}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except FileExistsError:
        raise Conflict(f"{path} exists already; edit that one") from None
    return path


def _dated(latest: FileRead, date: str) -> str:
    """The file's text with another `as_of`; checked, because text was replaced and not a value."""
    text = latest.data.decode()
    place = latest.snapshot.parsed.locate(("as_of",))
    lines = text.splitlines(keepends=True)
    row = place[0] - 1 if place else 0
    lines[row] = _AS_OF.sub(rf"\g<1>{date}", lines[row], count=1)
    copy = "".join(lines)
    document = read_document(copy.encode(), name=str(latest.file)).document
    if document != {**latest.snapshot.parsed.document, "as_of": date}:
        raise MonitorError(f"{latest.file}: as_of is written in an unusual way; copy it by hand")
    return copy


def _day(file: FileRead) -> tuple[str, str]:
    return order(file.snapshot.as_of)


def _joined(files: Sequence[FileRead], latest: FileRead, date: str) -> str:
    snapshot = latest.snapshot
    kind = snapshot.parsed.document["kind"]
    envelope = {"kind": kind, "situation": snapshot.situation, "as_of": date}
    titles = [one.snapshot.title for one in sorted(files, key=_day) if one.snapshot.title]
    if titles:
        envelope["title"] = titles[-1]
    return _JOINED + write_yaml({**envelope, **latest_state(files)})
