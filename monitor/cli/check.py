"""`monitor check`: every fault in what people write, with its place, before the service starts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from monitor.cli.opened import opened_at
from monitor.collect.beside import faults_beside
from monitor.collect.given import read_given
from monitor.collect.kindfile import is_kind_file, is_mapping_file
from monitor.collect.limits import Limits
from monitor.collect.listing import os_reason
from monitor.collect.reading_folder import FileRead, kind_faults, read_file, read_folder
from monitor.collect.source import in_words
from monitor.errors import MonitorError, NotFound, SettingsError, SnapshotRefused, TemplateFailed
from monitor.mapping.load import load_mapping
from monitor.model.as_of import order
from monitor.model.comparison import Document
from monitor.pipeline.channels.opening import channel_faults
from monitor.pipeline.comparison.kinds import rules_of
from monitor.pipeline.comparison.weights import weight_doubts
from monitor.pipeline.intake.shaped import shaping_faults
from monitor.pipeline.intake.suspecting import early
from monitor.pipeline.intake.taking import bounds
from monitor.pipeline.program import Program
from monitor.pipeline.readers.known import Known
from monitor.pipeline.readers.names import Folder
from monitor.pipeline.readers.naming import baseline_doubts, config_doubts, known_to, reader_doubts
from monitor.pipeline.readers.specs import check_addresses, spec_of
from monitor.render import load_templates
from monitor.settings import Settings, load
from monitor.settings.mailing import impossible_login, impossible_mailbox
from monitor.settings.paths import short
from monitor.words.en.values import counted


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check FILES (snapshots, kinds, mappings, a configuration), or all of the working folder.

    That is the configuration, every kind and snapshot of its sources and the states that follow
    from them, the templates, the mail settings, and the names in all of them. A snapshot is held
    against those beside it and the store. Nothing is stored and nothing is sent. Exit 0 when all
    is well or only names that may come are missing (warnings), else 2. Files
    that hold data by their name and are not read are named.

    \b
    Examples:
      monitor check
      monitor check snapshots/my-cabinet/kind.yaml
    """
    faults = _Faults()
    if files:
        _check_files(files, ctx.obj["config"], faults)
        what = counted(len(files), "file")
    else:
        what = _check_all(ctx.obj["config"], faults)
    for line in faults.lines:
        click.echo(line, err=True)
    for line in faults.warnings:
        click.echo(f"warning: {line}", err=True)
    if faults.lines:
        click.echo(f"checked {what}: {len(faults.lines)} to mend", err=True)
        sys.exit(2)
    if faults.warnings:
        click.echo(f"checked {what}: {counted(len(faults.warnings), 'warning')}")
        return
    click.echo(f"checked {what}: all is well")


