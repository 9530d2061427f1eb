"""Where a reader's pointers stand, in a line for each situation."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.cli.table import when
from monitor.model.subscription import Subscription
from monitor.pipeline.explain import standpoints
from monitor.pipeline.program import Program


def standing_lines(
    program: Program, reader: Subscription, *, situation: str | None = None
) -> Iterator[str]:
    """All situations that the reader has begun, or one."""
    for one in standpoints(program, reader):
        if situation in (None, one.situation):
            since = f" since {when(one.since)}" if one.since else ""
            why = f": {one.why}" if one.why else ""
            yield f"{reader.spec.who} is told of {one.situation} up to {one.told}{since}{why}"
