"""Refused items that are gone, which ends their trouble: where they were, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.collect.source import Look
from monitor.pipeline.intake.machines import Machines
from monitor.pipeline.program import Program
from monitor.store.records import SeenFile


def refused_here(look: Look, seen: Mapping[str, SeenFile]) -> frozenset[str]:
    """What this machine refuses, and what it is about to judge: so that no other machine takes
    that for gone meanwhile."""
    refused = {name for name, file in seen.items() if file.refused is not None and look.has(name)}
    return frozenset(refused.union(item.name for item in look.items))


def end_refused(
    program: Program, source: str, look: Look, seen: Mapping[str, SeenFile], now: datetime
) -> None:
    """Another machine may have items of its own under this source, and they are its to end."""
    refused = {name: file for name, file in seen.items() if file.refused is not None}
    given = {item.name for item in look.items}
    over = {name: file for name, file in refused.items() if name not in given}
    over = {name: file for name, file in over.items() if _is_over(file, name, look)}
    if over:
        kept = _elsewhere(program, source, now)
        for name, file in over.items():
            if file.snapshot is not None or name not in kept:
                program.store.sources.saw(source, name, file.digest, snapshot=file.snapshot)


def _is_over(file: SeenFile, name: str, look: Look) -> bool:
    """One that was taken in is refused no more once its bytes are known again."""
    return name not in look.hidden and (file.snapshot is not None or not look.has(name))


def _elsewhere(program: Program, source: str, now: datetime) -> frozenset[str]:
    """Items that another machine refuses, which serves or is expected back."""
    machines, by_host = Machines(program, now), program.store.sources.refused_at(source)
    elsewhere = (names for host, names in by_host.items() if machines.is_elsewhere(host))
    return frozenset[str]().union(*elsewhere)
