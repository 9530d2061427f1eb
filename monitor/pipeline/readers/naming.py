"""What the configuration and the readers name, and where: for the start, `check` and `status`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from monitor.collect.names import is_situation_name, parse_as_of
from monitor.compare.ignoring import Ignoring
from monitor.compare.significance import RuleSettings
from monitor.errors import MonitorError, NotFound, SettingsError
from monitor.model.nearest import suggestion, suggestion_or_all
from monitor.model.paths import covers
from monitor.model.tuples import NamedTuple
from monitor.pipeline.program import Program
from monitor.pipeline.readers.known import Doubt, Known, mute_doubts, path_doubts, situation_doubt
from monitor.pipeline.readers.known import spec_doubts as doubts_of_spec
from monitor.pipeline.readers.names import STORED, Folder, Names, StoredNames
from monitor.pipeline.readers.specs import spec_of
from monitor.settings import Settings
from monitor.settings.sections import JudgementSetting

EVERYTHING: Final = "*"
"""Stands in `web.open` for all situations, also those to come."""


class Written(NamedTuple):
    """A doubt about something in the configuration (`at` is its key) or of a reader (`who`)."""

    doubt: Doubt
    at: str = ""
    who: str = ""

    def line(self, settings: Settings) -> str:
        if self.at:
            return f"{settings.place(self.at)}: {self.at}: {self.doubt.text}"
        return f"{self.who}: {self.doubt.text}"


def known_to(program: Program, *, folders: bool = True) -> Known:
    """What the store holds; with `folders`, what lies there where the store has no word."""
    folder = Folder(program.settings) if folders else None
    stored = STORED.names(program)
    return Known(stored, folder, Waiting(program, stored))


class Waiting(Collection[str]):
    """Situations without a version that counts where something is there; each is asked for when
    somebody names it."""

    def __init__(self, program: Program, stored: StoredNames) -> None:
        self._program = program
        self._stored = stored

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name not in self._stored and _has_any(self._program, name)

    def __iter__(self) -> Iterator[str]:
        every = (situation.name for situation in self._program.store.situations.all())
        there = frozenset(self._stored)
        return (name for name in every if name not in there and _has_any(self._program, name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _has_any(program: Program, situation: str) -> bool:
    """Whether something is there that waits for a person or cannot be read, and is told as that."""
    store = program.store
    if store.snapshots.withdrawn(situation) or store.snapshots.stranded(situation):
        return True
    return any(one.state != "rejected" for one in store.versions.every(situation))


def refuse_impossible(program: Program) -> None:
    """Raises SettingsError for each name of the configuration that never was and nowhere is."""
    found = config_doubts(program.settings, known_to(program))
    lines = [(one.at, one.doubt.text) for one in found if one.doubt.certain]
    if lines:
        settings = program.settings
        (at, text), *others = lines
        raise SettingsError(
            f"{at}: {text}",
            where=settings.place(at),
            others=tuple(f"{settings.place(key)}: {key}: {more}" for key, more in others),
        )


def config_doubts(settings: Settings, known: Known) -> Iterator[Written]:
    """Subscriptions, rules, judgements and situations of the configuration, in this order."""
    for number, entry in enumerate(settings.subscriptions, 1):
        here = f"subscriptions[{number}]"
        try:
            spec = spec_of(entry)
        except SettingsError:
            continue  # told where it is read
        for doubt in doubts_of_spec(known, spec):
            yield Written(doubt, at=f"{here}.{doubt.key}")
    yield from _rules(settings, known)
    for number, judgement in enumerate(settings.judgements, 1):
        for doubt in judgement_doubts(known, judgement):
            yield Written(doubt, at=f"judgements[{number}].{doubt.key}")
    for name, table in settings.situations.items():
        yield from _situation(known, name, table.baseline)
    for name in settings.web.open:
        if name != EVERYTHING:
            for doubt in situation_doubt(known, name, "open"):
                yield Written(doubt, at="web.open")


def reader_doubts(program: Program, known: Known) -> Iterator[Written]:
    """What readers who subscribed by command follow and mute, and the mutes of all others."""
    for entry in program.store.subscriptions.all():
        if entry.state != "active":
            continue
        spec = entry.spec
        if spec.origin != "config":
            for doubt in doubts_of_spec(known, spec):
                yield Written(doubt, who=spec.who)
        for mute in entry.mutes:
            for doubt in mute_doubts(known, spec.situations, mute):
                yield Written(doubt, who=f"{spec.who}, mute {mute.id}")


def config_trouble(program: Program) -> Iterator[tuple[str, str]]:
    """Names of the configuration that lead nowhere, as conditions; none before anything is there:
    who names what nobody has written yet may wait."""
    known = known_to(program, folders=False)
    if known.stored:
        yield from _conditions(program, config_doubts(program.settings, known))
        yield from _conditions(program, baseline_doubts(program))


def concerns(settings: Settings, changed: Collection[str]) -> bool:
    """Whether the configuration names one of these situations, or speaks of all."""
    if not changed:
        return False
    named = {name for entry in settings.subscriptions for name in entry.situations}
    named |= settings.situations.keys() | {one.situation for one in settings.judgements}
    return bool(settings.rules) or not named.isdisjoint(changed)


def reader_trouble(program: Program) -> Iterator[tuple[str, str]]:
    """As `config_trouble`, of what was asked for by command: every subscription is read."""
    known = known_to(program, folders=False)
    if known.stored:
        yield from _conditions(program, reader_doubts(program, known))


def _conditions(program: Program, found: Iterator[Written]) -> Iterator[tuple[str, str]]:
    for one in found:
        name = f"name:{one.at or one.who}:{one.doubt.text.partition(';')[0]}"
        yield name, one.line(program.settings)


def judgement_doubts(known: Known, judgement: JudgementSetting) -> Iterator[Doubt]:
    yield from situation_doubt(known, judgement.situation, "situation")
    names = known.of(judgement.situation)
    if names is None:
        return
    wrong = [*path_doubts(known, [names], judgement.collection, "collection")]
    yield from wrong
    if not wrong:
        yield from id_doubts(names, judgement.collection, judgement.first, judgement.second)


def id_doubts(names: Names, collection: str, first: str, second: str) -> Iterator[Doubt]:
    """Two ids of which none is listed: one of them usually is, under its new name."""
    entries = [one for one in names.entries if covers(collection, one)]
    ids = sorted({one.rpartition("[")[2].rstrip("]") for one in entries})
    if first not in ids and second not in ids:
        text = f"no entry {first} or {second} in {collection} yet"
        yield Doubt("first", f"{text}{suggestion_or_all(first, ids)}")


def _rules(settings: Settings, known: Known) -> Iterator[Written]:
    if settings.rules:
        everywhere = [names for name in known.situations() if (names := known.of(name))]
        yield from _paths(known, settings.rules, everywhere, "rules")
    for name, table in settings.situations.items():
        own = known.of(name)
        yield from _paths(known, table.rules, [own] if own else [], f"situations.{name}.rules")
        yield from _ignored(own, table.ignore, f"situations.{name}.ignore")


def _ignored(names: Names | None, patterns: Sequence[str], at: str) -> Iterator[Written]:
    """Patterns that fit nothing in a situation's kind; a snapshot may have what it lets stand."""
    for kind in names.kinds[:1] if names else ():
        for pattern, wrong in Ignoring(patterns, kind).misfits():
            yield Written(Doubt("ignore", f"{pattern}: {wrong}"), at=at)


