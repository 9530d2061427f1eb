"""What partial, late and corrected snapshots make of the states of a situation."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.merging import merge
from monitor.collect.snapshot import Coverage
from monitor.collect.versions import Derived, KnownVersion, Statement, derive
from monitor.errors import SnapshotRefused
from monitor.kinds.canonical import canonical, content_hash
from monitor.kinds.validation import validate
from tests.reading import content, kind_of, snapshot_of

CLUB = kind_of()
BASE = content("""\
    motto: Onwards
    people:
      - {id: ada, name: Ada, nicknames: [A, Adi], home: {city: Linz, street: Main},
         notes: {x: 1, y: 2}}
      - {id: bo, name: Bo}
    teams:
      - sport: chess
        season: 1
        budget: {min: 1, max: 5, unit: EUR}
        players: [{person: ada, role: captain}, {person: bo, role: player}]
      - {sport: go, season: 1}
    """)


def partial(text: str, coverage: str = "partial") -> dict[str, Any]:
    """The state after a partial snapshot over BASE."""
    snapshot = snapshot_of(f"as_of: 2026-02-16\ncoverage: {coverage}\n{text}")
    return merge(BASE, snapshot, CLUB)


def entry(state: dict[str, Any], collection: str, **key: Any) -> dict[str, Any]:
    (found,) = [one for one in state[collection] if key.items() <= one.items()]
    return dict(found)


def test_what_a_partial_does_not_name_is_unchanged() -> None:
    assert partial("people: []\n") == canonical(BASE, CLUB)


def test_an_entry_is_merged_by_its_key_field_by_field() -> None:
    state = partial("people:\n- {id: bo, nicknames: [B]}\n")
    assert entry(state, "people", id="bo") == {"id": "bo", "name": "Bo", "nicknames": ["B"]}
    assert entry(state, "people", id="ada")["name"] == "Ada"


def test_keys_match_though_white_space_differs() -> None:
    state = partial("people:\n- {id: ' ada ', name: Ada Lovelace}\n")
    assert [one["name"] for one in state["people"]] == ["Ada Lovelace", "Bo"]


def test_a_new_entry_is_added() -> None:
    assert len(partial("people:\n- {id: cy, name: Cy}\n")["people"]) == 3


def test_entries_of_nested_lists_are_merged_by_key_too() -> None:
    state = partial(
        "teams:\n- sport: chess\n  season: 1\n  players: [{person: bo, role: captain}]\n"
    )
    assert entry(state, "teams", sport="chess")["players"] == [
        {"person": "ada", "role": "captain"},
        {"person": "bo", "role": "captain"},
    ]


def test_null_clears_a_field() -> None:
    state = partial("motto: null\npeople:\n- {id: ada, home: {street: null}, notes: null}\n")
    assert "motto" not in state
    ada = entry(state, "people", id="ada")
    assert ada["home"] == {"city": "Linz"}
    assert "notes" not in ada


def test_sets_quantities_and_free_form_values_are_replaced_whole() -> None:
    text = "people:\n- {id: ada, nicknames: [Z], notes: {y: 3}}\n"
    ada = entry(partial(text), "people", id="ada")
    assert (ada["nicknames"], ada["notes"]) == (["Z"], {"y": 3})
    state = partial("teams:\n- {sport: chess, season: 1, budget: {max: 9}}\n")
    assert entry(state, "teams", sport="chess")["budget"] == {"max": 9}


def test_a_described_object_is_merged_field_by_field() -> None:
    state = partial("people:\n- {id: ada, home: {city: Graz}}\n")
    assert entry(state, "people", id="ada")["home"] == {"city": "Graz", "street": "Main"}


def test_a_removal_mark_removes_an_entry_with_all_below_it() -> None:
    state = partial("teams:\n- {sport: chess, season: 1, x-removed: true}\n")
    assert [one["sport"] for one in state["teams"]] == ["go"]


def test_a_covered_collection_is_full_with_its_sub_lists_and_silent_on_the_rest() -> None:
    state = partial("teams:\n- sport: chess\n  season: 1\n  players: [{person: bo}]\n", "[teams]")
    assert state["teams"] == [{"sport": "chess", "season": 1, "players": [{"person": "bo"}]}]
    assert state["people"] == canonical(BASE, CLUB)["people"]
    assert state["motto"] == "Onwards"


def test_a_covered_sub_list_is_full_in_the_entries_that_are_named() -> None:
    state = partial(
        "teams:\n- {sport: chess, season: 1, players: [{person: bo}]}\n", "[teams.players]"
    )
    chess = entry(state, "teams", sport="chess")
    assert chess["players"] == [{"person": "bo"}]
    assert chess["budget"] == {"min": 1, "max": 5, "unit": "EUR"}
    assert len(state["teams"]) == 2


def test_a_merged_state_is_checked_in_full() -> None:
    with pytest.raises(SnapshotRefused) as refused:
        partial("people:\n- {id: ada, x-removed: true}\n- {id: cy}\n")
    assert str(refused.value) == (
        "file.yaml:7:3: laid over the state before it, it does not fit the kind: "
        "people[cy]: the field name is missing"
    )
    assert refused.value.others == (
        "file.yaml: teams[chess,1].players[ada].person: person names ada, which is not in people",
    )


def test_a_partial_without_an_earlier_full_one_is_refused() -> None:
    snapshot = snapshot_of("as_of: 2026-02-16\ncoverage: partial\nmotto: x\n")
    with pytest.raises(SnapshotRefused, match="needs an earlier full one"):
        merge(None, snapshot, CLUB)


def test_merging_changes_neither_side() -> None:
    before = repr(BASE)
    snapshot = snapshot_of("as_of: 2026-02-16\ncoverage: partial\npeople:\n- {id: bo, name: B}\n")
    said = repr(snapshot.content)
    merge(BASE, snapshot, CLUB)
    assert (repr(BASE), repr(snapshot.content)) == (before, said)


@pytest.mark.parametrize(
    "entries",
    [
        [{"ids": {"a": "1"}, "name": "y"}],
        [{"ids": {"a": "1"}, "v": 1}, {"name": "x", "v": 2}],
    ],
)
def test_an_entry_whose_keys_lead_to_two_is_refused(entries: list[dict[str, Any]]) -> None:
    kind = kind_of("""\
        properties:
          things:
            type: array
            x-key: [[ids.a], [name]]
            items:
              type: object
              properties:
                ids: {type: object, properties: {a: {type: string}}}
                name: {type: string}
                v: {type: integer}
        """)
    base = {"things": [{"ids": {"a": "1"}, "name": "x"}, {"name": "y"}]}
    late = said(2, "partial", {"things": entries}, None)
    with pytest.raises(
        SnapshotRefused, match=r"^2026-02-02: things\[.\]: its keys fit more than one"
    ):
        merge(base, late, kind)


# --- Deriving: days of one month, people by name, in a club of one list. ---


def full(day: int, *names: str, number: int | None = None) -> Statement:
    people = [{"id": name, "name": name} for name in names]
    return said(day, "full", {"people": people}, number)


def says(day: int, **names: str | None) -> Statement:
    """A partial: a new name for each id, None to remove it."""
    people = [
        {"id": key, "x-removed": True} if name is None else {"id": key, "name": name}
        for key, name in names.items()
    ]
    return said(day, "partial", {"people": people}, None)


def said(day: int, coverage: Coverage, document: dict[str, Any], number: int | None) -> Statement:
    return Statement(
        id=day if number is None else number,
        as_of=f"2026-02-{day:02}",
        coverage=coverage,
        read=lambda: document,
    )


def line_of(derived: Derived) -> list[KnownVersion]:
    return [
        KnownVersion(as_of=version.as_of, content_hash=version.content_hash)
        for version in derived.versions
    ]


def told(derived: Derived) -> list[tuple[int, str]]:
    """(day, names) of each version to write."""
    return [
        (int(version.as_of[-2:]), " ".join(one["name"] for one in version.document["people"]))
        for version in derived.versions
    ]


LINE = [full(1, "a", "b"), says(2, a="A"), says(3, b="B"), full(5, "a"), says(6, a="Z")]
KNOWN = line_of(derive(LINE, [], CLUB))


def test_each_snapshot_gives_the_state_of_its_day() -> None:
    derived = derive(LINE, [], CLUB)
    assert told(derived) == [(1, "a b"), (2, "A b"), (3, "A B"), (5, "a"), (6, "Z")]
    assert [version.said_id for version in derived.versions] == [1, 2, 3, 5, 6]


def test_nothing_new_gives_nothing_to_write() -> None:
    assert derive(LINE, KNOWN, CLUB) == Derived()


def test_a_correction_gives_new_revisions_up_to_the_next_full_one() -> None:
    line = [*LINE[:2], says(2, a="AA"), *LINE[2:]]
    assert told(derive(line, KNOWN, CLUB)) == [(2, "AA b"), (3, "AA B")]


def test_a_late_full_snapshot_changes_the_partials_after_it() -> None:
    line = [*LINE[:2], full(2, "x", "b", number=9), *LINE[2:]]
    assert told(derive(line, KNOWN, CLUB)) == [(2, "b x"), (3, "B x")]


def test_a_late_snapshot_that_says_nothing_new_later_on_gives_one_version() -> None:
    line = [LINE[0], LINE[1], says(3, b="B"), says(4, b="BB"), *LINE[3:]]
    assert told(derive(line, KNOWN, CLUB)) == [(4, "A BB")]


def test_a_snapshot_that_says_the_same_is_seen_again_and_makes_no_version() -> None:
    line = [*LINE, full(7, "Z"), full(8, "a")]
    line[-2] = said(7, "full", {"people": [{"id": "a", "name": "Z"}]}, 7)
    derived = derive(line, KNOWN, CLUB)
    assert told(derived) == [(8, "a")]
    assert [(one.version_as_of, one.as_of, one.said_id) for one in derived.sightings] == [
        ("2026-02-06", "2026-02-07", 7)
    ]


def test_what_says_the_same_again_and_again_is_seen_again_of_the_first() -> None:
    line = [full(day, "a") for day in range(1, 6)]
    known = line_of(derive(line[:1], [], CLUB))
    for day in range(2, 6):
        derived = derive(line[:day], known, CLUB, since=f"2026-02-0{day}")
        assert [one.version_as_of for one in derived.sightings] == ["2026-02-01"]
        assert derived.versions == ()


def test_a_content_that_comes_back_later_is_a_version() -> None:
    line = [full(1, "a"), full(2, "b"), full(3, "a")]
    assert told(derive(line, [], CLUB)) == [(1, "a"), (2, "b"), (3, "a")]


def test_a_sighting_becomes_a_version_when_the_one_before_is_corrected() -> None:
    line = [full(1, "a"), full(2, "a")]
    first = derive(line, [], CLUB)
    assert len(first.versions) == len(first.sightings) == 1
    corrected = [full(1, "a"), full(1, "b", number=9), full(2, "a")]
    assert told(derive(corrected, line_of(first), CLUB, since="2026-02-01")) == [
        (1, "b"),
        (2, "a"),
    ]


def test_a_correction_back_to_the_version_before_is_a_revision_all_the_same() -> None:
    line = [full(1, "a"), full(2, "b")]
    corrected = [*line, full(2, "a", number=9)]
    assert told(derive(corrected, line_of(derive(line, [], CLUB)), CLUB)) == [(2, "a")]


def test_a_late_partial_that_breaks_a_later_state_is_refused_and_named() -> None:
    team = {"sport": "chess", "season": 1, "players": [{"person": "b"}]}
    line = [LINE[0], said(3, "partial", {"teams": [team]}, 3)]
    before = line_of(derive(line, [], CLUB))
    late = [line[0], says(2, b=None), line[1]]
    with pytest.raises(SnapshotRefused, match=r"2026-02-03: .*person names b"):
        derive(late, before, CLUB)


def test_a_late_partial_before_the_first_full_one_is_refused() -> None:
    with pytest.raises(SnapshotRefused, match="needs an earlier full one"):
        derive([says(1, a="x"), full(2, "a")], [], CLUB)


days = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.booleans(),
        st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", None]), max_size=3),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(days)
def test_the_line_is_the_same_in_whatever_order_snapshots_come_in(
    snapshots: list[tuple[int, bool, dict[str, str | None]]],
) -> None:
    """Taken in one by one, with `since`, the newest revisions equal those derived at once."""
    known = {
        "2026-02-00": Statement(
            id=0, as_of="2026-02-00", coverage="full", read=lambda: {"people": []}
        )
    }
    line: dict[str, str] = {"2026-02-00": content_hash({"people": []}, CLUB)}
    for day, is_full, names in snapshots:
        new = (
            full(day, *(key for key, name in names.items() if name))
            if is_full
            else says(day, **names)
        )
        known[new.as_of] = new
        now = [KnownVersion(as_of=as_of, content_hash=line[as_of]) for as_of in sorted(line)]
        ordered = [known[as_of] for as_of in sorted(known)]
        for version in derive(ordered, now, CLUB, since=new.as_of).versions:
            line[version.as_of] = version.content_hash
    at_once = derive(ordered, [], CLUB)
    final = {version.as_of: version.content_hash for version in at_once.versions}
    for seen in at_once.sightings:
        final[seen.as_of] = final[seen.version_as_of]
    assert {as_of: value for as_of, value in final.items() if as_of in line} == line
    assert all(not validate(version.document, CLUB) for version in at_once.versions)
