"""`monitor watch`: from an address, a file or a repository to a first digest."""

from __future__ import annotations

import contextlib
import email
import email.policy
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from monitor.cli.diff import command as diff
from monitor.cli.opened import now, opened_at
from monitor.cli.proposed import lines_of
from monitor.errors import Conflict, MonitorError
from monitor.model.digest import Digest
from monitor.pipeline.adding.checking import check_situation, check_written
from monitor.pipeline.adding.history import Progress, refused_of, take_in_all
from monitor.pipeline.adding.place import from_home, name_of, slug, title_of, wanted
from monitor.pipeline.adding.proposal import Proposal, propose
from monitor.pipeline.adding.written import (
    Reader,
    home_of,
    make_home,
    text_of,
    write_config,
    write_kind,
)
from monitor.pipeline.intake.taking import bounds
from monitor.pipeline.preview import preview, stored_bytes
from monitor.pipeline.program import Program
from monitor.pipeline.readers.provision import provision
from monitor.pipeline.telling.welcome import Begun, begin
from monitor.settings import Settings, load
from monitor.settings.keys import address as read_address
from monitor.settings.sources import FORMATS
from monitor.words import LANGUAGES
from monitor.words.en.values import counted

_HOW = ("to", "name", "situation", "title", "cadence", "zone", "language", "yes", "dry_run")
"""Options that are none of the source's own."""


@click.command(name="watch")
@click.argument("place")
@click.option("--to", multiple=True, metavar="ADDRESS", help="Who is told; may be repeated.")
@click.option("--cadence", default="daily 07:00", show_default=True, help="As in `subscribe`.")
@click.option("--zone", default="UTC", show_default=True, help="The zone of the cadence.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--name", metavar="NAME", help="Of the source and its files. Default: by the place.")
@click.option("--situation", metavar="NAME", help="What digests call it. Default: the name.")
@click.option("--title", metavar="TEXT", help="Its title in digests.")
@click.option("--path", metavar="PATH", help="A file or folder in a git repository.")
@click.option("--since", metavar="DATE", help="From which day on a repository's history counts.")
@click.option("--branch", metavar="NAME", help="Of a repository. Default: the one that it names.")
@click.option("--files", metavar="PATTERN", help="Of a folder: only these, such as '*.yaml'.")
@click.option("--entries", type=click.Choice(["files"]), help="A file for each entity.")
@click.option("--format", type=click.Choice(FORMATS), help="Default: by name and content.")
@click.option("--sheet", metavar="NAME", help="Of a workbook.")
@click.option("--header", type=int, metavar="N", help="The line or row with the columns' names.")
@click.option("--separator", metavar="C", help="Of a table.")
@click.option("--encoding", metavar="NAME", help="Of a table that is not UTF-8.")
@click.option("--key", metavar="FIELD", help="What tells the entries apart. Default: found.")
@click.option("--kind", metavar="NAME|FILE", help="Default: found, and written beside the source.")
@click.option("--map", metavar="FILE", help="A mapping (docs/sources.md).")
@click.option("--as-of", metavar="RULE", help="Of an address: modified, fetched, or a field.")
@click.option("--next", metavar="RULE", help="Of an address in pages: link, or a field.")
@click.option("--items", metavar="FIELD", help="The list in each page.")
@click.option("--private", multiple=True, metavar="HOST", help="May be asked though not public.")
@click.option("--interval", metavar="DURATION", help="How often it is looked at.")
@click.option("--dry-run", is_flag=True, help="Look, read and show; store and write nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing on a terminal.")
@click.pass_context
def command(ctx: click.Context, /, place: str, **given: Any) -> None:
    """Watch PLACE: an address, a git repository, a file, or a folder with a file per entity.

    It looks once and shows how PLACE is read and what was found in it; then it writes
    config/sources.d/NAME.toml and the kind beside it, takes in all versions that there are without
    telling anybody, and shows the first digest. A running service takes the source up by itself.

    \b
    Examples:
      monitor watch members.xlsx --sheet Members --key id --dry-run
      monitor watch https://example.org/ministers.csv --to ana@example.org
      monitor watch https://example.org/repo.git --path data/members --since 2024-01-01
    """
    config = ctx.obj["config"]
    settings = load(config)
    proposal = _look(settings, place, given)
    for line in lines_of(proposal):
        click.echo(line)
    home = home_of(settings)
    file = home / f"{proposal.wanted.name}.toml"
    check_written(settings, text_of(proposal, _told(given, given["to"])), file)
    if given["dry_run"]:
        click.echo("nothing was stored or written (--dry-run)")
        return
    readers = _readers(given, proposal)
    check_written(settings, text_of(proposal, readers), file)
    if file.exists():
        raise Conflict(f"{file} is there already; choose another --name, or edit it")
    with opened_at(config, reading=False) as program:
        _refuse_taken(program, proposal)
        make_home(home)
        if (kind := write_kind(proposal, home)) is not None:
            click.echo(f"wrote {_short(kind)}")
        with _stopped_well():
            _take_in(program, proposal)
        write_config(text_of(proposal, readers), file)
        click.echo(f"wrote {_short(file)}")
    with opened_at(config, reading=False) as program:
        _begin(program)
        _show(ctx, program, proposal, readers)


