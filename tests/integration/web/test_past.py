"""A fact's history is the same whether all versions are read for it or those that touched it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from monitor.compare.history import FactValue, entry_paths, fact_history
from monitor.errors import NotFound
from monitor.model.comparison import State
from monitor.pipeline.program import Program
from monitor.web.line import Line, line_of
from monitor.web.past import Past, past_of, values_of
from monitor.web.reading import Asking
from monitor.web.touched import Touches
from tests.pages import NOON, Site, site

NAME = "ukraine-talks"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages")) as found:
        yield found


@pytest.fixture(scope="module")
def program(pages: Site) -> Program:
    return pages.program


@pytest.fixture(scope="module")
def line(program: Program) -> Line:
    person = program.store.people.find("reader")
    assert person is not None
    return line_of(program, Asking(person=person, now=NOON), NAME)


@pytest.fixture(scope="module")
def states(program: Program, line: Line) -> list[State]:
    return [program.comparing.state(one) for one in line.versions]


def _read(program: Program, line: Line) -> Past:
    """A page reads only as long as its reader may wait; the next ones read on."""
    while (past := past_of(program, line)).read_to is not None:
        pass
    return past


def _whole(states: Sequence[State], line: Line, path: str) -> tuple[FactValue, ...]:
    try:
        return fact_history(states, line.kind, path)
    except NotFound:
        return ()


def _plain(values: Sequence[FactValue]) -> list[tuple[object, ...]]:
    return [(one.value, one.listed, one.version, one.until, one.provenance) for one in values]


def test_every_entry_of_every_version_has_the_history_that_all_versions_give_it(
    program: Program, line: Line, states: list[State]
) -> None:
    past = _read(program, line)
    paths = dict.fromkeys(path for one in states for path in entry_paths(one.document, line.kind))
    assert len(paths) > 400
    for path in list(paths)[::3]:
        for each in (path, f"{path}.status", f"{path}.date"):
            whole = _whole(states, line, each)
            if whole:
                assert _plain(values_of(program, past, each).found) == _plain(whole), each


def test_a_page_begins_where_the_newer_one_ended(program: Program, line: Line) -> None:
    path = "rounds[trilateral-3].state"
    whole = values_of(program, _read(program, line), path)
    assert not whole.cut
    told: list[str] = []
    before = ""
    for _ in range(len(line.versions)):
        some = values_of(program, past_of(program, line, before), path, most=1)
        told += [one.version.as_of for one in reversed(some.found) if one.version.as_of != some.cut]
        before = some.cut
        if not before:
            break
    assert told == [one.version.as_of for one in reversed(whole.found)]


def test_what_was_not_read_yet_is_said_and_read_by_the_next_page(
    program: Program, line: Line
) -> None:
    touches = Touches()
    first = touches.back(program, line.kind, line.versions[:2] + line.versions, patience=0)
    assert first.more
    assert touches.back(program, line.kind, line.versions, patience=0).more == ()
    half = Past(line=line, versions=line.versions, back=first)
    unread = half.read_to
    assert unread is not None
    values = values_of(program, half, "people[medinsky]")
    assert values.cut == unread.ref.as_of


def test_a_line_of_one_version_touched_all_that_it_has(program: Program, line: Line) -> None:
    back = Touches().back(program, line.kind, line.versions[:1])
    assert [one.ref for one in back.touching("parties[russia]")] == [line.versions[0].ref]
    assert back.touching("parties[atlantis]") == ()


def test_a_person_is_found_in_every_delegation_she_was_in(program: Program, line: Line) -> None:
    back = Touches().back(program, line.kind, line.versions)
    found = set(back.paths("medinsky"))
    assert {"people[medinsky]", "delegations[russia].members[medinsky]"} <= found
