"""The situation that is shipped, for whoever starts without a configuration and without snapshots.

It never takes the place of what somebody watches: see `without_demo`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from monitor.data import data_path
from monitor.settings.sections import Settings
from monitor.settings.sources import FolderSettings

SOURCE: Final = "snapshots"
"""The source of the shipped configuration, and its folder in the working folder."""


def with_demo(settings: Settings, here: Path) -> Settings:
    """Snapshots of the working folder where it has some, else the situation that is shipped."""
    if (here / SOURCE).is_dir():
        return settings
    return _read_from(settings, str(data_path("snapshots")))


def is_demo(settings: Settings) -> bool:
    """Whether the shipped situation is what is watched."""
    source = settings.sources.get(SOURCE)
    return isinstance(source, FolderSettings) and source.folder == str(data_path("snapshots"))


def without_demo(settings: Settings) -> Settings:
    """The same with the snapshots of the working folder, which are missed when they are gone."""
    return _read_from(settings, SOURCE)


def shipped_files() -> frozenset[str]:
    """Paths in the shipped folder."""
    folder = data_path("snapshots")
    return frozenset(file.relative_to(folder).as_posix() for file in folder.rglob("*"))


def _read_from(settings: Settings, folder: str) -> Settings:
    source = settings.sources.get(SOURCE)
    if not isinstance(source, FolderSettings) or source.situation is not None:
        return settings
    return replace(settings, sources={**settings.sources, SOURCE: replace(source, folder=folder)})
