"""Ids that name somebody else, and ordinary people who change their names and jobs."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.compare.infer import infer_kind
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, Finding, State, VersionRef
from monitor.words import language
from monitor.words.wording import sentence
from tests.reading import kind_of

Rows = list[dict[str, Any]]


def state(document: Any) -> State:
    return State(ref=VersionRef(situation="", as_of="", content_hash=""), document=document)


def compared(old: Any, new: Any) -> Comparison:
    found = infer_kind(old, new)
    made = compare(state(found.old), state(found.new), found.kind)
    told = [identity for finding in made.findings for identity in finding.changes]
    assert sorted(told) == sorted(change.id for change in made.changes)
    return made


def of_rule(made: Comparison, rule: str = "reused") -> list[Finding]:
    return [finding for finding in made.findings if finding.rule == rule]


def listed() -> Rows:
    names = [
        "Olga Beispiel", "Pavel Muster", "Rita Esempio", "Sven Eksempel", "Tova Dugma",
        "Ulla Piemers", "Vito Shembull", "Wanda Primer", "Xenia Naidis", "Yusuf Ornek",
    ]  # fmt: skip
    return [
        {
            "id": f"au-{n}",
            "name": name,
            "born": f"19{40 + n}-03-1{n}",
            "listed": f"201{n}-05-01",
            "country": "XY",
        }
        for n, name in enumerate(names)
    ]


def other(entry: dict[str, Any], name: str = "Henrik Exempel") -> dict[str, Any]:
    return {**entry, "name": name, "born": "1988-11-20", "listed": "2026-02-01"}


def test_an_id_that_names_somebody_else_is_told_as_such() -> None:
    old, new = listed(), listed()
    new[0] = other(new[0])
    new[0]["id"], old[0]["id"] = "au-7x", "au-7x"
    (finding,) = compared(old, new).findings
    assert finding.rule == "reused"
    assert finding.significance.word == "major"
    assert sentence(finding) == (
        "au-7x now names somebody else: Olga Beispiel before, Henrik Exempel now."
    )


def test_the_page_says_what_is_said() -> None:
    old, new = listed(), listed()
    old[7]["name"] = "Olga Beispiel"
    old[0]["name"] = "Zoe Voorbeeld"
    new[0]["name"] = "Zoe Voorbeeld"
    new[7] = other(old[7])
    (finding,) = compared(old, new).findings
    assert sentence(finding) == (
        "au-7 now names somebody else: Olga Beispiel before, Henrik Exempel now."
    )
    assert "au-7 тепер позначає інше" in language("uk").sentences.sentence(
        finding.said, finding.beside
    )


def test_what_is_no_person_is_something_else() -> None:
    old, new = listed(), listed()
    old[3] = {**old[3], "name": "MV Harbinger"}
    new[3] = other(old[3], "tanker 9 of the old fleet")
    (finding,) = compared(old, new).findings
    assert sentence(finding).startswith("au-3 now names something else: MV Harbinger before")


@pytest.mark.parametrize(
    "kept",
    [
        {"born": "1943-03-13"},
        {"listed": "2013-05-01"},
        {"mail": "sven@example.org"},
        {"wikidata": "Q4711x"},
        {"name": "Sven Exempel"},
        {"name": "Helga Eksempel"},
    ],
)
def test_who_keeps_what_identifies_them_is_the_same_whatever_else_changes(
    kept: dict[str, str],
) -> None:
    old, new = listed(), listed()
    old[3] |= {"mail": "sven@example.org", "wikidata": "Q4711x", "job": "clerk"}
    changed = {"mail": "h@example.net", "wikidata": "Q1x1x1", "job": "judge"}
    new[3] = {**other(old[3]), **changed, **kept}
    made = compared(old, new)
    assert of_rule(made) == []
    assert len(made.findings) == 1


def test_nobody_is_somebody_else_for_a_name_and_a_job_alone() -> None:
    old = [
        {"id": f"p{n}", "name": f"Person{n} Number{n}", "job": "clerk at the bank"}
        for n in range(9)
    ]
    new = copy.deepcopy(old)
    new[4] |= {"name": "Maria Quite-Another", "job": "judge at the court of Northtown"}
    assert of_rule(compared(old, new)) == []


def test_two_ids_that_changed_places_are_one_finding() -> None:
    old = listed()
    new = copy.deepcopy(old)
    new[2]["id"], new[5]["id"] = old[5]["id"], old[2]["id"]
    (finding,) = compared(old, new).findings
    assert sentence(finding) == (
        "au-2 and au-5 have changed places: au-2 now names Ulla Piemers, au-5 names Rita Esempio."
    )


def test_names_alone_show_that_ids_changed_places() -> None:
    old = [{"id": n, "name": row["name"]} for n, row in enumerate(listed())]
    new = copy.deepcopy(old)
    new[2]["id"], new[5]["id"] = 5, 2
    (finding,) = compared(old, new).findings
    assert finding.rule == "reused"


@pytest.mark.parametrize("gone", [0, 4])
@pytest.mark.parametrize("backwards", [False, True])
def test_row_numbers_that_moved_on_are_one_finding(gone: int, backwards: bool) -> None:
    names = [row["name"] for row in listed()]

    def numbered(names: list[str]) -> Rows:
        return [
            {"id": n, "name": name, "born": f"19{50 + len(name)}"} for n, name in enumerate(names)
        ]

    old, new = numbered(names), numbered([*names[:gone], *names[gone + 1 :]])
    if backwards:
        old, new = new, old
    made = compared(old, new)
    (finding,) = made.findings
    assert finding.rule == "reused"
    said = f"{sentence(finding)} {language('en').sentences.aside(finding.said, finding.beside)}"
    assert f"{9 - gone} ids now name somebody else: {gone} (" in said
    which = "New among them" if backwards else "No longer among them"
    assert f"{which}: {names[gone]}." in said


def test_many_reused_at_once_are_one_finding() -> None:
    old, new = listed(), listed()
    for at, name in ((1, "Ingo Eins"), (4, "Karl Zwei"), (6, "Lara Drei")):
        new[at] = other(new[at], name) | {"born": f"1990-01-0{at}", "listed": f"2026-02-0{at}"}
    (finding,) = compared(old, new).findings
    assert sentence(finding) == (
        "3 ids now name somebody else: au-1 (Pavel Muster before, Ingo Eins now), "
        "au-4 (Tova Dugma before, Karl Zwei now) and au-6 (Vito Shembull before, Lara Drei now)."
    )


def test_all_below_the_entity_goes_with_it() -> None:
    old, new = listed(), listed()
    old[1]["terms"] = [{"id": "t1", "post": "mayor"}, {"id": "t2", "post": "judge"}]
    new[1] = other(new[1]) | {
        "terms": [{"id": "t1", "post": "clerk"}, {"id": "t3", "post": "cook"}]
    }
    (finding,) = compared(old, new).findings
    assert finding.rule == "reused"
    assert len(finding.changes) == 6
    for code, told in (("en", "changed, too: 3 entries."), ("uk", "належить: 3\u00a0записи.")):
        assert language(code).sentences.aside(finding.said, finding.beside).endswith(told)


def test_names_that_look_alike_show_it_where_each_is_there_before_and_after() -> None:
    names = [f"Ward {letter} South" for letter in "ABCDEFG"]

    def wards(names: list[str], first: int = 0) -> Rows:
        return [
            {"id": n, "name": name, "mail": f"{name[-7]}@example.org"}
            for n, name in enumerate(names, start=first)
        ]

    old = wards(names)
    (finding,) = compared(old, wards(names, first=1)).findings
    assert finding.rule == "reused"
    respelt = wards([name.replace("Ward", "Wards") for name in names])
    assert not of_rule(compared(old, respelt))


KIND = """\
title: Register
properties:
  persons:
    type: array
    x-key: [nr]
    x-label: "{title}"
    x-aliases: also
    items: {type: object, required: [nr], properties: {
      nr: {type: string}, title: {type: string}, day: {type: string}, post: {type: string},
      also: {type: array, items: {type: string}}}}
  places:
    type: array
    x-key: [nr]
    x-label: "{who}"
    items: {type: object, required: [nr], properties: {
      nr: {type: string}, who: {type: string, x-ref: persons}, day: {type: string}}}
