"""The envelope, and content that fits its kind, with a place for every fault."""

from __future__ import annotations

import pytest

from monitor.collect.names import is_situation_name, parse_as_of
from monitor.collect.snapshot import read_snapshot
from monitor.errors import KindError, NotFound, SnapshotRefused
from monitor.kinds.kind import Kind
from tests.reading import snapshot_faults, snapshot_of


def test_the_envelope_is_apart_from_the_content() -> None:
    snapshot = snapshot_of("""\
        kind: club
        situation: our-club
        as_of: 2026-02-15
        title: Our club
        note: written in haste
        motto: Onwards
        """)
    assert (snapshot.situation, snapshot.as_of, snapshot.title) == (
        "our-club",
        "2026-02-15",
        "Our club",
    )
    assert snapshot.is_full
    assert snapshot.content == {"motto": "Onwards"}


def test_the_schema_line_of_an_editor_is_no_content() -> None:
    assert snapshot_of('as_of: 2026-02-15\n"$schema": ./x.json\n').content == {}


MOMENTS = [
    ("2026-02-15", "2026-02-15"),
    ("2026-02-15T10:00:00Z", "2026-02-15T10:00:00Z"),
    ("2026-02-15T01:00:00+02:00", "2026-02-14T23:00:00Z"),
    ("2026-02-15t10:00:00z", "2026-02-15T10:00:00Z"),
    ("2026-02-15T10:00:00.000Z", "2026-02-15T10:00:00Z"),
]


def test_a_day_that_no_calendar_has_is_named() -> None:
    with pytest.raises(ValueError, match="2026-02-30 is no date: day is out of range for month"):
        parse_as_of("2026-02-30")


@pytest.mark.parametrize(("written", "meant"), MOMENTS)
def test_as_of_is_a_date_or_an_instant_in_utc(written: str, meant: str) -> None:
    assert parse_as_of(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        *("2026-2-5", "15 February", "2026-02-30", "2026-02-15T10:00", "2026-02-15T10:00:00"),
        *("2026-02-15T25:00:00Z", "2026-02-15T10:00:00.5Z", "0001-01-01T00:00:00+02:00", ""),
        *("２０２６-02-15", "2026-02-15\n", "../2026-02-15"),
    ],
)
def test_any_other_as_of_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_as_of(written)


def test_a_date_sorts_first_in_its_day() -> None:
    moments = ["2026-02-16", "2026-02-15T00:00:00Z", "2026-02-15", "2026-02-15T10:00:00Z"]
    assert sorted(moments) == [moments[2], moments[1], moments[3], moments[0]]


@pytest.mark.parametrize("name", ["a", "ukraine-talks", "x2", "a" * 64])
def test_a_plain_name_is_a_situation(name: str) -> None:
    assert is_situation_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", "-a", "a-", "A", "a_b", "a.b", "..", "../a", "a/b", "a\\b", "a b", "a" * 65, "é"),
        *("a\n", "a\0", "%2e%2e", "~", "a@b", "con:", "--output=x"),
    ],
)
def test_a_name_that_a_path_could_use_is_no_situation(name: str) -> None:
    assert not is_situation_name(name)


FAULTS = [
    ("motto: x", ["file.yaml:1:1: as_of is missing"]),
    ("as_of: 15", ["file.yaml:3:1: as_of: write text, in quotes where it looks like a number"]),
    (
        "as_of: yesterday",
        [
            "file.yaml:3:1: as_of: yesterday is neither a date (2026-02-15) nor an RFC 3339 time "
            "with its zone"
        ],
    ),
    (
        "as_of: 2026-02-15\nmoto: x",
        ["file.yaml:4:1: moto: unknown field moto; did you mean motto?"],
    ),
    ("as_of: 2026-02-15\nmotto: 5", ['file.yaml:4:1: motto: 5 is not of type "string"']),
    (
        "as_of: 2026-02-15\npeople:\n  - {id: a, nam: A}",
        [
            "file.yaml:5:5: people[a]: the field name is missing",
            "file.yaml:5:13: people[a].nam: unknown field nam; did you mean name?",
        ],
    ),
    (
        "as_of: 2026-02-15\npeople:\n  - {id: a, name: A}\n  - {id: a, name: B}",
        ["file.yaml:6:5: people[a]: people has two entries a, first in line 5"],
    ),
    (
        "as_of: 2026-02-15\nteams:\n  - {sport: TODO, season: 1}",
        [
            "file.yaml:5:5: teams[0]: an entry of teams has no key: sport is the placeholder TODO",
        ],
    ),
    (
        "as_of: 2026-02-15\nteams:\n- {sport: chess, season: 1, players: [{person: bo}]}",
        [
            "file.yaml:5:40: teams[chess,1].players[bo].person: person names bo, which is not in "
            "people"
        ],
    ),
    (
        "as_of: 2026-02-15\npeople:\n  - {id: a, name: A, nicknames: [x, y, x]}",
        [
            "file.yaml:5:40: people[a].nicknames[2]: nicknames holds x twice; the order does not "
            "matter in it, first in line 5"
        ],
    ),
    (
        "as_of: 2026-02-15\npeople:\n  - {id: a, name: A, x-removed: true}",
        [
            "file.yaml:5:22: people[a].x-removed: unknown field x-removed",
            "file.yaml:5:22: people[a].x-removed: x-removed is for entries of a partial snapshot; "
            "leave the entry out instead",
        ],
    ),
    (
        "as_of: 2026-02-15\ncoverage: some",
        [
            "file.yaml:4:1: coverage: write full, partial, or a list of the collections it "
            "speaks for"
        ],
    ),
    (
        "as_of: 2026-02-15\ncoverage: [teems]",
        ["file.yaml:4:12: coverage[0]: the kind has no collection teems; did you mean teams?"],
    ),
    (
        "as_of: 2026-02-15\ncoverage: [teams]",
        ["file.yaml:4:1: coverage: teams is covered but not there; write teams: [] if it is empty"],
    ),
]


