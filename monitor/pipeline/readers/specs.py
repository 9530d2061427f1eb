"""What is asked for, checked: subscriptions of the configuration and of commands."""

from __future__ import annotations

import re
from typing import Final

from monitor.cadence import check_cadence
from monitor.collect.names import is_situation_name, parse_as_of
from monitor.errors import MessageUnsendable, MonitorError, SettingsError
from monitor.mail.addresses import canonical_address
from monitor.model.nearest import suggestion
from monitor.model.subscription import Filter, Quiet, SubscriptionSpec
from monitor.settings import Settings, SubscriptionSettings
from monitor.settings.mailing import impossible_login
from monitor.words import LANGUAGES

STARTS: Final = ("latest", "baseline")
_HASH: Final = re.compile(r"(?=[0-9a-f]*[a-f])[0-9a-f]{4,64}|[0-9a-f]{12,64}")


def spec_of(entry: SubscriptionSettings) -> SubscriptionSpec:
    """Raises SettingsError for an address, a cadence or a language that cannot be."""
    who = f"subscription {entry.reader}/{entry.name}"
    try:
        spec = _spec(entry)
        check_values(spec)
    except (MonitorError, ValueError) as error:
        raise SettingsError(f"{who}: {error}") from error
    return spec


def check_addresses(settings: Settings) -> None:
    """Raises SettingsError for a sender or an operator that no mail can name."""
    for name in ("sender", "envelope_sender", "operator"):
        written = getattr(settings.mail, name)
        try:
            if written is not None:
                canonical_address(written)
        except MessageUnsendable as error:
            where = settings.place(f"mail.{name}")
            raise SettingsError(f"mail.{name}: {error}", where=where) from error


def check_login(settings: Settings) -> None:
    """Raises SettingsError for a name without a password, and the other way round."""
    for wrong in impossible_login(settings):
        raise SettingsError(wrong.text, where=settings.place(wrong.at))


def check_values(spec: SubscriptionSpec) -> None:
    """Raises MonitorError, saying what was wanted."""
    try:
        check_cadence(spec.cadence, spec.zone)
    except ValueError as error:
        raise MonitorError(str(error)) from error
    if spec.language not in LANGUAGES:
        near = suggestion(spec.language, LANGUAGES)
        raise MonitorError(f"{spec.language!r} is not one of {', '.join(LANGUAGES)}{near}")
    check_start(spec.start)
    for name in spec.situations:
        if not is_situation_name(name):
            raise MonitorError(
                f"{name!r} cannot be a situation: lower-case letters, digits and inner hyphens"
            )


def check_start(start: str) -> None:
    """Raises MonitorError for what names no version of any situation."""
    if start in STARTS or _HASH.fullmatch(start):
        return
    try:
        parse_as_of(start)
    except ValueError:
        raise MonitorError(
            f"start is {start!r}, want latest, baseline or an as_of such as 2026-02-05"
            f"{suggestion(start, STARTS)}"
        ) from None


def _spec(entry: SubscriptionSettings) -> SubscriptionSpec:
    return SubscriptionSpec(
        address=entry.reader if entry.channel else canonical_address(entry.address),
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
