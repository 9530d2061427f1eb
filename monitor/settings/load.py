"""Reads the configuration, once, and refuses to start on anything it does not understand."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from monitor.data import data_path
from monitor.errors import SettingsError
from monitor.settings.channels import CHANNELS
from monitor.settings.mailing import impossible
from monitor.settings.paths import short
from monitor.settings.places import lines_of, syntax_place
from monitor.settings.secret import read_secret
from monitor.settings.sections import (
    HoldSettings,
    JudgementSetting,
    LimitSettings,
    MailSettings,
    RetentionSettings,
    ServiceSettings,
    Settings,
    SituationSettings,
    StoreSettings,
    SubscriptionSettings,
    WebSettings,
)
from monitor.settings.sources import FolderSettings, sort_of
from monitor.settings.tables import FileFaults, read_list, read_named, read_table, unknown

DEFAULT_FILE = Path("config") / "monitor.toml"
TABLES: dict[str, type] = {
    "store": StoreSettings,
    "mail": MailSettings,
    "service": ServiceSettings,
    "limits": LimitSettings,
    "hold": HoldSettings,
    "retention": RetentionSettings,
    "web": WebSettings,
}
NAMED: dict[str, Callable[[str, Any], type | None]] = {
    "sources": sort_of,
    "channels": lambda name, _: CHANNELS.get(name),
    "situations": lambda *_: SituationSettings,
}
"""The section of a table, by its name and what it holds; None where there is none."""

LISTS: dict[str, type] = {
    "judgements": JudgementSetting,
    "subscriptions": SubscriptionSettings,
}


def load(
    path: str | os.PathLike[str] | None = None,
    *,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """The settings of `path`, else of ./config/monitor.toml, else the shipped defaults.

    Raises SettingsError whose `others` hold the further faults, one line each.
    """
    env = os.environ if env is None else env
    here = Path.cwd() if folder is None else folder
    chosen = Path(path) if path is not None else here / DEFAULT_FILE
    if path is None and not chosen.is_file():
        settings = _with_demo(_read(data_path("config") / "monitor.toml", here, file=None), here)
    else:
        settings = _read(chosen, _base(chosen.absolute()), file=chosen)
    return _with_environment(settings, env)


def _base(file: Path) -> Path:
    return file.parent.parent if file.parent.name == "config" else file.parent


def _with_demo(settings: Settings, here: Path) -> Settings:
    """Snapshots of the working folder where it has some, else the situation that is shipped."""
    if (here / "snapshots").is_dir():
        return settings
    demo = str(data_path("snapshots"))
    sources = {
        name: replace(source, folder=demo) if isinstance(source, FolderSettings) else source
        for name, source in settings.sources.items()
    }
    return replace(settings, sources=sources)


def _with_environment(settings: Settings, env: Mapping[str, str]) -> Settings:
    url = read_secret("MONITOR_STORE_URL", env)
    store = settings.store if url is None else StoreSettings(url=url.reveal())
    return replace(
        settings,
        store=store,
        smtp_password=read_secret("MONITOR_SMTP_PASSWORD", env),
        secret=read_secret("MONITOR_SECRET", env),
    )


def _read(path: Path, base: Path, *, file: Path | None) -> Settings:
    text = _text(path)
    document = _parse(text, path)
    faults = FileFaults(str(short(path)), lines_of(text))
    values: dict[str, Any] = {}
    for name, found in document.items():
        if name in TABLES:
            values[name] = read_table(TABLES[name], found, name, faults)
        elif name in NAMED:
            values[name] = read_named(NAMED[name], found, name, faults)
        elif name in LISTS:
            values[name] = read_list(LISTS[name], found, name, faults)
        elif name == "rules" and isinstance(found, dict):
            values[name] = found
        else:
            faults.add(unknown(name, name, (*TABLES, *NAMED, *LISTS)), at=name)
    faults.stop_if_any()
    settings = Settings(file=file, base=base, lines=faults.lines, **values)
    _check_together(settings, faults)
    faults.stop_if_any()
    return settings


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


def _check_together(settings: Settings, faults: FileFaults) -> None:
    """What no key can check alone."""
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(settings.subscriptions, 1):
        if (entry.address, entry.name) in seen:
            who = f"{entry.address}/{entry.name}"
            here = f"subscriptions[{number}]"
            faults.add(f"{here} repeats {who}; give it another name", at=here)
        seen.add((entry.address, entry.name))
    for fault in impossible(settings):
        faults.add(fault.text, at=fault.at)
