"""TOML tables -> frozen sections. Every fault is collected, with its path and what was wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from monitor.errors import SettingsError
from monitor.model.nearest import suggestion
from monitor.settings.keys import reader_of
from monitor.settings.places import line_of

T = TypeVar("T")


@dataclass(slots=True)
class FileFaults:
    """Collects every fault of one file. `lines` says where its keys stand."""

    name: str
    lines: Mapping[str, int]
    found: list[str] = field(default_factory=list)

    def add(self, text: str, *, at: str) -> None:
        """`at` is the path of the key, or of the table that lacks it."""
        line = line_of(at, self.lines)
        self.found.append(f"{self.name}:{line}: {text}" if line else f"{self.name}: {text}")

    def stop_if_any(self) -> None:
        if self.found:
            raise SettingsError(self.found[0], others=tuple(self.found[1:]))


def read_table(section: Callable[..., T], found: Any, where: str, faults: FileFaults) -> T | None:
    """One section; None when it had faults, each of which was added."""
    if not isinstance(found, dict):
        faults.add(f"{where} is {found!r}, want a table", at=where)
        return None
    before = len(faults.found)
    entries = {
        entry.name: entry
        for entry in fields(section)  # type: ignore[arg-type]
        if "read" in entry.metadata
    }
    values: dict[str, Any] = {}
    for name, value in found.items():
        if name not in entries:
            faults.add(unknown(f"{where}.{name}", name, tuple(entries)), at=f"{where}.{name}")
            continue
        if (inner := entries[name].metadata.get("section")) is not None:
            values[name] = read_table(inner, value, f"{where}.{name}", faults)
            continue
        try:
            values[name] = reader_of(entries[name])(value)
        except ValueError as error:
            # What is kept out of representations is a secret.
            is_shown = entries[name].repr or isinstance(value, bool | int | float)
            said = f" is {value!r}" if is_shown else ""
            faults.add(f"{where}.{name}{said}, {error}", at=f"{where}.{name}")
    for name, entry in entries.items():
        if entry.metadata.get("required") and name not in found:
            faults.add(f"{where}.{name} is missing", at=where)
    return section(**values) if len(faults.found) == before else None


def read_named(
    section_of: Callable[[str, Any], type | None], found: Any, where: str, faults: FileFaults
) -> dict[str, Any]:
    """Tables by name; `section_of` gives the section that one fits."""
    if not isinstance(found, dict):
        faults.add(f"{where} is {found!r}, want tables such as [{where}.NAME]", at=where)
        return {}
    sections: dict[str, Any] = {}
    for name, table in found.items():
        if (section := section_of(name, table)) is None:
            faults.add(f"unknown table {where}.{name}", at=f"{where}.{name}")
        else:
            sections[name] = read_table(section, table, f"{where}.{name}", faults)
    return sections


def read_list(section: type, found: Any, where: str, faults: FileFaults) -> tuple[Any, ...]:
    if not isinstance(found, list):
        faults.add(f"{where} is {found!r}, want [[{where}]] tables", at=where)
        return ()
    return tuple(
        read_table(section, table, f"{where}[{number}]", faults)
        for number, table in enumerate(found, 1)
    )


def unknown(path: str, name: str, known: tuple[str, ...]) -> str:
    return f"unknown key {path}{suggestion(name, known)}"
