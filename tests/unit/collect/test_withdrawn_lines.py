"""Whatever was added, taken out and put back: the line says what is left, as if it alone was said.

The line here is kept as the store keeps it: revisions that count or do not, and partials that are
stranded. What should be is reckoned from scratch, without any of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.merging import merge
from monitor.collect.states import Statement
from monitor.collect.versions import Derived, KnownVersion, derive, state_of
from monitor.errors import SnapshotRefused
from monitor.kinds.canonical import canonical, state_hash
from monitor.model.as_of import order
from monitor.model.record import replace
from tests.reading import kind_of

CLUB = kind_of()

DAYS = (
    "2026-10-24",
    "2026-10-25",
    "2026-10-25T02:30:00+03:00",
    "2026-10-25T02:10:00+02:00",  # later: the clocks have gone back
    "2026-10-26",
)


class Said(NamedTuple):
    """Who is said to be there: a name, or None for one who is not. `file`: which file says it."""

    day: str
    coverage: Literal["full", "partial"]
    people: dict[str, str | None]
    file: str | None = None


@dataclass
class Revision:
    as_of: str
    hash: str
    said: int
    counts: bool = True


@dataclass
class Line:
    """What one situation was told, and the versions that are kept of it."""

    said: dict[int, Said] = field(default_factory=dict)
    out: set[int] = field(default_factory=set)
    stranded: set[int] = field(default_factory=set)
    revisions: list[Revision] = field(default_factory=list)
    documents: dict[str, Any] = field(default_factory=dict)

    def adds(self, said: Said) -> None:
        """Refused as the program refuses it, and then it counts for nothing."""
        number = len(self.said) + 1
        self.said[number] = said
        try:
            derived = derive(self._counting(), self._known(), CLUB, since=said.day, reading=number)
        except SnapshotRefused:
            self.out.add(number)
            return
        self._write(derived)

    def turns(self, number: int) -> None:
        """Takes one out, or puts it back."""
        if number in self.out:
            self.out.remove(number)
        else:
            self.out.add(number)
        for each in self.revisions:
            if each.said == number and number not in self.stranded:
                each.counts = number not in self.out
        self.stranded.discard(number)
        derived = derive(
            self._counting(), self._known(), CLUB, since=self.said[number].day, strands=True
        )
        self._write(derived)

    def latest(self) -> Any:
        counting = [each for each in self.revisions if each.counts]
        place = {id(each): n for n, each in enumerate(counting)}
        last = max(counting, key=lambda each: (order(each.as_of), place[id(each)]), default=None)
        return self.documents[last.hash] if last else None

    def at(self, day: str) -> Any:
        """The state from this day on, until the next version."""
        upto = Line(revisions=[e for e in self.revisions if order(e.as_of) <= order(day)])
        upto.documents = self.documents
        return upto.latest()

    def _counting(self) -> list[Statement]:
        rows = [(n, one) for n, one in self.said.items() if n not in self.out]
        rows.sort(key=lambda row: (order(row[1].day), row[0]))
        return [statement(n, one, stranded=n in self.stranded) for n, one in rows]

    def _known(self) -> list[KnownVersion]:
        return [
            KnownVersion(
                as_of=each.as_of,
                content_hash=each.hash,
                said_id=each.said,
                kind_hash=CLUB.hash if each.said % 3 else "another",
                read=partial(self.documents.__getitem__, each.hash),
            )
            for each in self.revisions
            if each.counts or each.said in self.stranded
        ]

    def _write(self, derived: Derived) -> None:
        self.stranded |= {one.said_id for one in derived.stranded}
        for each in self.revisions:
            if each.said in derived.afloat:
                each.counts = True
            if each.said in {one.said_id for one in derived.stranded}:
                each.counts = False
        self.stranded -= derived.afloat
        for one in derived.versions:
            self.documents[one.content_hash] = one.document
            self.revisions.append(Revision(one.as_of, one.content_hash, one.said_id))


def statement(number: int, said: Said, *, stranded: bool = False) -> Statement:
    people = [
        {"id": key, "name": name} if name else {"id": key, "x-removed": True}
        for key, name in sorted(said.people.items())
        if name or said.coverage == "partial"
    ]
    return Statement(
        id=number,
        as_of=said.day,
        coverage=said.coverage,
        read=lambda: {"people": people},
        file=("folder", said.file) if said.file else None,
        stranded=stranded,
    )


def from_scratch(line: Line, upto: str) -> Any:
    """Day by day: a full one begins anew, a partial is laid over what there is, and what a file
    says now stands instead of what it said before."""
    state: Any = None
    for day in DAYS:
        if order(day) > order(upto):
            break
        mine = [(n, one) for n, one in line.said.items() if one.day == day and n not in line.out]
        last = {one.file: n for n, one in mine if one.file}
        fulls = [n for n, one in mine if one.coverage == "full"]
        for number, one in mine:
            if fulls and number < fulls[-1]:
                continue
            if one.file and number != last[one.file]:
                continue
            said = statement(number, one)
            if one.coverage == "full":
                state = canonical(said.content, CLUB)
            elif state is not None:
                state = merge(state, said, CLUB)
    return state


said = st.builds(
    Said,
    st.sampled_from(DAYS),
    st.sampled_from(["full", "partial", "partial"]),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", None]), max_size=3),
    st.sampled_from([None, None, "one.yaml"]),
)
acts = st.lists(st.one_of(said, st.integers(1, 8)), min_size=2, max_size=14)


@settings(max_examples=300, deadline=None)
@given(acts)
def test_after_any_sequence_the_line_is_what_is_left_of_it(acts: Sequence[Said | int]) -> None:
    line = Line()
    for act in acts:
        if isinstance(act, Said):
            line.adds(act)
        elif line.said.get(act):
            line.turns(act)
        for day in DAYS:
            assert line.at(day) == from_scratch(line, day), (day, act)


def test_putting_back_gives_the_revisions_back_as_they_were() -> None:
    line = Line()
    line.adds(Said(DAYS[0], "full", {"a": "x", "b": "x"}))
    line.adds(Said(DAYS[1], "full", {"a": "y", "b": "y"}))
    line.adds(Said(DAYS[4], "partial", {"b": "x"}))
    before = [replace(each) for each in line.revisions]
    line.turns(1)
    line.turns(2)
    assert line.latest() is None
    assert line.stranded == {3}
    line.turns(2)
    line.turns(1)
    assert line.revisions[:3] == before
    assert line.latest() == from_scratch(line, DAYS[4])


PARTIAL_FIRST = [Said(DAYS[1], "partial", {"b": "y"}), Said(DAYS[1], "partial", {"c": "x"})]


@pytest.mark.parametrize(
    ("then", "names"),
    [
        ([Said(DAYS[1], "partial", {"b": "y"})], "a=x b=y"),
        (PARTIAL_FIRST, "a=x b=y c=x"),
        ([*PARTIAL_FIRST, Said(DAYS[1], "partial", {"b": None})], "a=x c=x"),
        ([*PARTIAL_FIRST, Said(DAYS[1], "full", {"b": "x"})], "b=x"),
        ([Said(DAYS[1], "partial", {"b": "y", "c": "y"}, "p"),
          Said(DAYS[1], "partial", {"c": "x"}, "p")], "a=x b=x c=x"),
        ([Said(DAYS[1], "partial", {"b": "y"}, "p"), Said(DAYS[1], "partial", {"c": "y"}),
          Said(DAYS[1], "partial", {"b": None}, "p")], "a=x c=y"),
    ],
    ids=["over the full one", "over each other", "as learned", "a full one corrects",
         "a file corrects itself", "and not what was given by hand"],
)  # fmt: skip
def test_what_is_said_for_one_day_lies_on_one_heap(then: list[Said], names: str) -> None:
    line = Line()
    line.adds(Said(DAYS[0], "full", {"c": "y"}))
    line.adds(Said(DAYS[1], "full", {"a": "x", "b": "x"}))
    for one in then:
        line.adds(one)
    people = line.latest()["people"]
    assert " ".join(f"{one['id']}={one['name']}" for one in people) == names


def test_a_partial_that_was_corrected_since_has_the_state_of_its_day() -> None:
    said = [
        statement(1, Said(DAYS[0], "full", {"a": "x"})),
        statement(2, Said(DAYS[1], "full", {"a": "y"})),
        statement(3, Said(DAYS[1], "full", {"a": "x"})),
    ]
    found = state_of(said, CLUB, 2)
    assert found.content_hash == state_hash(canonical({"people": [{"id": "a", "name": "x"}]}, CLUB))
