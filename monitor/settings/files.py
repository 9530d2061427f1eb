"""One file of the configuration, read as TOML, with the places of its keys for its faults."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from monitor.errors import SettingsError
from monitor.model.tuples import NamedTuple
from monitor.settings.paths import short
from monitor.settings.places import lines_of, syntax_place
from monitor.settings.tables import FileFaults


class Written(NamedTuple):
    """What stands in a file, and where its faults are collected."""

    document: dict[str, Any]
    faults: FileFaults


def read_file(path: Path) -> Written:
    """Raises SettingsError for one that cannot be read or is not TOML."""
    return read_text(_text(path), path)


def read_text(text: str, path: Path) -> Written:
    """The same of what a file is to hold. Raises SettingsError."""
    return Written(_parse(text, path), FileFaults(str(short(path)), lines_of(text)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError("is not UTF-8", where=str(short(path))) from None


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        wrong, place = syntax_place(str(error))
        raise SettingsError(f"is not TOML: {wrong}", where=f"{short(path)}{place}") from error
