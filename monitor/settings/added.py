"""`sources.d/*.toml`: what is watched beyond monitor.toml, a file for each source.

`monitor watch` writes them, and never monitor.toml. They are read together with it, in the order of
their names; a name that two files give is a fault of the later one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from monitor.errors import SettingsError
from monitor.settings.files import Written, read_file, read_text
from monitor.settings.sections import (
    JudgementSetting,
    Settings,
    SituationSettings,
    SubscriptionSettings,
)
from monitor.settings.sources import SourceSettings, sort_of
from monitor.settings.tables import FileFaults, read_list, read_named, unknown

FOLDER: Final = "sources.d"

_NAMED: Final[Mapping[str, Callable[[str, Any], type | None]]] = {
    "sources": sort_of,
    "situations": lambda *_: SituationSettings,
}
_LISTS: Final[Mapping[str, type]] = {
    "subscriptions": SubscriptionSettings,
    "judgements": JudgementSetting,
}


def added_files(folder: Path) -> list[Path]:
    """The files of a folder that count, ascending; none where there is no folder."""
    try:
        names = sorted(file.name for file in folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SettingsError(f"cannot list {folder}: {error.strerror}") from error
    return [folder / name for name in names if name.endswith(".toml") and name[0] != "."]


def with_added(settings: Settings, folder: Path) -> Settings:
    """The settings with what the files of a folder add. Raises SettingsError with every fault."""
    faults: list[str] = []
    for file in added_files(folder):
        try:
            settings = _with(settings, read_file(file), file)
        except SettingsError as error:
            faults += [str(error), *error.others]
    if faults:
        raise SettingsError(faults[0], others=tuple(faults[1:]))
    return settings


def with_text(settings: Settings, text: str, file: Path) -> Settings:
    """The settings with what a file is to add. Raises SettingsError with every fault."""
    return _with(settings, read_text(text, file), file)


def _with(settings: Settings, written: Written, file: Path) -> Settings:
    faults, document = written.faults, written.document
    values: dict[str, Any] = {}
    for name, found in document.items():
        if name in _NAMED:
            values[name] = read_named(_NAMED[name], found, name, faults)
            for one in values[name]:
                if one in getattr(settings, name):
                    known = settings.place(f"{name}.{one}")
                    faults.add(f"{name}.{one} is in {known} already", at=f"{name}.{one}")
        elif name in _LISTS:
            values[name] = read_list(_LISTS[name], found, name, faults)
        else:
            text = unknown(name, name, (*_NAMED, *_LISTS))
            faults.add(f"{text}; other tables belong in monitor.toml", at=name)
    faults.stop_if_any()
    places = _places(settings, faults, values)
    sources = settings.sources | values.get("sources", {})
    return replace(
        settings,
        sources=at_home(sources, values.get("sources", {}), file.parent),
        situations=settings.situations | values.get("situations", {}),
        subscriptions=(*settings.subscriptions, *values.get("subscriptions", ())),
        judgements=(*settings.judgements, *values.get("judgements", ())),
        elsewhere={**settings.elsewhere, **places},
    )


def at_home(
    sources: Mapping[str, SourceSettings], names: Mapping[str, object], home: Path
) -> dict[str, SourceSettings]:
    """The sources, those of `names` with the folder that their kinds and mappings lie in."""
    return {
        name: replace(source, home=home) if name in names else source
        for name, source in sources.items()
    }


def _places(settings: Settings, faults: FileFaults, values: Mapping[str, Any]) -> dict[str, str]:
    """`FILE:LINE` by path, with the numbers that the entries of lists have among all files."""
    places = {}
    for path, line in faults.lines.items():
        name, bracket, rest = path.partition("[")
        known = path
        if bracket and name in _LISTS:
            number, _, more = rest.partition("]")
            known = f"{name}[{int(number) + len(getattr(settings, name))}]{more}"
        if path not in values:
            places[known] = f"{faults.name}:{line}"
    return places
