"""Reads the configuration, once, and refuses to start on anything it does not understand."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from monitor.data import data_path
from monitor.errors import SettingsError
from monitor.settings.keys import reader_of
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
    SourceSettings,
    StoreSettings,
    SubscriptionSettings,
    WebSettings,
)

T = TypeVar("T")

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
NAMED: dict[str, type] = {"sources": SourceSettings, "situations": SituationSettings}
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
    sources = {name: replace(found, folder=demo) for name, found in settings.sources.items()}
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


@dataclass(slots=True)
class Faults:
    """Collects every fault of one file."""

    name: str
    found: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.found.append(f"{self.name}: {text}")

    def stop_if_any(self) -> None:
        if self.found:
            raise SettingsError(self.found[0], others=tuple(self.found[1:]))


def _read(path: Path, base: Path, *, file: Path | None) -> Settings:
    faults = Faults(_shown(path))
    document = _parse(path)
    values: dict[str, Any] = {}
    for name, found in document.items():
        if name in TABLES:
            values[name] = _table(TABLES[name], found, name, faults)
        elif name in NAMED:
            values[name] = _named(NAMED[name], found, name, faults)
        elif name in LISTS:
            values[name] = _list(LISTS[name], found, name, faults)
        elif name == "rules" and isinstance(found, dict):
            values[name] = found
        else:
            faults.add(_unknown(name, name, (*TABLES, *NAMED, *LISTS)))
    faults.stop_if_any()
    settings = Settings(file=file, base=base, **values)
    _check_together(settings, faults)
    faults.stop_if_any()
    return settings


def _shown(path: Path) -> str:
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError("is not UTF-8", where=_shown(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"is not TOML: {error}", where=_shown(path)) from error


def _table(section: Callable[..., T], found: Any, where: str, faults: Faults) -> T | None:
    """One section; None when it had faults, each of which was added."""
    if not isinstance(found, dict):
        faults.add(f"{where} is {found!r}, want a table")
        return None
    before = len(faults.found)
    entries = {entry.name: entry for entry in fields(section)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for name, value in found.items():
        if name not in entries:
            faults.add(_unknown(f"{where}.{name}", name, tuple(entries)))
            continue
        try:
            values[name] = reader_of(entries[name])(value)
        except ValueError as error:
            faults.add(f"{where}.{name} is {value!r}, {error}")
    for name, entry in entries.items():
        if entry.metadata.get("required") and name not in found:
            faults.add(f"{where}.{name} is missing")
    return section(**values) if len(faults.found) == before else None


def _named(section: type, found: Any, where: str, faults: Faults) -> dict[str, Any]:
    if not isinstance(found, dict):
        faults.add(f"{where} is {found!r}, want tables such as [{where}.NAME]")
        return {}
    return {
        name: _table(section, table, f"{where}.{name}", faults) for name, table in found.items()
    }


def _list(section: type, found: Any, where: str, faults: Faults) -> tuple[Any, ...]:
    if not isinstance(found, list):
        faults.add(f"{where} is {found!r}, want [[{where}]] tables")
        return ()
    return tuple(
        _table(section, table, f"{where}[{number}]", faults)
        for number, table in enumerate(found, 1)
    )


def _unknown(path: str, name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"unknown key {path}" + (f"; did you mean {near[0]}?" if near else "")


def _check_together(settings: Settings, faults: Faults) -> None:
    """What no key can check alone."""
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(settings.subscriptions, 1):
        if (entry.address, entry.name) in seen:
            who = f"{entry.address}/{entry.name}"
            faults.add(f"subscriptions[{number}] repeats {who}; give it another name")
        seen.add((entry.address, entry.name))
    if settings.mail.username and settings.mail.tls == "none":
        faults.add("mail.username is set and mail.tls is 'none'; a password needs TLS")
    if settings.mail.tls == "none" and not is_loopback(settings.mail.host):
        faults.add(
            f"mail.tls is 'none' and {settings.mail.host} is not this machine; want starttls"
        )


def is_loopback(host: str) -> bool:
    """Whether mail to `host` stays on this machine, so that it may go without TLS."""
    return host in ("localhost", "::1") or host.startswith("127.")
