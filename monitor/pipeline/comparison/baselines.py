"""Each new version is compared with its situation's baseline once, before any reader needs it.

What cannot be compared, and what rules fail, is told to the operator then. The comparison itself is
made again where it is shown: it follows from the versions, and a version may get another baseline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from monitor.errors import LateWrite, NotFound
from monitor.pipeline.comparison.comparing import name_of
from monitor.pipeline.news import PIN, News
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.sharing import Share, sharing
from monitor.pipeline.trouble.blame import COMPARE
from monitor.store.records import Situation, Version

PER_PASS: Final = 100
"""Versions that one pass compares; the next one compares more, and readers hear in between."""

SHARE: Final = 4
"""Versions that a node takes at a time, so that others have their part of many, and that each is
compared well within a lease."""


@dataclass(slots=True)
class Owed:
    """How many versions the last pass has left to the next one."""

    left: int = 0


def compare_new(program: Program, now: datetime, *, owed: Owed | None = None) -> Iterator[Passed]:
    """Compare what is owed a comparison, one version after the other: all, unless somebody is there
    to go on with what is left."""
    versions = program.store.versions.owed()
    resting = [one for one in versions if program.blame.failed_before(COMPARE, name_of(one))]
    known = {one.id for one in resting}
    fresh = [one for one in versions if one.id not in known]
    if owed is not None:
        owed.left = max(0, len(fresh) - PER_PASS)
        fresh = fresh[:PER_PASS]
    # What failed before is refused at once while it rests, and so stands.
    wanted = (*fresh, *resting)
    for start in range(0, len(wanted), SHARE):
        yield from _compare_some(program, wanted[start : start + SHARE], now)


def _compare_some(program: Program, versions: Sequence[Version], now: datetime) -> Iterator[Passed]:
    """Those that no other node compares just now, and that none has just compared."""
    with sharing(program, COMPARE, [str(one.id) for one in versions]) as share:
        mine = [one.id for one in versions if str(one.id) in share]
        owed = {one.id for one in program.store.versions.owed(mine)} if mine else set()
        for version in versions:
            if version.id not in owed:
                program.blame.skip(COMPARE, name_of(version))
                continue
            try:
                yield program.blame.attempt(
                    COMPARE,
                    name_of(version),
                    f"{version.ref.situation} of {version.ref.as_of} cannot be compared",
                    partial(_compare, program, share, version, now),
                    otherwise=Passed(),
                )
            except LateWrite:
                program.blame.skip(COMPARE, name_of(version))


def baseline_of(program: Program, version: Version) -> Version | None:
    """What a version is compared with.

    A baseline that the configuration names is pinned as soon as it exists, unless a person has
    chosen another by command.
    """
    store = program.store
    chosen = store.situations.get(version.ref.situation).baseline is not None
    pin = store.versions.pin(version.ref.situation) if chosen else None
    if pin is None or pin.how == "previous":
        return store.versions.before(version)
    return pin.version


def pin_configured(program: Program, news: News) -> Iterator[Passed]:
    """Pin what the configuration names where nobody has chosen yet and the version is there."""
    news.ask(program)
    names = news.of(PIN)
    for situation in program.store.situations.some(news.few(names)) if names else ():
        is_done = program.blame.attempt(
            PIN,
            situation.name,
            f"the baseline of {situation.name} cannot be pinned",
            partial(_pin, program, situation),
            otherwise=False,
        )
        if is_done:
            news.seen(PIN, situation.name)
        yield Passed()


def _pin(program: Program, situation: Situation) -> bool:
    """True, unless it fails."""
    zone = program.settings.zone_of(situation.name)
    if situation.zone != zone and program.store.situations.set_zone(situation.name, zone):
        say("zone-changed", f"the days of {situation.name} are those of {zone} now")
    wanted = program.settings.situation(situation.name).baseline
    if wanted == "previous" or situation.baseline_how != "previous":
        return True
    try:
        version = program.store.versions.resolve(situation.name, wanted)
    except NotFound:
        return True
    if program.store.situations.pin_first(situation.name, version.id):
        say("baseline-pinned", f"baseline of {situation.name} is {version.ref.as_of}")
    return True


def _compare(program: Program, share: Share, version: Version, now: datetime) -> Passed:
    baseline = baseline_of(program, version)
    if baseline is not None:
        program.comparing.between(baseline, version)
    with share.finishing(str(version.id)) as tx:
        tx.versions.compared(version.id, now=now)
    return Passed(compared=1)
