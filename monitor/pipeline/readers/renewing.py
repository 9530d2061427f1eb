"""The configuration of a running service, read again when its files have changed.

What is watched, who follows it and what matters there takes effect at once; everything else waits
for the next start, and says so. A file that is wrong changes nothing, and the operator is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from monitor.errors import SettingsError
from monitor.pipeline.comparison.kinds import check_rules
from monitor.pipeline.program import Program
from monitor.pipeline.readers.naming import refuse_impossible
from monitor.pipeline.readers.provision import provision
from monitor.pipeline.say import say, warn
from monitor.settings import Settings, load
from monitor.settings.added import FOLDER, added_files
from monitor.settings.demo import SOURCE, is_demo

SETTINGS: Final = "settings"

AT_ONCE: Final = frozenset(("sources", "situations", "rules", "judgements", "subscriptions"))
"""Tables that take effect while the service runs."""

_PLACES: Final = frozenset(("lines", "elsewhere"))
Stamp: TypeAlias = tuple[tuple[str, int, int], ...]


class Renewal:
    """Remembers how the files looked. Made when the service starts, with what they said then."""

    def __init__(self, settings: Settings) -> None:
        self._file = settings.file
        self._folder = (settings.file.absolute().parent if settings.file else None) or (
            settings.base / "config"
        )
        self._stamp = self._look()
        self._wrong: str | None = None

    def renewed(self, program: Program, now: datetime) -> Program:
        """The same program, or one with what the files say now.

        Where they are wrong, what was said before goes on, and the fault stands as trouble.
        """
        program.blame.begin(SETTINGS)
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp = stamp
            program = self._read(program, now)
        if self._wrong is not None:
            program.blame.note(SETTINGS, "", self._wrong)
        program.blame.end(SETTINGS)
        return program

    def _read(self, program: Program, now: datetime) -> Program:
        try:
            settings = self._checked(program)
        except SettingsError as error:
            more = f" (and {len(error.others)} more)" if error.others else ""
            self._wrong = (
                f"the configuration changed and is wrong, so the last one goes on: {error}{more}"
            )
            return program
        self._wrong = None
        if settings == program.settings:
            return program
        changed = program.with_settings(settings)
        say("settings-read", f"read the configuration again: {_what(program.settings, settings)}")
        if changed.store.is_sqlite:
            provision(changed, now)
        return changed

    def _checked(self, program: Program) -> Settings:
        before = program.settings
        # A folder of snapshots that is missing for a moment is missed, and nothing takes its place.
        found = load(before.file, folder=before.base, demo=_needs_demo(before))
        later = [
            entry.name
            for entry in fields(Settings)
            if entry.name not in AT_ONCE | _PLACES | {"file", "base"}
            and getattr(found, entry.name) != getattr(before, entry.name)
        ]
        if later:
            names = ", ".join(f"[{name}]" for name in later)
            warn("settings-wait", f"what changed in {names} takes effect at the next start")
        settings = replace(
            before, **{name: getattr(found, name) for name in sorted(AT_ONCE | _PLACES)}
        )
        check_rules(settings)
        refuse_impossible(program.with_settings(settings))
        return settings

    def _look(self) -> Stamp:
        return tuple(_stamps([self._folder / "monitor.toml", self._file, *self._added()]))

    def _added(self) -> list[Path]:
        try:
            return added_files(self._folder / FOLDER)
        except SettingsError:
            return []


def _needs_demo(before: Settings) -> bool:
    return is_demo(before) or SOURCE not in before.sources


def _stamps(files: list[Path | None]) -> Iterator[tuple[str, int, int]]:
    for file in files:
        if file is None:
            continue
        try:
            status = file.stat()
        except OSError:
            continue
        yield str(file), status.st_mtime_ns, status.st_size


def _what(before: Settings, after: Settings) -> str:
    """`sources members, subscriptions`: what is other than it was."""
    parts = []
    for name in sorted(AT_ONCE):
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            names = sorted(one for one in old.keys() | new.keys() if old.get(one) != new.get(one))
            parts.append(f"{name} {', '.join(names)}")
        else:
            parts.append(name)
    return "; ".join(parts)
