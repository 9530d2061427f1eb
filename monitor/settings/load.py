"""Reads the configuration, once, and refuses to start on anything it does not understand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from monitor.data import data_path
from monitor.model.channels import is_channel_name
from monitor.model.nearest import suggestion
from monitor.settings.added import FOLDER, added_files, at_home, with_added
from monitor.settings.channels import section_of
from monitor.settings.demo import SOURCE, with_demo
from monitor.settings.drafting import DraftSettings
from monitor.settings.files import Written, read_file
from monitor.settings.mailing import impossible
from monitor.settings.secret import read_secret
from monitor.settings.sections import (
    BounceSettings,
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
from monitor.settings.sources import sort_of
from monitor.settings.tables import FileFaults, read_list, read_named, read_table, unknown

DEFAULT_FILE = Path("config") / "monitor.toml"
TABLES: dict[str, type] = {
    "store": StoreSettings,
    "mail": MailSettings,
    "bounces": BounceSettings,
    "service": ServiceSettings,
    "limits": LimitSettings,
    "hold": HoldSettings,
    "retention": RetentionSettings,
    "web": WebSettings,
    "draft": DraftSettings,
}
NAMED: dict[str, Callable[[str, Any], type | None]] = {
    "sources": sort_of,
    "channels": section_of,
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
    demo: bool = True,
) -> Settings:
    """The settings of `path`, else of ./config/monitor.toml, else the shipped defaults; these with
    the shipped situation, where there are no snapshots, unless no `demo` is wanted.

    Raises SettingsError whose `others` hold the further faults, one line each.
    """
    env = os.environ if env is None else env
    here = Path.cwd() if folder is None else folder
    chosen = Path(path) if path is not None else here / DEFAULT_FILE
    if path is None and not chosen.is_file():
        settings = _read(data_path("config") / "monitor.toml", here, file=None, demo=demo)
        settings = with_demo(settings, here) if demo else settings
    else:
        settings = _read(chosen, _base(chosen.absolute()), file=chosen)
    return _with_environment(settings, env)


def _base(file: Path) -> Path:
    return file.parent.parent if file.parent.name == "config" else file.parent


def _with_environment(settings: Settings, env: Mapping[str, str]) -> Settings:
    url = read_secret("MONITOR_STORE_URL", env)
    store = settings.store if url is None else StoreSettings(url=url.reveal())
    return replace(
        settings,
        store=store,
        smtp_password=read_secret("MONITOR_SMTP_PASSWORD", env),
        bounces_password=read_secret("MONITOR_BOUNCES_PASSWORD", env),
        secret=read_secret("MONITOR_SECRET", env),
        secret_before=read_secret("MONITOR_SECRET_BEFORE", env),
    )


def _read(path: Path, base: Path, *, file: Path | None, demo: bool = True) -> Settings:
    written = read_file(path)
    values, faults = _values(written), written.faults
    faults.stop_if_any()
    folder = (file.absolute().parent if file else base / "config") / FOLDER
    settings = Settings(file=file, base=base, lines=faults.lines, **values)
    home = folder.parent
    settings = replace(settings, sources=at_home(settings.sources, settings.sources, home))
    if demo and file is None and added_files(folder) and not (base / SOURCE).is_dir():
        # Who watches something of their own wants no demonstration beside it.
        settings = replace(settings, sources={}, situations={}, subscriptions=())
    settings = with_added(settings, folder)
    contact = settings.mail.operator
    settings = replace(
        settings,
        sources={
            name: replace(source, contact=contact) for name, source in settings.sources.items()
        },
    )
    _check_together(settings, faults)
    faults.stop_if_any()
    return settings


def _values(written: Written) -> dict[str, Any]:
    faults = written.faults
    values: dict[str, Any] = {}
    for name, found in written.document.items():
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
    return values


def _check_together(settings: Settings, faults: FileFaults) -> None:
    """What no key can check alone."""
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(settings.subscriptions, 1):
        if (entry.reader, entry.name) in seen:
            who = f"{entry.reader}/{entry.name}"
            here = f"subscriptions[{number}]"
            text = f"{here} repeats {who}; give it another name"
            faults.found.append(f"{settings.place(here)}: {text}")
        seen.add((entry.reader, entry.name))
    for name, source in settings.sources.items():
        if source.misfit is not None:
            at = f"sources.{name}"
            faults.found.append(f"{settings.place(at)}: {at}: {source.misfit}")
        if source.situation is not None and not _names_files(name):
            at = f"sources.{name}"
            text = f"{at}: its kind and mapping are called by this name; want one without a path"
            faults.found.append(f"{settings.place(at)}: {text}")
    faults.found.extend(_channel_faults(settings))
    if misfit := settings.draft.model.misfit:
        faults.found.append(f"{settings.place('draft.model')}: draft.model.{misfit}")
    for fault in impossible(settings):
        faults.found.append(f"{settings.place(fault.at)}: {fault.text}")


def _channel_faults(settings: Settings) -> Iterator[str]:
    """Channels that cannot be called so, and subscriptions that name none that is there."""
    for name in settings.named_channels:
        at = f"channels.{name}"
        if not is_channel_name(name):
            text = f"{at}: want a name of small letters, digits and inner hyphens, at most 40"
            yield f"{settings.place(at)}: {text}"
    for number, entry in enumerate(settings.subscriptions, 1):
        at = f"subscriptions[{number}]"
        if bool(entry.address) == bool(entry.channel):
            text = f"{at}: want an address or a channel, one of the two"
            yield f"{settings.place(at)}: {text}"
        elif entry.channel and entry.channel not in settings.named_channels:
            near = suggestion(entry.channel, tuple(settings.named_channels))
            text = f"{at}.channel is {entry.channel!r}, want one of [channels.NAME]{near}"
            yield f"{settings.place(f'{at}.channel')}: {text}"


def _names_files(name: str) -> bool:
    """Whether NAME.kind.yaml lies beside the configuration, and not elsewhere."""
    return name[:1] not in ("", ".") and name.isprintable() and not {"/", "\\"} & set(name)