def _paths(known: Known, table: object, found: list[Names], where: str) -> Iterator[Written]:
    if not found or not isinstance(table, dict):
        return
    try:
        rules = RuleSettings.read(table).rules
    except SettingsError:
        return  # told where it is read
    for rule, setting in rules.items():
        named = [("paths", path) for path in setting.paths] + [("at", path) for path in setting.at]
        for key, path in named:
            for doubt in path_doubts(known, found, path, key):
                yield Written(doubt, at=f"{where}.{rule}.{key}")


def _situation(known: Known, name: str, baseline: str) -> Iterator[Written]:
    at = f"situations.{name}"
    if not is_situation_name(name):
        text = "lower-case letters, digits and inner hyphens make a situation's name"
        yield Written(Doubt("", text, certain=True), at=at)
        return
    for doubt in situation_doubt(known, name, ""):
        yield Written(doubt, at=at)
    if baseline == "previous":
        return
    try:
        parse_as_of(baseline)
    except ValueError:
        hint = suggestion(baseline, ("previous",))
        text = f"{baseline!r} is neither previous nor an as_of such as 2026-02-05{hint}"
        yield Written(Doubt("baseline", text, certain=True), at=f"{at}.baseline")


def baseline_doubts(program: Program) -> Iterator[Written]:
    """A baseline that the configuration names, of which no version is there."""
    for name, table in program.settings.situations.items():
        if table.baseline == "previous":
            continue
        try:
            program.store.versions.resolve(name, table.baseline)
        except NotFound:
            line = [version.ref.as_of for version in program.store.versions.history(name)]
            text = f"no version {table.baseline} yet{suggestion_or_all(table.baseline, line)}"
            yield Written(Doubt("baseline", text), at=f"situations.{name}.baseline")
        except MonitorError:
            continue