class _Faults:
    """Lines in the order they were found, each once."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}
        self._warnings: dict[str, None] = {}

    @property
    def warnings(self) -> list[str]:
        """What may come into being later, and is not there now."""
        return list(self._warnings)

    def warn(self, lines: Iterable[str]) -> None:
        self._warnings.update(dict.fromkeys(lines))

    @property
    def lines(self) -> list[str]:
        return list(self._lines)

    def add(self, error: MonitorError) -> None:
        self.extend([str(error), *getattr(error, "others", ())])

    def extend(self, lines: list[str]) -> None:
        self._lines.update(dict.fromkeys(lines))


def _check_files(files: tuple[Path, ...], config: str | None, faults: _Faults) -> None:
    read: list[FileRead] = []
    for file in files:
        if file.suffix == ".toml":
            _check_all(str(file), faults)
            continue
        if is_kind_file(file):
            faults.extend(kind_faults([file]))
            continue
        if is_mapping_file(file):
            _check_mapping(file, faults)
            continue
        try:
            data = read_given(file)
            snapshot = read_file(file, data, limits=Limits.large())
        except (SnapshotRefused, NotFound) as error:
            faults.add(error)
            continue
        read.append(FileRead(file=file, data=data, snapshot=snapshot))
    if read:
        _check_beside(read, config, faults)


def _check_mapping(file: Path, faults: _Faults) -> None:
    try:
        load_mapping(file)
    except (SnapshotRefused, NotFound) as error:
        faults.add(error)


def _check_beside(read: list[FileRead], config: str | None, faults: _Faults) -> None:
    """Each snapshot against the others that were named and those that lie in its folder."""
    others = {one.file.resolve(): one for one in read}
    for folder in dict.fromkeys(one.file.parent for one in read):
        try:
            beside = read_folder(folder, now=datetime.now(UTC)).snapshots
        except (MonitorError, OSError):
            continue
        for one in beside:
            others.setdefault(one.file.resolve(), one)
    faults.warn(_held(load(config), read))
    with _store(config) as program:
        for one in read:
            stored = partial(_state_before, program)
            faults.extend(faults_beside(one, list(others.values()), stored))
            faults.warn(weight_doubts(one, list(others.values()), stored))
            if program is not None and (text := _other_kind(program, one)):
                faults.warn([text])


def _held(settings: Settings, read: Iterable[FileRead]) -> list[str]:
    """What the service would hold because it lies ahead: most often a slip of the pen."""
    found = []
    for one in read:
        situation, as_of = one.snapshot.situation, one.snapshot.as_of
        doubt = early(as_of, settings.zone_of(situation), settings.hold, datetime.now(UTC))
        if doubt is not None:
            found.append(f"{one.file}: it will be held: {doubt.reason}")
    return found


@contextmanager
def _store(config: str | None) -> Iterator[Program | None]:
    """The program to look into, None where there is no store yet or it cannot be read."""
    with ExitStack() as stack:
        try:
            program = stack.enter_context(opened_at(config, reading=True))
        except (MonitorError, OSError):
            program = None
        yield program


def _state_before(program: Program | None, situation: str, as_of: str) -> Document | None:
    if program is None or situation not in {one.name for one in program.store.situations.all()}:
        return None
    line = program.store.versions.history(situation)
    before = [one for one in line if order(one.ref.as_of) < order(as_of)]
    return program.store.versions.state(before[-1].id).document if before else None


def _other_kind(program: Program, one: FileRead) -> str | None:
    """A kind may change; one that shares no list with what is there is that of something else."""
    name, kind = one.snapshot.situation, one.snapshot.kind
    if name not in {each.name for each in program.store.situations.all()}:
        return None
    latest = program.store.versions.latest(name)
    stored = program.kinds.by_hash(latest.kind_hash) if latest else kind
    if set(stored.collections) & set(kind.collections) - {""}:
        return None
    return f"{one.file}: {name} is of the kind {stored.name} so far, and not of {kind.name}"


def _check_all(config: str | None, faults: _Faults) -> str:
    try:
        settings = load(config)
    except SettingsError as error:
        faults.add(error)
        return "the configuration"
    for fault in _settings_faults(settings):
        faults.add(fault)
    kinds, snapshots = _check_sources(settings, faults)
    _check_names(settings, config, faults)
    try:
        templates = load_templates(settings.base)
        faults.extend(list(templates.faults()))
        faults.warn(list(templates.unused()))
    except (TemplateFailed, NotFound) as error:
        faults.add(error)
    counts = f"{counted(kinds, 'kind')}, {counted(snapshots, 'snapshot')}"
    return f"the configuration, {counts} and the templates"


def _check_names(settings: Settings, config: str | None, faults: _Faults) -> None:
    """What the configuration, and with a store its readers, name and nothing is called."""
    with _store(config) as program:
        if program is None:
            known = Known({}, Folder(settings))
            found = list(config_doubts(settings, known)) if known.situations() else []
        else:
            known = known_to(program)
            found = [
                *config_doubts(settings, known),
                *baseline_doubts(program),
                *reader_doubts(program, known),
            ]
        lines = [(one.doubt.certain, one.line(settings)) for one in found]
    faults.extend([line for certain, line in lines if certain])
    faults.warn(line for certain, line in lines if not certain)


def _check_sources(settings: Settings, faults: _Faults) -> tuple[int, int]:
    limits = bounds(settings.limits)
    kinds = snapshots = 0
    for name, source in settings.sources.items():
        if source.situation is not None:
            for error in shaping_faults(name, source):
                faults.add(error)
    for name, folder in settings.folders.items():
        try:
            read = read_folder(
                short(folder),
                now=datetime.now(UTC),
                limits=limits,
                zone_of=settings.zone_of,
            )
        except NotFound as error:
            faults.add(
                SettingsError(
                    f"sources.{name}: {error.message}",
                    where=settings.place(f"sources.{name}.folder"),
                )
            )
            continue
        except OSError as error:
            written = settings.sources[name].where
            text = f"sources.{name}: {written} cannot be listed: {os_reason(error)}"
            faults.add(SettingsError(text, where=settings.place(f"sources.{name}.folder")))
            continue
        if line := in_words(read.ignored):
            click.echo(f"source {name}: {line}")
        faults.extend(list(read.faults))
        faults.warn(_held(settings, read.snapshots))
        for one in read.snapshots:
            faults.warn(weight_doubts(one, read.snapshots, lambda *_: None))
        kinds += read.kinds
        snapshots += len(read.snapshots)
    return kinds, snapshots


def _settings_faults(settings: Settings) -> Iterator[MonitorError]:
    """What only the parts that use a setting can judge."""
    for situation in dict.fromkeys(["", *settings.situations]):
        try:
            rules_of(settings, situation)
        except SettingsError as error:
            yield error
    for number, entry in enumerate(settings.subscriptions, 1):
        try:
            spec_of(entry)
        except SettingsError as error:
            yield SettingsError(error.message, where=settings.place(f"subscriptions[{number}]"))
    try:
        check_addresses(settings)
    except SettingsError as error:
        yield error
    for text in channel_faults(settings):
        yield SettingsError(text)
    for wrong in (*impossible_login(settings), *impossible_mailbox(settings)):
        yield SettingsError(wrong.text, where=settings.place(wrong.at))
    ca_file = settings.mail.ca_file
    if ca_file and not settings.path(ca_file).is_file():
        where = settings.place("mail.ca_file")
        yield SettingsError(f"mail.ca_file: there is no file {ca_file}", where=where)
