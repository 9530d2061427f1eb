"""`monitor subscribe`: a reader, what is followed, and how often."""

from __future__ import annotations

import re
from typing import Any, Final

import click
from click.core import ParameterSource

from monitor.cli.opened import now, opened, warn
from monitor.model.channels import address_of
from monitor.model.comparison import Significance
from monitor.model.record import replace
from monitor.model.subscription import Filter, Quiet, SubscriptionSpec
from monitor.pipeline.channels.opening import channel_named
from monitor.pipeline.readers.subscribing import canonical, check_spec, subscribe
from monitor.words import LANGUAGES

LEVELS = click.Choice([level.word for level in reversed(Significance)])
_FIELDS: Final = {
    "cadence": "cadence",
    "zone": "zone",
    "alert": "alert_level",
    "quiet": "quiet",
    "receipts": "receipts",
    "language": "language",
    "start": "start",
}
"""Options, and the part of a subscription that each sets."""

_FILTERS: Final = {
    "minimum": "minimum",
    "collection": "collections",
    "party": "parties",
    "issue": "issues",
    "entity": "entities",
}

ALERTS = click.Choice([*(level.word for level in reversed(Significance)), "off"])


@click.command(name="subscribe")
@click.argument("words", nargs=-1, required=True, metavar="[ADDRESS] SITUATION...")
@click.option("--channel", metavar="NAME", help="Told by this channel instead of mail.")
@click.option("--name", default="digest", show_default=True, help="One address may have several.")
@click.option(
    "--cadence",
    default="daily 07:00",
    show_default=True,
    help='"at-once", "hourly", "daily HH:MM", "weekly mon HH:MM" or "cron EXPRESSION".',
)
@click.option("--zone", default="UTC", show_default=True, help="An IANA time zone.")
@click.option("--minimum", type=LEVELS, default="minor", show_default=True)
@click.option("--collection", multiple=True, help="Follow only this; may be repeated.")
@click.option("--party", multiple=True, help="Follow only this; may be repeated.")
@click.option("--issue", multiple=True, help="Follow only this; may be repeated.")
@click.option("--entity", multiple=True, help="Such as people[medinsky]; may be repeated.")
@click.option(
    "--alert", type=ALERTS, default="critical", show_default=True, help="Told at once from here on."
)
@click.option("--quiet", metavar="HH:MM-HH:MM", help="Local hours in which mail waits.")
@click.option("--receipts", is_flag=True, help="Say so when nothing changed.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the mails; text of the snapshots stays as it was written.",
)
@click.option(
    "--start",
    default="latest",
    show_default=True,
    help="What the reader knows already: latest, baseline, or a version.",
)
@click.option(
    "--change", is_flag=True, help="Change what is named of one that exists; the rest stays."
)
@click.pass_context
def command(
    ctx: click.Context, /, words: tuple[str, ...], channel: str | None, **wanted: Any
) -> None:
    """Follow situations by mail, or by a channel of the configuration. The reader gets one message
    that says what is now followed.

    \b
    Examples:
      monitor subscribe ana@example.org ukraine-talks
      monitor subscribe ben@example.org ukraine-talks --cadence at-once --minimum major
      monitor subscribe cleo@example.org ukraine-talks --cadence "weekly mon 08:00" \\
              --zone Europe/Kyiv --party ukraine --issue territory --start 2026-02-05
      monitor subscribe --channel desk ukraine-talks --cadence at-once
    """
    change = bool(wanted.pop("change"))
    address, *situations = words if channel is None else (address_of(channel), *words)
    if not situations:
        raise click.UsageError(f"{address} follows what? Name a situation")
    with opened(ctx) as program:
        if channel is None:
            address = canonical(address)
        else:
            channel_named(program.settings, channel)
        spec = _spec(address, tuple(situations), **wanted)
        known = program.store.subscriptions.find(spec.address, spec.name)
        if change and known is not None:
            spec = _changed(ctx, known.spec, spec)
        warn(check_spec(program, spec))
        found = subscribe(program, spec, now(), change=change)
        for pointer in found.pointers:
            told = program.store.versions.get(pointer.told).ref
            click.echo(f"{address}/{spec.name} follows {told.situation} from {told.as_of}")


def _changed(
    ctx: click.Context, known: SubscriptionSpec, wanted: SubscriptionSpec
) -> SubscriptionSpec:
    """`known` with what the command line names; its defaults are for new subscriptions."""

    def named(*options: str) -> bool:
        return any(
            ctx.get_parameter_source(name) is not ParameterSource.DEFAULT for name in options
        )

    given = {field for option, field in _FIELDS.items() if named(option)}
    parts = {part for option, part in _FILTERS.items() if named(option)}
    return replace(
        known,
        situations=wanted.situations,
        filter=replace(known.filter, **{part: getattr(wanted.filter, part) for part in parts}),
        **{field: getattr(wanted, field) for field in given},
    )


def _spec(address: str, situations: tuple[str, ...], **wanted: Any) -> SubscriptionSpec:
    alert = wanted["alert"]
    return SubscriptionSpec(
        address=address,
        name=wanted["name"],
        situations=tuple(dict.fromkeys(situations)),
        cadence=wanted["cadence"],
        zone=wanted["zone"],
        filter=Filter(
            minimum=Significance.parse(wanted["minimum"]),
            collections=wanted["collection"],
            parties=wanted["party"],
            issues=wanted["issue"],
            entities=wanted["entity"],
        ),
        alert_level=None if alert == "off" else Significance.parse(alert),
        quiet=_quiet(wanted["quiet"]),
        receipts=wanted["receipts"],
        language=wanted["language"],
        start=wanted["start"],
    )


def _quiet(text: str | None) -> Quiet | None:
    if text is None:
        return None
    clock = r"(?:[01]\d|2[0-3]):[0-5]\d"
    found = re.fullmatch(rf"({clock})-({clock})", text)
    if found is None:
        raise click.BadParameter("want hours such as 22:00-06:30", param_hint="--quiet")
    return Quiet(start=found[1], end=found[2])
