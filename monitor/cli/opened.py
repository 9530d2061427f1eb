"""What commands share: the opened program, times and addresses as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import click

from monitor.errors import Ambiguous, MonitorError, NotFound
from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program, open_program
from monitor.settings import load


@contextmanager
def opened(ctx: click.Context) -> Iterator[Program]:
    """The program for one command; its store is closed at the end."""
    program = open_program(load(ctx.obj["config"]))
    try:
        yield program
    finally:
        program.store.close()


def now() -> datetime:
    return datetime.now(UTC)


def moment(text: str) -> datetime:
    """A date means its end, because `--at DATE` asks for all that was learned by then."""
    try:
        if len(text) == len("2026-02-05"):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise MonitorError(
            f"--at is {text!r}, want a date or a time such as 2026-02-05T07:00Z"
        ) from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def find_subscription(program: Program, who: str) -> Subscription:
    """ADDRESS, or ADDRESS/NAME. Raises NotFound, or Ambiguous with the candidates."""
    address, _, name = who.partition("/")
    all_of = program.store.subscriptions.all(address=address)
    found = [entry for entry in all_of if not name or entry.spec.name == name]
    if not found:
        raise NotFound(f"no subscription {who}; `monitor subscriptions` lists them")
    if len(found) > 1:
        candidates = ", ".join(entry.spec.who for entry in found)
        raise Ambiguous(f"{who} has several subscriptions: {candidates}")
    return found[0]
