"""Each new version is compared with its situation's baseline once, and the comparison is kept."""

from __future__ import annotations

from datetime import datetime

from monitor.compose.inputs import plain
from monitor.errors import NotFound
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.store.records import BaselineHow, Version


def compare_new(program: Program, now: datetime) -> int:
    """Compare what is owed a comparison; returns how many versions that were."""
    owed = program.store.versions.owed()
    for version in owed:
        _compare(program, version, now)
    return len(owed)


def baseline_of(program: Program, version: Version) -> tuple[Version | None, BaselineHow]:
    """What a version is compared with, and how that was chosen: previous, pinned or advanced.

    A baseline that the configuration names is pinned as soon as it exists, unless a person has
    chosen another by command.
    """
    situation = program.store.situations.get(version.ref.situation)
    if situation.baseline_how == "previous":
        return program.store.versions.previous(version.id), "previous"
    return program.store.situations.baseline(situation.name), situation.baseline_how


def pin_configured(program: Program) -> None:
    """Pin what the configuration names where nobody has chosen yet and the version is there."""
    for situation in program.store.situations.all():
        wanted = program.settings.situation(situation.name).baseline
        if wanted == "previous" or situation.baseline_how != "previous":
            continue
        try:
            version = program.store.versions.resolve(situation.name, wanted)
        except NotFound:
            continue
        program.store.situations.set_baseline(situation.name, "pinned", version.id)
        say("baseline-pinned", f"baseline of {situation.name} is {version.ref.as_of}")


def _compare(program: Program, version: Version, now: datetime) -> None:
    baseline, how = baseline_of(program, version)
    document = None
    if baseline is not None:
        document = plain(program.comparing.between(baseline, version))
    program.store.comparisons.add(
        version.id, baseline.id if baseline else None, how, document, now=now
    )