def _look(settings: Settings, place: str, given: dict[str, Any]) -> Proposal:
    options = {key: value for key, value in given.items() if key not in _HOW}
    name = slug(given["name"] or "") or name_of(place, options)
    if name in settings.sources:
        known = settings.place(f"sources.{name}")
        raise Conflict(f"there is a source {name} ({known}) already; choose another --name")
    options["situation"] = given["situation"] or name
    check_situation(options["situation"])
    options["title"] = given["title"] or title_of(place, options, name)
    home = home_of(settings)
    for key in ("kind", "map"):
        options[key] = from_home(given[key], base=settings.base, home=home)
    return propose(
        wanted(place, options, name=name, base=settings.base),
        base=settings.base,
        home=home,
        contact=settings.mail.operator,
        limits=bounds(settings.limits),
        now=now(),
    )


def _refuse_taken(program: Program, proposal: Proposal) -> None:
    """A situation is one thing: what another source tells of is not to be mixed with this."""
    name = proposal.shaping.situation
    taken = {row.source for row in program.store.snapshots.of(name)} - {proposal.wanted.name}
    if taken:
        others = ", ".join(str(one or "a person, by hand") for one in sorted(taken, key=str))
        raise Conflict(f"the situation {name} comes from {others}; choose another --situation")


def _readers(given: dict[str, Any], proposal: Proposal) -> list[Reader]:
    addresses = list(given["to"])
    if sys.stdin.isatty() and sys.stdout.isatty() and not given["yes"]:
        if not addresses:
            text = "Who is to be told? An address, or nothing"
            found = click.prompt(
                text, default="", show_default=False, err=True, value_proc=_typed_address
            )
            addresses = [found] if found else []
        if not click.confirm(f"Watch it as {proposal.wanted.name}?", default=True, err=True):
            click.echo("nothing was stored or written", err=True)
            raise click.Abort
    return _told(given, addresses)


def _told(given: dict[str, Any], addresses: Sequence[str]) -> list[Reader]:
    readers = []
    for address in dict.fromkeys(addresses):
        try:
            read_address(address)
        except ValueError as error:
            raise MonitorError(f"--to {address}: {error}") from None
        how = {key: given[key] for key in ("cadence", "zone", "language")}
        readers.append(Reader(address=address, **how))
    return readers


