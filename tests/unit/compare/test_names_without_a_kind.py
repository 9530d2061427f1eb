"""What entities are called where no kind says so."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.infer import infer_kind
from tests.unit.compare.plain import sentences

IDS = ("p-01", "p-02", "p-03", "p-04")
WHO = (("Ilse", "Brandt"), ("Tom", "Abara"), ("Mei", "Sato"), ("Olu", "Quist"))


def members(make: Any) -> list[dict[str, Any]]:
    return [
        {"uid": uid, "since": "2020-05-01", "state": "active", **make(*who)}
        for uid, who in zip(IDS, WHO, strict=True)
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda first, last: {"name": f"{first} {last}"},
        lambda first, last: {"name": {"first": first, "last": last}},
        lambda first, last: {"name": {"first": first[0], "official_full": f"{first} {last}"}},
        lambda first, last: {"names": [{"given": first, "family": last}, {"given": "X"}]},
        lambda first, last: {"names": [f"{first} {last}", "Somebody Else"]},
        lambda first, last: {"label": {"fr": "Madame X", "en": f"{first} {last}"}},
        lambda first, last: {"title": {"text": f"{first} {last}"}},
        lambda first, last: {"title": "Dr", "person": {"name": {"full": f"{first} {last}"}}},
        lambda first, last: {"givenName": first, "familyName": last, "name": "active"},
        lambda first, last: {"first_name": first, "last_name": last, "email": f"{first}@x.org"},
        lambda first, last: {"name": f"{first[0]}{last[0]}-1", "display_name": f"{first} {last}"},
        lambda first, last: {"minister": f"{first} {last}", "address": f"{last} Lane, Old Town"},
        lambda first, last: {"profile": {"displayName": f"{first} {last}", "photo": "a.png"}},
    ],
)
def test_a_name_is_found_wherever_in_the_entry_it_stands(make: Any) -> None:
    people = members(make)
    (told,) = sentences(people[:3], people)
    assert told.startswith("Olu Quist is new")
    assert sentences({"staff": people}, {"staff": people[:3]}) == ["No longer in staff: Olu Quist."]


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "2021-04-01"},
        {"name": "X17"},
        {"title": "https://example.org/a"},
        {"label": "open"},
        {"title": {"en": "pending"}},
        {"name": "ann@example.org"},
    ],
)
def test_ids_dates_links_and_words_of_a_list_are_no_names(entry: dict[str, Any]) -> None:
    rows = [{"id": f"k{at}", **entry} for at in range(6)]
    (told,) = sentences(rows[:5], rows)
    assert told.startswith("k5 is new")


def test_an_entry_without_the_best_name_is_called_by_the_next_best() -> None:
    people: list[dict[str, Any]] = members(lambda a, b: {"name": {"first": a, "last": b}})
    for person in people[:3]:
        person["name"]["full"] = f"{person['name']['first']} Q. {person['name']['last']}"
    assert sentences(people[1:], people[:3]) == [
        "Ilse Q. Brandt is new.",
        "Olu Quist is no longer listed.",
    ]


def test_an_entry_is_never_called_by_the_name_of_what_it_belongs_to() -> None:
    old = [{"id": 1, "name": "Harbour Board", "seats": [{"id": "s1", "n": 1}]}]
    new = [{"id": 1, "name": "Harbour Board", "seats": [{"id": "s1", "n": 1}, {"id": "s2"}]}]
    assert sentences(old, new) == ["New in seats of Harbour Board: s2."]


TERMS = [{"type": "lower", "start": "2019-03-02", "end": "2023-03-02"}]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (
            {"end": "2022-01-31"},
            "Ilse Brandt: the term as lower from 2 March 2019 now ends 31 January 2022, before "
            "2 March 2023.",
        ),
        ({"start": "2019-04-01"}, "Ilse Brandt: the term as lower now begins 1 April 2019, "
         "before 2 March 2019."),
        ({"end": None}, "Ilse Brandt: the term as lower from 2 March 2019 no longer has a stated "
         "end, before 2 March 2023."),
    ],
)  # fmt: skip
def test_a_term_is_told_by_what_it_is_and_when_it_began(edit: Any, says: str) -> None:
    def person(**more: Any) -> list[Any]:
        ilse = {"id": "a", "name": {"full": "Ilse Brandt"}, "terms": [{**TERMS[0], **more}]}
        return [ilse, {"id": "b", "name": {"full": "Tom Abara"}, "terms": TERMS}]

    assert sentences(person(), person(**edit)) == [says]


def test_a_term_that_ends_is_told_in_ukrainian_too() -> None:
    def person(end: str) -> list[Any]:
        return [{"id": "a", "name": "Ilse Brandt", "terms": [{**TERMS[0], "end": end}]}]

    (said,) = sentences(person("2023-03-02"), person("2022-01-31"), spoken="uk")
    assert said.startswith("Ilse Brandt, term as lower from 2 березня 2019: кінець — 31 січня 2022")


def test_many_entries_are_named_without_looking_at_all_of_them() -> None:
    rows = [{"id": at, "name": {"full": f"Person {at} Lund"}} for at in range(20_000)]
    assert infer_kind(rows, rows[1:]).kind.collections["entries"].label == "{name.full}"


def test_a_name_in_a_list_of_names_is_a_name() -> None:
    def register(name: str) -> list[dict[str, Any]]:
        names = [{"kind": "primary", "value": name}, {"kind": "alias", "value": "Old Hand"}]
        other = {"ref": "Q1", "names": [{"kind": "primary", "value": "Tom Abara"}]}
        return [{"ref": "Q0", "names": names}, other]

    assert sentences(register("Ilse Brandt"), register("Ilse Kroon")) == [
        "Ilse Brandt is now called Ilse Kroon."
    ]


def test_parts_of_a_name_that_change_together_are_one_new_name() -> None:
    old = members(lambda a, b: {"name": {"first": a, "last": b, "full": f"{a} {b}"}})
    new = members(lambda a, b: {"name": {"first": a, "last": b, "full": f"{a} {b}"}})
    new[2]["name"] = {"first": "Mei", "last": "Ito", "full": "Mei Ito"}
    assert sentences(old, new) == ["Mei Sato is now called Mei Ito."]


def test_many_that_come_or_go_at_once_are_named_in_one_sentence() -> None:
    def staff(*numbers: int) -> list[dict[str, Any]]:
        return [{"id": at, "name": f"Officer {at} Lund"} for at in numbers]

    (said,) = sentences(staff(*range(40)), staff(*range(70)))
    assert said.startswith("30 are new: Officer 40 Lund, Officer 41 Lund, ")
    assert said.endswith(" and Officer 69 Lund.")
    assert len(sentences(staff(*range(40)), staff(*range(50)))) == 10


def test_long_values_are_cut_in_sentences() -> None:
    old = [{"id": 1, "name": "Ilse Brandt", "note": "short"}]
    new = [{"id": 1, "name": "Ilse Brandt", "note": "long " * 500}]
    for one, other in ((old, new), (new, old), (old, [{**old[0], "note": {"a": [1] * 900}}])):
        (said,) = sentences(one, other)
        assert len(said) < 400
