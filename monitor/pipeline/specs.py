"""What is asked for, checked: subscriptions of the configuration and of commands."""

from __future__ import annotations

from monitor.compose.addresses import canonical_address
from monitor.compose.cadence import check_cadence
from monitor.errors import MessageUnsendable, MonitorError, SettingsError
from monitor.model.subscription import Filter, Quiet, SubscriptionSpec
from monitor.pipeline.rules import config_file
from monitor.settings import Settings, SubscriptionSettings
from monitor.words import LANGUAGES


def spec_of(entry: SubscriptionSettings) -> SubscriptionSpec:
    """Raises SettingsError for an address, a cadence or a language that cannot be."""
    who = f"subscription {entry.address}/{entry.name}"
    try:
        spec = _spec(entry)
        check_values(spec)
    except (MonitorError, ValueError) as error:
        raise SettingsError(f"{who}: {error}") from error
    return spec


def check_addresses(settings: Settings) -> None:
    """Raises SettingsError for a sender or an operator that no mail can name."""
    for name in ("sender", "operator"):
        try:
            canonical_address(getattr(settings.mail, name))
        except MessageUnsendable as error:
            raise SettingsError(f"mail.{name}: {error}", where=config_file(settings)) from error


def check_values(spec: SubscriptionSpec) -> None:
    """Raises MonitorError, saying what was wanted."""
    try:
        check_cadence(spec.cadence, spec.zone)
    except ValueError as error:
        raise MonitorError(str(error)) from error
    if spec.language not in LANGUAGES:
        raise MonitorError(f"{spec.language!r} is not one of {', '.join(LANGUAGES)}")


def _spec(entry: SubscriptionSettings) -> SubscriptionSpec:
    return SubscriptionSpec(
        address=canonical_address(entry.address),
        name=entry.name,
        situations=entry.situations,
        cadence=entry.cadence,
        zone=entry.zone,
        filter=Filter(
            minimum=entry.minimum,
            collections=entry.collections,
            parties=entry.parties,
            issues=entry.issues,
            entities=entry.entities,
        ),
        alert_level=entry.alert,
        quiet=Quiet(start=entry.quiet[0], end=entry.quiet[1]) if entry.quiet else None,
        receipts=entry.receipts,
        language=entry.language,
        start=entry.start,
        origin="config",
    )
