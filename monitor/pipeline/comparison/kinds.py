"""Kinds as they were when a version was written, by the hash that the version remembers, and what
the configuration says about rules, in the words of the comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.compare.judgements import Judgement
from monitor.compare.significance import RuleSettings
from monitor.errors import SettingsError
from monitor.kinds.kind import Kind
from monitor.kinds.reading import read_kind
from monitor.model.record import replace
from monitor.settings import Settings
from monitor.store.records import StoredJudgement


@dataclass(slots=True, kw_only=True)
class Kinds:
    """Each kind is read once per process; `stored` gives its name and schema by hash."""

    stored: Callable[[str], tuple[str, Mapping[str, Any]]]
    _read: dict[str, Kind] = field(default_factory=dict)

    def knows(self, kind_hash: str) -> bool:
        """Whether it was read from the store, which forgets none."""
        return kind_hash in self._read

    def by_hash(self, kind_hash: str) -> Kind:
        if kind_hash not in self._read:
            name, schema = self.stored(kind_hash)
            self._read[kind_hash] = read_kind(schema, name=name)
        return self._read[kind_hash]


def check_rules(settings: Settings) -> None:
    """Raises SettingsError for a rule that does not exist or is told what it cannot be."""
    for situation in ("", *settings.situations):
        rules_of(settings, situation)


def rules_of(settings: Settings, situation: str) -> RuleSettings:
    """Those of the situation before those of all. Raises SettingsError for an unknown rule."""
    where = f"situations.{situation}."
    try:
        table = settings.situation(situation)
        own = replace(RuleSettings.read(table.rules), ignore=table.ignore)
        where = ""
        return own.over(RuleSettings.read(settings.rules))
    except SettingsError as error:
        text = f"{where}{error.message}"
        raise SettingsError(text, where=settings.place(text.partition(":")[0])) from error


def judgements_of(
    settings: Settings, stored: Iterable[StoredJudgement], situation: str
) -> tuple[Judgement, ...]:
    """The configured ones, then those given by command and not revoked."""
    configured = (
        Judgement(
            collection=entry.collection,
            verdict=entry.verdict,
            left=entry.first,
            right=entry.second,
        )
        for entry in settings.judgements
        if entry.situation == situation
    )
    by_command = (
        Judgement(
            collection=entry.collection,
            verdict=entry.verdict,
            left=str(entry.left),
            right=str(entry.right),
        )
        for entry in stored
    )
    return (*configured, *by_command)