def _typed_address(text: str) -> str:
    """What was typed, or the question once more."""
    try:
        return read_address(text) if text.strip() else ""
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _take_in(program: Program, proposal: Proposal) -> None:
    name = proposal.wanted.name
    if there := len(program.store.sources.files(name)):
        click.echo(f"going on where it was stopped: {counted(there, 'version')} taken in before")
    steps = take_in_all(program, name, proposal.source, now, known=proposal.notes)
    for step, count in _with_bars(steps, proposal.versions):
        click.echo(f"{step}: {counted(count, 'version')}")
    refused = refused_of(program, name)
    for line in refused[:_SHOWN]:
        click.echo(f"monitor: refused {line}", err=True)
    if len(refused) > _SHOWN:
        click.echo(f"monitor: and {len(refused) - _SHOWN} refused more", err=True)
    held = program.store.versions.held(proposal.shaping.situation)
    if held:
        text = f"{counted(len(held), 'version')} held, such as {held[0].ref.as_of}: {held[0].held}"
        click.echo(f"monitor: {text}; see `monitor held`", err=True)


@contextlib.contextmanager
def _stopped_well() -> Iterator[None]:
    """Ctrl-C says what is left, and gives back the cursor that a bar has hidden."""
    try:
        yield
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            click.echo("\x1b[?25h", err=True)
        text = "stopped: what was taken in stays, and the same command goes on from there"
        click.echo(text, err=True)
        raise


_SHOWN = 5


def _with_bars(steps: Iterator[Progress], whole: int) -> Iterator[tuple[str, int]]:
    """Draws a bar for each step on a terminal; gives each step and its count when it is over."""
    last: Progress | None = None
    bar: Any = None
    for progress in steps:
        if last is None or progress.step != last.step:
            if last is not None:
                yield _ended(bar, last)
            bar = _bar(progress.step, whole if last is None else progress.whole)
        if bar is not None:
            bar.update(progress.done - bar.pos)
        last = progress
    if last is not None:
        yield _ended(bar, last)


def _bar(step: str, whole: int) -> Any:
    if not sys.stderr.isatty():
        return None
    bar: Any = click.progressbar(length=max(whole, 1), label=step, file=sys.stderr)
    bar.render_progress()
    return bar


def _ended(bar: Any, last: Progress) -> tuple[str, int]:
    if bar is not None:
        bar.update(bar.length - bar.pos)
        bar.render_finish()
    return last.step, last.done


def _begin(program: Program) -> None:
    provision(program, now())
    for _ in begin(program, Begun(), now()):
        pass


def _show(
    ctx: click.Context, program: Program, proposal: Proposal, readers: Sequence[Reader]
) -> None:
    """The first digest, or, of a single version, what its reader is told of it."""
    situation = proposal.shaping.situation
    versions = program.store.versions.history(situation)
    if not readers and len(versions) > 1:
        click.echo("")
        ctx.invoke(diff, old=f"{situation}@previous", new=f"{situation}@latest", brief=True)
    for reader in readers[:1]:
        found = program.store.subscriptions.find(reader.address, proposal.wanted.name)
        if found is None or found.state != "active":
            continue
        if len(versions) > 1:
            shown: Digest | Any = preview(program, found, now(), since="previous")
            click.echo(f"\nthe digest of the last change, as {reader.address} would get it:\n")
            click.echo(f"Subject: {shown.subject}\n\n{shown.text}")
        else:
            messages = program.store.outbox.find(subscription=found.id, limit=1)
            for message in messages:
                click.echo(f"\nwhat {reader.address} gets first:\n")
                click.echo(_text(stored_bytes(program, message)))
    after = _next(readers, situation)
    click.echo(f"\nNext: monitor run, unless it runs already; monitor source list; {after}")


def _next(readers: Sequence[Reader], situation: str) -> str:
    if readers:
        return f"monitor history {situation}"
    return f"monitor subscribe you@example.org {situation}"


def _text(message: bytes) -> str:
    found = email.message_from_bytes(message, policy=email.policy.default)
    body = found.get_body(("plain",))
    return f"Subject: {found['Subject']}\n\n{body.get_content() if body else ''}"


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
