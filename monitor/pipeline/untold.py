"""Why a finding is in no message of a reader, found in what their digests were made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from monitor.model.comparison import Comparison, Finding, Significance
from monitor.model.subscription import Filter, Subscription
from monitor.pipeline.moments import stamp
from monitor.pipeline.program import Program
from monitor.report.filters import judge
from monitor.store.records import MessageRow


def why_untold(
    program: Program,
    reader: Subscription,
    comparison: Comparison,
    finding: Finding,
    *,
    messages: Sequence[MessageRow],
    today: date,
) -> str:
    """`messages` are all of the reader's, the newest first."""
    for message, given, told in _covering(program, comparison, messages):
        old, new = told["old"]["as_of"], told["new"]["as_of"]
        span = f"message {message.id} told {old} -> {new}"
        if finding.id not in {each["id"] for each in told["findings"]}:
            return f"{span} as a whole: it is part of a larger change there, or has cancelled out"
        verdict = judge(finding, comparison, _filter(given["filter"]), (), today.isoformat())
        if verdict.shown:
            return f"{span} and had no room for it"
        return f"{span} without it: {verdict.why}"
    learned = comparison.new.learned_at
    welcomed = (each.created_at for each in messages if each.reason == "welcome")
    if learned is not None and learned <= stamp(next(welcomed, reader.created_at)):
        return "it came before this reader's start"
    return "no message speaks of that time: it was hidden, or taken back before a digest was due"


def _covering(
    program: Program, comparison: Comparison, messages: Sequence[MessageRow]
) -> Iterator[tuple[MessageRow, dict[str, Any], dict[str, Any]]]:
    """Each message whose step holds this one, what it was made from, and its comparison."""
    old, new = comparison.old.as_of, comparison.new.as_of
    for message in messages:
        if message.digest is None:
            continue
        given: Any = program.store.digests.input(message.digest)
        for part in given["situations"]:
            told = part["comparison"]
            holds = told["old"]["as_of"] <= old and new <= told["new"]["as_of"]
            if told["new"]["situation"] == comparison.situation and holds:
                yield message, given, told


def _filter(stored: dict[str, Any]) -> Filter:
    """As `compose.inputs.plain` has written it."""
    return Filter(
        minimum=Significance(stored["minimum"]),
        **{name: tuple(stored[name]) for name in ("collections", "parties", "issues", "entities")},
    )
