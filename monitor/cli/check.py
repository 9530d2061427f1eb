"""`monitor check`: every fault in what people write, with its place, before the service starts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from monitor.collect.given import read_given
from monitor.collect.kindfile import is_kind_file
from monitor.collect.limits import Limits
from monitor.collect.listing import in_words, os_reason
from monitor.collect.reading_folder import kind_faults, read_file, read_folder
from monitor.errors import MonitorError, NotFound, SettingsError, SnapshotRefused, TemplateFailed
from monitor.pipeline.rules import config_file, rules_of
from monitor.pipeline.specs import check_addresses, spec_of
from monitor.pipeline.taking import bounds
from monitor.render import load_templates
from monitor.settings import Settings, load
from monitor.settings.paths import short
from monitor.words.en.values import counted


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check FILES (snapshots and kinds), or without any the whole working folder.

    That is the configuration, every kind and snapshot of its sources and the states that follow
    from them, the templates, and the mail settings. Nothing is stored and nothing is sent. Exit 0
    when all is well, else 2. Files that hold data by their name and are not read are named.

    \b
    Examples:
      monitor check
      monitor check snapshots/my-cabinet/kind.yaml
    """
    faults = _Faults()
    if files:
        _check_files(files, faults)
        what = counted(len(files), "file")
    else:
        what = _check_all(ctx.obj["config"], faults)
    for line in faults.lines:
        click.echo(line, err=True)
    if faults.lines:
        click.echo(f"checked {what}: {len(faults.lines)} to mend", err=True)
        sys.exit(2)
    click.echo(f"checked {what}: all is well")


class _Faults:
    """Lines in the order they were found, each once."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}

    @property
    def lines(self) -> list[str]:
        return list(self._lines)

    def add(self, error: MonitorError) -> None:
        self.extend([str(error), *getattr(error, "others", ())])

    def extend(self, lines: list[str]) -> None:
        self._lines.update(dict.fromkeys(lines))


def _check_files(files: tuple[Path, ...], faults: _Faults) -> None:
    for file in files:
        if is_kind_file(file):
            faults.extend(kind_faults([file]))
            continue
        try:
            read_file(file, read_given(file), limits=Limits.large())
        except (SnapshotRefused, NotFound) as error:
            faults.add(error)


def _check_all(config: str | None, faults: _Faults) -> str:
    try:
        settings = load(config)
    except SettingsError as error:
        faults.add(error)
        return "the configuration"
    for fault in _settings_faults(settings):
        faults.add(fault)
    kinds, snapshots = _check_sources(settings, faults)
    try:
        faults.extend(list(load_templates(settings.base).faults()))
    except (TemplateFailed, NotFound) as error:
        faults.add(error)
    counts = f"{counted(kinds, 'kind')}, {counted(snapshots, 'snapshot')}"
    return f"the configuration, {counts} and the templates"


def _check_sources(settings: Settings, faults: _Faults) -> tuple[int, int]:
    limits = bounds(settings.limits)
    kinds = snapshots = 0
    for name, source in settings.sources.items():
        try:
            read = read_folder(
                short(settings.path(source.folder)),
                now=datetime.now(UTC),
                limits=limits,
                zone_of=settings.zone_of,
            )
        except NotFound as error:
            faults.add(
                SettingsError(f"sources.{name}: {error.message}", where=config_file(settings))
            )
            continue
        except OSError as error:
            text = f"sources.{name}: {source.folder} cannot be listed: {os_reason(error)}"
            faults.add(SettingsError(text, where=config_file(settings)))
            continue
        if line := in_words(read.ignored):
            click.echo(f"source {name}: {line}")
        faults.extend(list(read.faults))
        kinds += read.kinds
        snapshots += len(read.snapshots)
    return kinds, snapshots


def _settings_faults(settings: Settings) -> Iterator[MonitorError]:
    """What only the parts that use a setting can judge."""
    where = config_file(settings)
    for situation in dict.fromkeys(["", *settings.situations]):
        try:
            rules_of(settings, situation)
        except SettingsError as error:
            yield error
    for entry in settings.subscriptions:
        try:
            spec_of(entry)
        except SettingsError as error:
            yield SettingsError(error.message, where=where)
    try:
        check_addresses(settings)
    except SettingsError as error:
        yield error
    mail = settings.mail
    if mail.transport == "smtp" and mail.username and settings.smtp_password is None:
        text = "mail.username is set, and neither MONITOR_SMTP_PASSWORD nor ..._FILE is"
        yield SettingsError(text, where=where)
    if mail.ca_file and not settings.path(mail.ca_file).is_file():
        yield SettingsError(f"mail.ca_file: there is no file {mail.ca_file}", where=where)
