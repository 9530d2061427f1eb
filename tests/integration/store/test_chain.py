"""Whatever happens to messages in whatever order: what a reader is told is whole, and told once.

A random life of one reader of two situations on a real database, held against a small model that
keeps each message as the spans that it tells.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import event

from monitor.model.message import Mark, Outcome, Result
from monitor.model.subscription import Pointers, SubscriptionSpec
from monitor.store import Store, open_store
from monitor.store.records import NewVersion, Telling
from tests.integration.store.world import DAY, DOUBT, NOW, SENT, letter

EXPIRED = Outcome(result=Result.TEMPORARY, phase="expired")
LINES = ("north", "south")
EXAMPLES = int(os.environ.get("CHAINS", "8"))
"""Lives: a few in every run of the tests, thousands when giving back is changed."""


@dataclass
class Told:
    """A message in the model: for each situation and lane that it moved, from where to where."""

    spans: dict[tuple[str, str], tuple[int, int]]
    reaches: bool = True
    open: bool = True


@cache
def _template() -> Path:
    """Migrated once: each life begins with a copy."""
    folder = Path(tempfile.mkdtemp(prefix="chain-"))
    atexit.register(shutil.rmtree, folder)
    open_store(f"sqlite:///{folder / 'monitor.db'}").close()
    return folder / "monitor.db"


def _hurry(store: Store) -> None:
    """A life ends with its process: nothing of it need survive a power cut."""
    engine = store._database.engine
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF"))
    engine.dispose()


class Chain(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="chain-"))
        shutil.copy(_template(), self.folder / "monitor.db")
        self.store = open_store(f"sqlite:///{self.folder / 'monitor.db'}")
        _hurry(self.store)
        self.store.nodes.start(now=NOW)
        self.store.situations.remember_kind("k1", "negotiation", {"type": "object"})
        self.days = itertools.count(1)
        self.slots = itertools.count(1)
        self.lines: dict[str, list[int]] = {name: [] for name in LINES}
        for name in LINES:
            self.store.situations.ensure(name, kind="negotiation", title=name, now=NOW)
            self._version(name)
        spec = SubscriptionSpec(address="ana@example.org", name="daily", situations=LINES)
        starts = [
            Pointers(situation=name, told=self.latest(name), alerted=self.latest(name))
            for name in LINES
        ]
        self.ana = self.store.subscriptions.create(spec, starts, due_at=None, now=NOW).id
        self.starts = {(name, lane): 0 for name in LINES for lane in ("told", "alerted")}
        self.told: dict[str, Told] = {}
        self.retold: set[tuple[str, str, int]] = set()

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def latest(self, name: str) -> int:
        return self.lines[name][-1]

    def _version(self, name: str) -> None:
        day = next(self.days)
        new = NewVersion(
            situation=name,
            as_of=f"{2000 + day}-01-01",
            content_hash=f"{day:064x}",
            document={"day": day},
            kind_hash="k1",
            learned_at=NOW,
        )
        self.lines[name].append(self.store.versions.add(new).id)

    def place(self, name: str, number: int) -> int:
        return self.lines[name].index(number)

    def stands(self) -> dict[tuple[str, str], int]:
        found = {}
        for one in self.store.subscriptions.get(self.ana).pointers:
            found[one.situation, "told"] = self.place(one.situation, one.told)
            found[one.situation, "alerted"] = self.place(one.situation, one.alerted)
        return found

    @rule(name=st.sampled_from(LINES))
    def a_version_comes_in(self, name: str) -> None:
        self._version(name)

    @rule()
    def a_digest_is_told(self) -> None:
        reader = self.store.subscriptions.get(self.ana)
        pointers = tuple(
            Pointers(
                situation=one.situation,
                told=self.latest(one.situation),
                alerted=self.latest(one.situation),
            )
            for one in reader.pointers
        )
        self._tell(
            Telling(
                subscription=reader,
                pointers=pointers,
                slot=NOW + next(self.slots) * DAY,
                letter=letter(self.store),
            ),
            ("told", "alerted"),
        )

    @rule()
    def a_run_has_nothing_to_tell(self) -> None:
        reader = self.store.subscriptions.get(self.ana)
        if any(self.latest(one.situation) != one.told for one in reader.pointers):
            return
        pointers = tuple(
            Pointers(situation=one.situation, told=one.told, alerted=one.told)
            for one in reader.pointers
        )
        if pointers == reader.pointers:
            assert self.store.outbox.tell(
                [
                    Telling(
                        subscription=reader, pointers=pointers, slot=NOW + next(self.slots) * DAY
                    )
                ],
                now=NOW,
            ) == [True]

    @rule(name=st.sampled_from(LINES))
    def an_alert_is_told(self, name: str) -> None:
        reader = self.store.subscriptions.get(self.ana)
        (stands,) = (one for one in reader.pointers if one.situation == name)
        if stands.alerted == self.latest(name):
            return
        there = Pointers(situation=name, told=stands.told, alerted=self.latest(name))
        self._tell(
            Telling(
                subscription=reader, pointers=(there,), letter=letter(self.store, reason="alert")
            ),
            ("alerted",),
        )

    def _tell(self, telling: Telling, lanes: tuple[str, ...]) -> None:
        before = self.stands()
        assert self.store.outbox.tell([telling], now=NOW) == [True]
        after = self.stands()
        spans = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
        assert {lane for _, lane in spans} <= set(lanes)
        for (name, lane), (left, right) in spans.items():
            for place in range(left + 1, right + 1):
                holders = [
                    one
                    for one in self.told.values()
                    if one.reaches and self._holds(one, name, lane, place)
                ]
                assert not holders or (name, lane, place) in self.retold, (
                    "told twice, and nothing was lost"
                )
                self.retold.discard((name, lane, place))
        (message, *_) = self.store.outbox.find(limit=1)
        self.told[message.id] = Told(spans)

    @staticmethod
    def _holds(one: Told, name: str, lane: str, place: int) -> bool:
        left, right = one.spans.get((name, lane), (0, 0))
        return left < place <= right

    def _open(self) -> list[str]:
        return sorted(
            (one.id for one in self.store.outbox.find(states=("pending", "retry"))), key=int
        )

    @precondition(lambda self: self._open())
    @rule()
    def a_message_arrives(self) -> None:
        self._ends(self._open()[0], SENT)

    @precondition(lambda self: self._open())
    @rule()
    def a_message_may_have_arrived(self) -> None:
        self._ends(self._open()[0], DOUBT)

    @precondition(lambda self: self._open())
    @rule()
    def a_message_dies(self) -> None:
        self._ends(self._open()[0], EXPIRED)

    @precondition(lambda self: self._open())
    @rule(data=st.data())
    def a_message_is_cancelled(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self._open()))
        self._lost(number, lambda: self.store.outbox.cancel([number], "by hand", now=NOW))

    def _ends(self, number: str, outcome: Outcome) -> None:
        """Of one reader's mail the oldest is sent first."""
        self.told[number].open = False
        claims = self.store.outbox.claim(limit=99, now=NOW)
        (mine,) = (one for one in claims if one.id == number)
        # The others go back as they were.
        mark = Mark(message=mine, outcome=outcome, next_attempt=None)
        if outcome is EXPIRED:
            self._lost(number, lambda: self.store.outbox.mark([mark], now=NOW))
        else:
            self.store.outbox.mark([mark], now=NOW)
        self.store.outbox.release([one for one in claims if one.id != number], now=NOW)

    def _lost(self, number: str, end) -> None:  # type: ignore[no-untyped-def]
        before = self.stands()
        end()
        lost = self.told[number]
        lost.reaches = lost.open = False
        after = self.stands()
        for key in after:
            assert after[key] <= before[key], "a loss leads nobody forward"
            if after[key] < before[key]:
                assert key in lost.spans, "a loss returned what its message had not moved"
                self.retold |= {(*key, place) for place in range(after[key] + 1, before[key] + 1)}

    @invariant()
    def what_was_told_is_whole(self) -> None:
        for (name, lane), end in self.stands().items():
            for place in range(1, end + 1):
                reached = any(
                    one.reaches and self._holds(one, name, lane, place)
                    for one in self.told.values()
                )
                told = lane == "alerted" and any(
                    one.reaches and self._holds(one, name, "told", place)
                    for one in self.told.values()
                )
                assert reached or told, f"{name} {lane} {place} was told by nobody"


TestChain = Chain.TestCase
TestChain.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