@pytest.mark.parametrize(("text", "lines"), FAULTS)
def test_every_fault_is_told_with_its_place(text: str, lines: list[str]) -> None:
    assert snapshot_faults(text) == lines


def test_a_partial_snapshot_is_checked_without_what_has_to_be_there() -> None:
    people = "- {id: a, nicknames: null}\n- {id: b, x-removed: true}\n"
    text = f"as_of: 2026-02-15\ncoverage: partial\npeople:\n{people}"
    assert snapshot_faults(text) == []


def test_what_a_partial_snapshot_says_has_to_fit() -> None:
    text = "as_of: 2026-02-15\ncoverage: partial\npeople:\n- {id: a, name: 5, x-removed: 1}\n"
    assert snapshot_faults(text) == [
        'file.yaml:6:11: people[a].name: 5 is not of type "string"',
        "file.yaml:6:20: people[a].x-removed: x-removed is true or not there",
    ]


def test_a_situation_name_that_is_a_path_is_refused() -> None:
    faults = snapshot_faults("kind: club\nsituation: ../../etc/passwd\nas_of: 2026-02-15\n")
    assert faults[0].startswith("file.yaml:2:1: situation: a situation's name has lower-case")


def test_a_document_that_is_a_list_is_no_snapshot() -> None:
    with pytest.raises(SnapshotRefused, match="an object with kind, situation, as_of"):
        read_snapshot(b"[]", name="f.yaml", kind_of=_no_kind)


def test_a_kind_that_is_not_there_is_told_at_its_line() -> None:
    with pytest.raises(SnapshotRefused, match=r"f.yaml:2:1: kind: no kind here"):
        read_snapshot(
            b"situation: a\nkind: b\nas_of: 2026-02-15\n", name="f.yaml", kind_of=_no_kind
        )


def test_the_faults_of_a_kind_come_with_the_snapshot_that_names_it() -> None:
    def broken(name: str) -> Kind:
        raise KindError("x-kye: no such annotation", where=f"{name}:3:5", others=("b:4: more",))

    with pytest.raises(SnapshotRefused) as refused:
        read_snapshot(b"kind: b\nsituation: a\nas_of: 2026-02-15\n", name="f.yaml", kind_of=broken)
    assert str(refused.value) == "f.yaml:1:1: the kind b cannot be used"
    assert refused.value.others == ("b:3:5: x-kye: no such annotation", "b:4: more")


def test_a_thousand_faults_are_told_in_a_page() -> None:
    people = "".join(f"- {{id: p{number}}}\n" for number in range(1000))
    faults = snapshot_faults(f"as_of: 2026-02-15\npeople:\n{people}")
    assert len(faults) == 51
    assert faults[-1] == "file.yaml: and 950 faults more"


def test_a_fault_is_one_line_of_bounded_length_and_all_of_it_can_be_seen() -> None:
    (fault,) = snapshot_faults('as_of: 2026-02-15\nmotto: ["\\e[31m", "' + "x" * 5000 + '"]\n')
    assert len(fault) < 500
    assert fault.isprintable()
    (fault,) = snapshot_faults('as_of: 2026-02-15\n"a\\e[2J\\nb\\u202Ec": 1\n')
    assert fault == (r"file.yaml:4:1: a\x1b[2J\nb\u202ec: unknown field a\x1b[2J\nb\u202ec")


def _no_kind(name: str) -> Kind:
    raise NotFound("no kind here")
