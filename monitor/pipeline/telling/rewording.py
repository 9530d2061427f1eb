"""What went out with a line in the place of words: a fault of ours, until it can be said.

The mail was not kept back for it. Each fault names the two versions, so that any process can try
again, and can say when it is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from monitor.errors import MonitorError, NotFound
from monitor.model.comparison import Comparison
from monitor.model.digest import Unworded
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.blame import FAULT
from monitor.report.finding import unworded
from monitor.store.records import NoticeRow, Version
from monitor.words import ENGLISH, language

REWORD: Final = "reword"

_WHAT: Final = re.compile(r"(?P<old>\d+)-(?P<new>\d+)/(?P<language>[^/]*)/(?P<rule>.*)", re.DOTALL)


class _StillUnsaid(MonitorError):
    """What was missing is missing still."""


def note_unworded(
    program: Program, faults: Sequence[Unworded], old: Version, new: Version, code: str
) -> None:
    """Blame each rule once, with how often its words were missing."""
    for rule in dict.fromkeys(fault.rule for fault in faults):
        alike = [fault for fault in faults if fault.rule == rule]
        what = f"{old.id}-{new.id}/{code}/{rule}"
        program.blame.note(REWORD, what, f"{_said(new, rule)}: {_counted(alike)}")


def note_faults(program: Program, comparison: Comparison, old: Version, new: Version) -> None:
    """Rules that failed while two versions were compared; plainer ones spoke for them."""
    if comparison.faults:
        what = f"{old.id}-{new.id}//"
        program.blame.note(REWORD, what, f"{_said(new, '')}: {_listed(comparison.faults)}")


def reword(program: Program, now: datetime, notices: Sequence[NoticeRow]) -> Iterator[Passed]:
    """Try again whatever stands; what can be said now is over."""
    for notice in notices:
        sort, _, what = notice.condition.removeprefix(FAULT).partition(":")
        match = _WHAT.fullmatch(what) if sort == REWORD else None
        if match is not None:
            said = notice.text.partition(": ")[0]
            again = partial(_again, program, match, now)
            if not program.patience.rests(notice.condition, notice.text, now):
                with program.patience.learning(notice.condition, notice.text, now):
                    program.blame.attempt(REWORD, what, said, again, otherwise=None)
            yield Passed()


def _again(program: Program, match: re.Match[str], now: datetime) -> None:
    """Raises when it still cannot be said. Versions that are there no more are of no interest."""
    try:
        old, new = (program.store.versions.get(int(match[name])) for name in ("old", "new"))
    except NotFound:
        return
    comparison = program.comparing.between(
        old,
        new,
        today=now.date(),
        last_run=now.date(),
        language=match["language"] or ENGLISH.code,
    )
    if not match["rule"]:
        if comparison.faults:
            raise _StillUnsaid(_listed(comparison.faults))
        return
    faults = unworded(comparison, language(match["language"]))
    alike = [fault for fault in faults if fault.rule == match["rule"]]
    if alike:
        raise _StillUnsaid(_counted(alike))


def _said(new: Version, rule: str) -> str:
    name = f"{new.ref.situation} of {new.ref.as_of}"
    if not rule:
        return f"rules failed on {name}, and plainer ones spoke for them"
    return f"words of the rule {rule} are missing for {name}, and a line says so in their place"


def _counted(alike: Sequence[Unworded]) -> str:
    first = alike[0]
    many = f"{len(alike)} times, first " if len(alike) > 1 else ""
    return f"{many}at {first.path}: {first.why}"


def _listed(faults: Sequence[str]) -> str:
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{faults[0]}{more}"