"""


def register() -> Kind:
    return kind_of(KIND)


def test_with_a_kind_it_is_known_by_the_label() -> None:
    kind = register()
    old = {"persons": [{"nr": "a", "title": "Olga Beispiel", "day": "1961-03-02"}]}
    new = {"persons": [{"nr": "a", "title": "Henrik Exempel", "day": "1978-11-20"}]}
    (finding,) = compare(state(old), state(new), kind).findings
    assert finding.rule == "reused"
    new["persons"][0]["also"] = ["Olga Beispiel"]  # type: ignore[assignment]
    made = compare(state(old), state(new), kind)
    assert of_rule(made) == []


PLANS = """\
title: Sittings
type: object
properties:
  sittings:
    type: array
    x-key: [n]
    x-label: "the sitting in {town}"
    x-period: {start: opens, end: closes, state: stage}
    x-provenance: {sources: papers, firmness: stage}
    items: {type: object, required: [n], properties: {
      n: {type: integer}, town: {type: string}, opens: {type: string}, closes: {type: string},
      stage: {enum: [thought of, called]}, heard: {type: string, x-significance: noise},
      papers: {type: array, items: {type: string}}}}
"""


def test_a_plan_that_is_moved_to_another_town_and_day_is_the_same_plan() -> None:
    kind = kind_of(PLANS)
    sitting = {"n": 5, "town": "Riva", "opens": "2034-03-03", "closes": "2034-03-04"}
    old = {"sittings": [{**sitting, "stage": "thought of", "heard": "2034-01-30"}]}
    moved = {"town": "Tarn", "opens": "2034-03-10", "closes": "2034-03-11", "stage": "called"}
    new = {"sittings": [{**sitting, **moved, "heard": "2034-02-19"}]}
    (finding,) = compare(state(old), state(new), kind).findings
    assert finding.rule == "slipped"


def test_a_name_that_is_a_reference_is_not_judged() -> None:
    kind = register()
    people = [{"nr": "a", "title": "Olga Beispiel"}, {"nr": "b", "title": "Henrik Exempel"}]
    old = {"persons": people, "places": [{"nr": "1", "who": "a", "day": "1961-03-02"}]}
    new = {"persons": people, "places": [{"nr": "1", "who": "b", "day": "1978-11-20"}]}
    assert of_rule(compare(state(old), state(new), kind)) == []
