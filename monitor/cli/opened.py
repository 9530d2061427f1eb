"""What commands share: the opened program, times and addresses as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime

import click

from monitor.cli.streams import OutputLost
from monitor.errors import Ambiguous, MonitorError, NotFound, RowDamaged
from monitor.model.nearest import suggestion
from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program, open_program
from monitor.settings import load

EXPECTED = (MonitorError, OutputLost, click.ClickException, click.exceptions.Exit, click.Abort)


def opened(ctx: click.Context) -> AbstractContextManager[Program]:
    """The program for one command; its store is closed at the end."""
    return opened_at(ctx.obj["config"], reading=False)


@contextmanager
def opened_at(config: str | None, *, reading: bool) -> Iterator[Program]:
    """As `opened` and `reading`, by the configuration's file."""
    program = open_program(load(config), reading=reading)
    try:
        yield program
    except EXPECTED:
        raise
    except Exception:
        # What looks like a fault of ours may come from a database that is damaged.
        program.store.check()
        raise
    finally:
        program.store.close()


def reading(ctx: click.Context) -> AbstractContextManager[Program]:
    """The program for a command that only looks: it creates, upgrades and writes nothing."""
    return opened_at(ctx.obj["config"], reading=True)


def warn(lines: Iterable[str]) -> None:
    """What may be meant, and is not there now; `monitor status` goes on saying so."""
    for line in lines:
        click.echo(f"monitor: warning: {line}", err=True)


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
        _refuse_damaged(program, who)
        every = [entry.spec for entry in program.store.subscriptions.all()]
        names = [spec.who if name else spec.address for spec in every]
        near = suggestion(who, names) or "; `monitor subscriptions` lists them"
        raise NotFound(f"no subscription {who}{near}")
    if len(found) > 1:
        candidates = ", ".join(entry.spec.who for entry in found)
        raise Ambiguous(f"{who} has several subscriptions: {candidates}")
    return found[0]


def _refuse_damaged(program: Program, who: str) -> None:
    """Raises RowDamaged when what is asked for is there and cannot be read."""
    for why in program.store.subscriptions.damaged().values():
        damaged = why.removeprefix("subscription ").partition(" is left alone")[0]
        if damaged == who or damaged.startswith(f"{who}/"):
            raise RowDamaged(why)
