"""A fault in any step of a pass is the trouble of one: the others are served all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

from monitor.model.record import replace
from monitor.pipeline import flow
from monitor.pipeline.flow import STEPS, Memory, Step, Work
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.blame import Blame
from monitor.pipeline.trouble.watching import standing_on_nodes
from monitor.service.service import Service
from tests.integration.pipeline.world import CONFIG, World

T = TypeVar("T")

MANY = (
    CONFIG
    + """
[[subscriptions]]
address = "dora@example.org"
situations = ["harbour"]
cadence = "at-once"

[[subscriptions]]
address = "emil@example.org"
situations = ["harbour", "posts"]
cadence = "at-once"

[[subscriptions]]
address = "finn@example.org"
situations = ["quay"]

[[subscriptions]]
address = "gina@example.org"
situations = ["quay"]

[[subscriptions]]
address = "hugo@example.org"
situations = ["harbour"]
cadence = "daily 07:00"

[situations.posts]
baseline = "2026-03-01"
"""
)


class Faulty(Blame):
    """One item of one step fails, as long as it is told to."""

    def __init__(self, step: str, what: str) -> None:
        super().__init__()
        self.step, self.what, self.is_on = step, what, True

    def attempt(self, step: str, what: str, said: str, call: Callable[[], T], *, otherwise: T) -> T:
        if self._bites(step, what):
            return super().attempt(step, what, said, _fail, otherwise=otherwise)
        return super().attempt(step, what, said, call, otherwise=otherwise)

    def quietly(self, step: str, what: str, call: Callable[[], T]) -> T | None:
        return super().quietly(step, what, _fail if self._bites(step, what) else call)

    def together(
        self,
        step: str,
        items: Sequence[T],
        call: Callable[[Sequence[T]], int],
        *,
        name: Callable[[T], str],
        said: Callable[[T], str],
    ) -> int:
        def batch(some: Sequence[T]) -> int:
            if any(self._bites(step, name(one)) for one in some):
                _fail()
            return call(some)

        return super().together(step, items, batch, name=name, said=said)

    def _bites(self, step: str, what: str) -> bool:
        return self.is_on and step == self.step and what.startswith(self.what)


def _fail() -> NoReturn:
    raise RuntimeError("a fault of ours")


@dataclass(frozen=True, slots=True)
class Row:
    """Whom the fault is about, who misses what by it, and what the operator reads."""

    what: str
    told: str
    missing: frozenset[str] = frozenset()
    told_otherwise: frozenset[str] = frozenset()
    stood: str | None = None
    """What stands before, for a step that asks whether it is over."""


DAY = timedelta(days=1)

OF_POSTS = frozenset(("alert for ana", "digest for ana", "digest for ben", "digest for cleo"))

ROWS = {
    "look": Row(
        "posts/2026-03-02.yaml", "2026-03-02.yaml of source posts cannot be taken in", OF_POSTS
    ),
    "pin": Row("posts", "the baseline of posts cannot be pinned"),
    "compare": Row("posts@2026-03-02", "posts of 2026-03-02 cannot be compared", OF_POSTS),
    "begin": Row("finn", "no welcome for finn@example.org", frozenset(("welcome for finn",))),
    "reword": Row("1-1/en/", "words of a rule are missing", stood="fault:reword:1-1/en/membership"),
    "templates": Row("abc", "words of a rule are missing", stood="fault:templates:abc"),
    # Ana's digest is due in the same pass and tells what no alert could.
    "alert": Row(
        "posts", "whether posts needs an alert cannot", OF_POSTS, frozenset(("alert for ana",))
    ),
    "digest": Row("hugo", "no digest for hugo@example.org", frozenset(("digest for hugo",))),
    "watch": Row("disks", "whether disks need a person cannot be found out"),
    "record": Row("refused:posts/bad-1.yaml", "it cannot be recorded that"),
    "operator": Row(
        "operator", "operator@example.org, cannot be written to", frozenset(("operator mail",))
    ),
}


def test_every_step_of_the_pass_has_a_fault_to_bear() -> None:
    assert list(ROWS) == [step.name for step in STEPS]


@pytest.fixture
def many(tmp_path: Path, database_url: str) -> Iterator[World]:
    """Everybody but finn and gina has been welcomed; their situation is still to come."""
    world = World(tmp_path / "world", database_url, config=MANY)
    world.says("2026-03-01", president="Adam")
    world.says("2026-03-01", situation="harbour", master="Olga")
    world.passes()
    world.mail()
    yield world
    world.close()


def _news(world: World) -> None:
    """A day later: two situations move, one appears, two files are of no use."""
    world.now += DAY
    world.says("2026-03-02", president="Carl")
    world.says("2026-03-02", situation="harbour", master="Pia")
    world.says("2026-03-02", situation="quay", warden="Rosa")
    for name in ("bad-1.yaml", "bad-2.yaml"):
        world.writes(name, "nothing: of use\n")


def _in_the_service(world: World) -> None:
    """Two ticks of a service that goes on."""
    world.passes()
    world.passes()


def _once(world: World) -> None:
    """`monitor run --once`: a process of its own each time."""
    world.program.store.nodes.stop(now=world.now)
    blame = world.program.blame
    if isinstance(blame, Faulty):
        again = Faulty(blame.step, blame.what)
        again.is_on = blame.is_on
        world.program = replace(world.program, blame=again)
    asyncio.run(Service(world.program, clock=lambda: world.now).once())


WAYS = [pytest.param(_in_the_service, id="service"), pytest.param(_once, id="once")]


def _heard(world: World, known: set[str]) -> set[str]:
    """What has been written since: `digest for ben`."""
    found = world.program.store.outbox.find(limit=1000)
    fresh = [one for one in found if one.id not in known]
    known |= {one.id for one in found}
    return {
        "operator mail" if one.reason == "operator" else f"{one.reason} for {_name(one.recipient)}"
        for one in fresh
    }


def _name(address: str) -> str:
    return address.partition("@")[0]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("step", list(ROWS))
def test_a_fault_in_a_step_is_the_trouble_of_one(
    many: World, step: str, way: Callable[[World], None]
) -> None:
    row, known = ROWS[step], set[str]()
    _heard(many, known)
    if row.stood:
        many.program.store.notices.open(row.stood, row.told, now=many.now)
    faulty = Faulty(step, row.what)
    many.program = replace(many.program, blame=faulty)

    _news(many)
    way(many)
    heard = _heard(many, known)
    standing = list(standing_on_nodes(many.program).values())
    way(many)
    repeated = _heard(many, known)
    many.program.blame.is_on = False  # type: ignore[attr-defined]
    way(many)
    many.now += DAY
    way(many)
    after = _heard(many, known)

    assert EVERYTHING - heard <= row.missing
    assert [row.told in text for text in standing] == [True]
    assert repeated <= {"operator mail"}
    assert "operator mail" in after
    assert EVERYTHING - heard - after == row.told_otherwise
    assert not standing_on_nodes(many.program)


EVERYTHING = OF_POSTS | {
    "digest for dora",
    "digest for emil",
    "welcome for finn",
    "welcome for gina",
    "alert for hugo",
    "digest for hugo",
    "operator mail",
}


def _breaks_down(_program: Program, _memory: Memory, _now: object) -> Work:
    _fail()


@pytest.mark.parametrize("name", [step.name for step in STEPS])
def test_a_step_that_fails_as_a_whole_stops_no_other(
    lone_world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = lone_world
    world.says("2026-03-01", president="Adam")
    world.passes()
    world.mail()
    broken = tuple(Step(one.name, _breaks_down) if one.name == name else one for one in STEPS)

    with monkeypatch.context() as patch:
        patch.setattr(flow, "STEPS", broken)
        world.says("2026-03-02", president="Carl")
        world.hears()
        standing = world.program.blame.standing()
    late = world.hears()
    world.hears()

    assert [text for text in standing.values() if f"the step “{name}”" in text]
    assert not world.program.blame.standing()
    assert not standing_on_nodes(world.program)
    assert all("cannot be done" in mail.text for mail in late if mail.to.startswith("operator"))
