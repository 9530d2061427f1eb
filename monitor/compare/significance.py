"""How much a finding matters: config before kind, kind before the rule's own default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.compare.rules import RULES
from monitor.errors import SettingsError
from monitor.kinds.kind import Kind
from monitor.model.comparison import Change, Significance
from monitor.model.nearest import suggestion
from monitor.model.paths import covers, detail
from monitor.model.record import NONE, Record


class RuleSetting(Record):
    """What a config says of one rule.

    `significance` replaces every other word on it. A `silent` rule still speaks, as noise, so that
    every change stays in exactly one finding. `paths` narrow it: elsewhere the rule is not used
    and its changes are left to the others. `at` overrides `significance` below some paths.
    """

    significance: Significance | None = None
    silent: bool = False
    paths: tuple[str, ...] = ()
    at: Mapping[str, Significance] = NONE


_NAMES = ("significance", "silent", "paths", "at")
_UNSET = RuleSetting()


class RuleSettings(Record):
    """What a config says of the rules, by rule id; `ignore` are patterns of what does not belong to
    the content (see ignoring.py)."""

    rules: Mapping[str, RuleSetting] = NONE
    ignore: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> RuleSettings:
        """From the config's table of rules; raises SettingsError that names the faulty key.

        `{"firmed": {"significance": "minor", "paths": ["rounds"], "at": {"rounds[geneva]":
        "critical"}}, "respelled": {"silent": true}}`
        """
        return cls(rules={rule: _read(rule, table) for rule, table in document.items()})

    def over(self, other: RuleSettings) -> RuleSettings:
        """These settings where they speak of a rule, the other's elsewhere."""
        ignore = tuple(dict.fromkeys((*self.ignore, *other.ignore)))
        return RuleSettings(rules={**other.rules, **self.rules}, ignore=ignore)

    def applies(self, rule: str, path: str) -> bool:
        """Whether a rule is used at a path."""
        paths = self.rules.get(rule, _UNSET).paths
        return not paths or any(covers(named, path) for named in paths)

    def configured(self, rule: str, path: str) -> Significance | None:
        """What the config says of a rule at a path; the closest path that covers it decides."""
        setting = self.rules.get(rule)
        if setting is None:
            return None
        if named := [at for at in setting.at if covers(at, path)]:
            return setting.at[max(named, key=detail)]
        return Significance.NOISE if setting.silent else setting.significance


def of_change(change: Change, kind: Kind, default: Significance) -> Significance:
    """A kind's word on a change: of the field, else of the list; else the default.

    What only differs in form (null and missing, white space) is noise whatever the kind says.
    """
    if change.significance is Significance.NOISE:
        return Significance.NOISE
    collection = kind.collections.get(change.collection)
    if collection is None:
        return default
    if change.field is not None:
        described = collection.fields.get(change.field)
        if described is not None and change.op in described.significance:
            return described.significance[change.op]
    return collection.significance.get(change.op, default)


def _read(rule: str, table: Any) -> RuleSetting:
    if rule not in RULES:
        hint = suggestion(rule, RULES) or "; `monitor rules` lists them"
        raise SettingsError(f"rules.{rule}: no such rule{hint}")
    if not isinstance(table, Mapping):
        raise SettingsError(f"rules.{rule}: expected a table")
    for key in table:
        if key not in _NAMES:
            raise SettingsError(f"rules.{rule}.{key}: unknown key{suggestion(key, _NAMES)}")
    where = f"rules.{rule}"
    silent, paths, at = table.get("silent", False), table.get("paths", ()), table.get("at", {})
    if not isinstance(silent, bool):
        raise SettingsError(f"{where}.silent: expected true or false")
    if not isinstance(paths, list | tuple) or not all(isinstance(path, str) for path in paths):
        raise SettingsError(f"{where}.paths: expected a list of paths")
    if not isinstance(at, Mapping):
        raise SettingsError(f"{where}.at: expected a table of paths")
    level = table.get("significance")
    return RuleSetting(
        significance=None if level is None else _level(level, f"{where}.significance"),
        silent=silent,
        paths=tuple(paths),
        at={path: _level(word, f'{where}.at."{path}"') for path, word in at.items()},
    )


def _level(word: Any, where: str) -> Significance:
    try:
        return Significance.parse(str(word))
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from None
