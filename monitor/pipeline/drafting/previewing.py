"""What each reader would get if a draft were published now. Nothing is sent or stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from monitor.errors import MonitorError
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.model.digest import Digest
from monitor.model.record import Record
from monitor.model.subscription import Subscription
from monitor.pipeline.drafting.checking import Checked
from monitor.pipeline.program import Program
from monitor.pipeline.telling.inputs import steps, wanted_of
from monitor.pipeline.telling.rendering import Press
from monitor.pipeline.telling.standing import Standing
from monitor.store.records import Version

UNWRITTEN: Final = -1
"""The number of a version that no database has."""


class Foreseen(Record):
    """What one reader would get; `digest` is None where it would be nothing. `why` is what could
    not be made."""

    reader: Subscription
    digest: Digest | None = None
    why: str | None = None


class Ahead:
    """A program that takes a draft for the latest version of its situation."""

    def __init__(self, program: Program, checked: Checked, now: datetime) -> None:
        snapshot = checked.snapshot
        ref = VersionRef(
            situation=snapshot.situation,
            as_of=snapshot.as_of,
            revision=1,
            content_hash=checked.content_hash,
            title=snapshot.title or checked.base.ref.title,
        )
        self._version = Version(
            id=UNWRITTEN,
            ref=ref,
            kind_hash=checked.base.kind_hash,
            state="current",
            held=None,
            snapshot=None,
            learned_at=now,
        )
        self._base = checked.base
        self._program = program.with_settings(program.settings)
        state = State(ref=ref, document=checked.document, weigh=snapshot.weigh)
        self._program.comparing.assume(self._version, state)
        self._standing = Standing(self._program, now, assumed=self._version)
        self._press = Press(self._program)
        self._now = now

    def readers(self) -> tuple[Subscription, ...]:
        """Those who follow the situation and are not silent."""
        return tuple(
            one
            for one in self._program.store.subscriptions.all()
            if self._version.ref.situation in one.spec.situations and one.state == "active"
        )

    def comparison(self, today: date, language: str) -> Comparison:
        """What the draft says that the version below it did not. Raises CannotCompare."""
        return self._program.comparing.between(
            self._base, self._version, today=today, language=language
        )

    def foresee(self, reader: Subscription) -> Foreseen:
        covered = tuple(one for one in steps(self._standing, reader) if one.has_news)
        if not covered:
            return Foreseen(reader=reader)
        try:
            wanted = wanted_of(self._standing, reader, covered, reason="digest", due=self._now)
            digest = self._press.make(wanted).digest
        except MonitorError as error:
            return Foreseen(reader=reader, why=str(error))
        return Foreseen(reader=reader, digest=digest if digest.worth_sending else None)

    def all(self, readers: Sequence[Subscription]) -> tuple[Foreseen, ...]:
        return tuple(map(self.foresee, readers))
