"""Channels of the configuration, opened or refused with where that is written."""

from __future__ import annotations

from collections.abc import Container, Iterator

from monitor.errors import MonitorError, SettingsError
from monitor.model.nearest import suggestion
from monitor.pipeline.channels.outbox import Way
from monitor.settings import Settings
from monitor.settings.channels import NamedSettings


def ways(settings: Settings) -> Iterator[Way]:
    """Raises SettingsError."""
    for name, channel in settings.named_channels.items():
        yield way_of(settings, name, channel)


def way_of(settings: Settings, name: str, channel: NamedSettings) -> Way:
    """Raises SettingsError, which holds no address and no secret."""
    try:
        host = channel.host(settings)
    except (MonitorError, ValueError) as error:
        raise _refused(settings, name, error) from None
    return Way(name=name, host=host, suspend_after=channel.suspend_after)


def channel_named(settings: Settings, name: str) -> NamedSettings:
    """Raises SettingsError for one that is not configured."""
    known = settings.named_channels
    if name not in known:
        near = suggestion(name, tuple(known))
        raise SettingsError(f"there is no [channels.{name}] in the configuration{near}")
    return known[name]


def check_channel(settings: Settings, name: str) -> None:
    """Raises SettingsError for one that could not be used."""
    for fault in channel_faults(settings, [name]):
        raise SettingsError(fault)


def check_channels(settings: Settings) -> None:
    """Raises SettingsError for the first that could not be used; `others` are its brothers."""
    faults = list(channel_faults(settings))
    if faults:
        raise SettingsError(faults[0], others=tuple(faults[1:]))


def channel_faults(settings: Settings, only: Container[str] | None = None) -> Iterator[str]:
    for name, channel in settings.named_channels.items():
        if only is not None and name not in only:
            continue
        try:
            channel.open(settings)
        except (MonitorError, ValueError) as error:
            yield str(_refused(settings, name, error))


def _refused(settings: Settings, name: str, error: Exception) -> SettingsError:
    at = f"channels.{name}"
    return SettingsError(f"{at}: {error}", where=settings.place(at))
