"""A kind that was found and written down tells what `monitor diff` tells without one."""

from __future__ import annotations

import copy
import re
from random import Random
from typing import Any

import pytest

from monitor.collect.reader import read_document
from monitor.compare.comparison import compare
from monitor.compare.infer import infer_kind
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind, Membership
from monitor.kinds.validation import validate
from monitor.mapping.inferred import infer, is_provisional, kind_from
from monitor.mapping.own import held
from monitor.model.comparison import Comparison, Json, State, VersionRef
from tests.fuzz import documents


def _state(document: Any) -> State:
    return State(ref=VersionRef(situation="", as_of="", content_hash=""), document=document)


def _written(old: Json, new: Json) -> tuple[Comparison, Kind]:
    kind = kind_from(infer([old, new], name="entries").text, name="found")
    sides = [held(side, kind, str) for side in (old, new)]
    assert [validate(side, kind) for side in sides] == [[], []]
    states = [_state(canonical(side, kind)) for side in sides]
    return compare(states[0], states[1], kind), kind


def _told(comparison: Comparison) -> list[str]:
    """Every finding as it is said, but for the names of lists, which a kind has as words."""
    return sorted(
        _SECTION.sub("", f"{finding.rule} {finding.significance} {finding.said}")
        for finding in comparison.findings
    )


def _same(old: Json, new: Json) -> None:
    found = infer_kind(copy.deepcopy(old), copy.deepcopy(new))
    kindless = compare(_state(found.old), _state(found.new), found.kind)
    written, _ = _written(old, new)
    assert _told(written) == _told(kindless)


_SECTION = re.compile(r"section=(?:'[^']*'|\"[^\"]*\")")
PEOPLE: list[dict[str, Any]] = [
    {"id": number, "name": {"full": f"Person Number{number}"}, "seat": f"S{number}"}
    for number in range(8)
]
BOARDS: dict[str, list[dict[str, Any]]] = {
    f"c0{board}": [
        {"id": f"m{(board + seat) % 7}", "name": f"Ada Vale{(board + seat) % 7}", "rank": seat}
        for seat in range(4)
    ]
    for board in range(5)
}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("make", [documents.uniform, documents.entities])
def test_edited_lists_read_alike(make: Any, seed: int) -> None:
    random = Random(seed)
    old = {"entries of it": make(random), "note": "x"}
    _same(old, documents.edited(random, copy.deepcopy(old), 3))


def test_a_list_at_the_root_with_deeper_names_reads_alike() -> None:
    new = copy.deepcopy(PEOPLE)
    new[2]["seat"] = "S99"
    new[3]["name"] = {"full": "Cy Moss"}
    _same(PEOPLE, [*new[1:], {"id": 90, "name": {"full": "Di Hart"}, "seat": "S8"}])


def test_an_object_of_lists_reads_alike_with_who_sits_in_several() -> None:
    new = copy.deepcopy(BOARDS)
    new["c04"].append(new["c00"].pop(0))
    new["c02"][1]["name"] = "Bo Ray"
    _same(BOARDS, new)
    assert "x-recurs: shared" in infer([BOARDS, new], name="boards").text


def test_entries_that_their_key_does_not_tell_apart_read_alike() -> None:
    old = [*PEOPLE, {"id": 7, "name": {"full": "Twin One"}, "seat": "T"}]
    new = [*PEOPLE, {"id": 7, "name": {"full": "Twin One"}, "seat": "U"}]
    _same(old, new)


def test_terms_without_a_name_read_alike() -> None:
    def person(number: int, house: str) -> dict[str, Any]:
        terms = [
            {"type": "lower", "start": f"20{number:02}-01-03", "end": f"20{number + 2:02}-01-03"},
            {"type": house, "start": f"20{number + 2:02}-01-03", "end": f"20{number + 4:02}-01-03"},
        ]
        return {"id": f"p{number}", "name": f"Ada Vale{number}", "terms": terms}

    old = [person(number, "lower") for number in range(10, 20)]
    new = [*old[:4], person(14, "upper"), *old[5:]]
    _same(old, new)


def test_a_kind_of_one_version_is_provisional_until_anybody_touches_it() -> None:
    text = infer([PEOPLE], name="people").text
    assert is_provisional(text)
    assert not is_provisional(text.replace("seat: {}", "seat: {x-significance: minor}"))
    assert not is_provisional(infer([PEOPLE, PEOPLE[:4]], name="people").text)
    assert kind_from(text, name="people").collections["people"].keys == (("id",),)


@pytest.mark.parametrize(
    "name",
    ["a b", "yes", "x: y", "#", "ключ", '"q"', "a.b", "[0]", "kind", "title", "1", "-", "x-key"],
)
def test_any_name_of_a_field_or_list_can_be_written_down(name: str) -> None:
    rows: list[Any] = [{"id": f"r{number}", name: [{"id": 1, "v": number}]} for number in range(4)]
    new = copy.deepcopy(rows)
    new[1][name][0]["v"] = 9
    text = infer([{name: rows}, {name: new}], name="source").text
    assert read_document(text.encode(), name="x.kind.yaml").document["x-inferred"] is True
    _same({name: rows}, {name: new})


def test_what_programs_write_is_no_content_in_a_kind_that_was_found() -> None:
    rows = [
        {"id": n, "name": f"Ada Vale{n}", "updated_at": f"2031-02-0{n}T10:00"} for n in range(9)
    ]
    text = infer([rows], name="rows").text
    assert "updated_at: {x-ignore: true}" in text
    assert kind_from(text, name="rows").collections["rows"].fields["updated_at"].ignored


def test_a_person_may_add_membership_and_significance() -> None:
    text = infer([BOARDS], name="boards").text.replace(
        "rank: {}", "rank: {x-significance: critical}"
    )
    edited = re.sub(r"( *)x-key: \[id\]", r"\1x-membership: {entity: id}\n\g<0>", text)
    members = kind_from(edited, name="boards").collections["boards.entries"]
    assert members.membership == Membership(entity="id")
    assert members.fields["rank"].significance["changed"].name == "CRITICAL"


def test_a_key_is_one_that_holds_in_earlier_versions_too() -> None:
    def boats(*ports: str) -> list[Json]:
        return [{"sail": f"S{n}", "port": port, "crew": n % 2} for n, port in enumerate(ports, 1)]

    def fleet(version: int, *ports: str) -> Json:
        return [
            {"mooring": each["port"], "sail": each["sail"], "crew": version}
            for each in boats(*ports)
        ]

    alone, again = ("Rona", "Skye", "Unst", "Yell"), ("Rona", "Rona", "Rona", "Skye")
    last = [fleet(2, *alone), fleet(3, *alone)]
    assert "x-key: [mooring]" in infer(last, name="boats").text
    text = infer([fleet(1, *again), *last], name="boats").text
    assert "x-key: [sail]" in text
    assert "found in 3 versions" in text


def test_an_earlier_version_of_another_form_does_not_count() -> None:
    rows: list[Json] = [{"id": number, "name": f"n{number}"} for number in range(4)]
    earlier: Json = {"rows": {"a": 1}, "id": 7}
    found = infer([earlier, rows, rows[:3]], name="rows").text
    assert found == infer([rows, rows, rows[:3]], name="rows").text
