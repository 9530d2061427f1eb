"""What is to be written down, held against the configuration before anything is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from monitor.collect.names import is_situation_name
from monitor.errors import Conflict, SettingsError
from monitor.model.patterns import regex
from monitor.pipeline.readers.specs import spec_of
from monitor.settings import Settings
from monitor.settings.added import with_text

_PLACE: Final = regex(r"^.*?\.toml(?::\d+)?: (?:subscriptions\[\d+\]\.)?")


def check_written(settings: Settings, text: str, file: Path) -> None:
    """Raise SettingsError, or Conflict, for what the configuration would refuse with this file in
    it: a file that stops every command is worse than none."""
    try:
        added = with_text(settings, text, file).subscriptions
        known = {(one.address, one.name) for one in settings.subscriptions}
        for entry in added[len(settings.subscriptions) :]:
            spec_of(entry)
            if (entry.address, entry.name) in known:
                raise Conflict(f"{entry.address}/{entry.name} is subscribed already; choose --name")
    except SettingsError as error:
        lines = [_PLACE.sub("--", line, count=1) for line in (str(error), *error.others)]
        raise SettingsError(lines[0], others=tuple(lines[1:])) from None


def check_situation(name: str) -> None:
    """Raise SettingsError for what is no name of a situation."""
    if not is_situation_name(name):
        text = "lower-case letters, digits and inner hyphens are wanted, 64 at most"
        raise SettingsError(f"--situation {name!r}: {text}")
