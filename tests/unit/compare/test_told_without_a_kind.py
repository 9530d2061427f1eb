"""Files without a kind, told from the shape of their data: names, not ids; words, not paths."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.unit.compare.plain import compared, rules, sentences

YARD: dict[str, Any] = {
    "written": "Tamm Brothers",
    "boats": [
        {"id": "b-1", "name": "Heron", "berth": "q1", "state": "afloat"},
        {"id": "b-2", "name": "Egret", "berth": "q2", "state": "on the slip"},
        {"id": "b-3", "name": "Stork", "berth": "q1", "state": "afloat"},
    ],
    "quays": {"q1": {"name": "Long Quay", "depth": 4}, "q2": {"name": "Mill Quay", "depth": 3}},
    "crews": {
        "day": [{"name": "Ada Finn", "badge": "K-1"}, {"name": "Bo Lind", "badge": "K-2"}],
        "night": [{"name": "Cay Moss", "badge": "K-3"}],
    },
}


def changed(**edits: Any) -> dict[str, Any]:
    new = copy.deepcopy(YARD)
    for path, value in edits.items():
        target: Any = new
        *above, last = [int(step) if step.isdecimal() else step for step in path.split("__")]
        for step in above:
            target = target[step]
        target[last] = value
    return new


def test_a_field_with_the_id_of_an_entry_is_told_by_its_name() -> None:
    assert sentences(YARD, changed(boats__0__berth="q2")) == [
        "Heron: berth changes from Long Quay to Mill Quay."
    ]
    assert sentences(YARD, changed(boats__0__berth="q2"), "uk") == [
        "Heron: berth: Long Quay → Mill Quay."
    ]


def test_a_number_is_an_id_only_where_its_field_is_called_after_the_list() -> None:
    old = {
        "teams": [{"id": 1, "name": "Rovers"}, {"id": 2, "name": "Town"}],
        "players": [
            {"id": 7, "name": "Ida Holm", "team_id": 1, "goals": 1},
            {"id": 8, "name": "Per Lund", "team_id": 2, "goals": 2},
        ],
    }
    new = copy.deepcopy(old)
    new["players"][0] |= {"team_id": 2, "goals": 2}
    assert sentences(old, new) == [
        "Ida Holm: team changes from Rovers to Town; goals change from 1 to 2."
    ]


def test_what_is_new_says_what_it_holds() -> None:
    new = copy.deepcopy(YARD)
    new["boats"].append({"id": "b-4", "name": "Crane", "berth": "q2", "state": "on trial"})
    assert sentences(YARD, new) == ["New in boats: Crane (berth Mill Quay, state on trial)."]
    assert sentences(new, YARD) == ["No longer in boats: Crane."]
    assert sentences(YARD, new, "uk") == [
        "Нове в розділі «boats»: Crane (berth Mill Quay, state on trial)."
    ]


def test_who_goes_from_one_list_of_an_object_to_another_moves() -> None:
    new = copy.deepcopy(YARD)
    new["crews"]["night"].append(new["crews"]["day"].pop(0))
    assert sentences(YARD, new) == ["Ada Finn moves from day to night (crews)."]
    new["crews"]["night"].append(new["crews"]["day"].pop(0))
    assert sentences(YARD, new) == ["Ada Finn and Bo Lind move from day to night (crews)."]


def test_who_goes_with_another_badge_is_told_twice() -> None:
    new = copy.deepcopy(YARD)
    new["crews"]["night"].append({**new["crews"]["day"].pop(0), "badge": "K-9"})
    assert sentences(YARD, new) == [
        "No longer in crews (day): Ada Finn.",
        "New in crews (night): Ada Finn (badge K-9).",
    ]


def test_two_who_change_places_are_one_finding() -> None:
    new = copy.deepcopy(YARD)
    ada, other = new["crews"]["day"].pop(0), new["crews"]["night"].pop(0)
    new["crews"]["day"].append(other)
    new["crews"]["night"].append(ada)
    assert rules(YARD, new) == rules(new, YARD) == [("moved", "minor")]
    assert sentences(YARD, new) == [
        f"Ada Finn and {other['name']} change places: Ada Finn is now in “night” (crews), "
        f"{other['name']} in “day”."
    ]
    assert "помінялися місцями" in sentences(YARD, new, "uk")[0]


def test_of_three_none_changes_places_with_one() -> None:
    new = copy.deepcopy(YARD)
    first, second = new["crews"]["day"][:2]
    other = new["crews"]["night"].pop(0)
    new["crews"]["day"] = [*new["crews"]["day"][2:], other]
    new["crews"]["night"] += [first, second]
    assert not any("change places" in each for each in sentences(YARD, new))


def test_who_reports_to_somebody_else_moves_with_all_below() -> None:
    def chart(*, moved: bool) -> dict[str, Any]:
        crew = {"name": "Ruth Eden", "title": "Crew", "reports": [{"name": "Una Ash"}]}
        fleet = {"name": "Finn Dale", "reports": [] if moved else [crew]}
        ports = {"name": "Jon Frey", "reports": [crew] if moved else []}
        return {"head": {"name": "Ida Holm", "reports": [fleet, ports]}}

    assert sentences(chart(moved=False), chart(moved=True)) == [
        "Ruth Eden moves from Finn Dale to Jon Frey."
    ]


def test_one_who_takes_the_place_of_another_in_many_lists_is_one_finding() -> None:
    def boards(who: dict[str, str]) -> dict[str, Any]:
        return {
            "boards": [
                {"id": f"b{n}", "name": f"Board {word}", "members": [who, other(n)]}
                for n, word in enumerate(("North", "South", "East", "West"))
            ]
        }

    def other(n: int) -> dict[str, str]:
        return {"id": f"o{n}", "name": f"Olga {['Berg', 'Dahl', 'Ekman', 'Fors'][n]}"}

    old, new = boards({"id": "ana", "name": "Ana Reyes"}), boards({"id": "ben", "name": "Ben Moor"})
    assert rules(old, new) == [("replaced", "major")]
    assert sentences(old, new) == [
        "Ben Moor replaces Ana Reyes in 4 of 4 boards: Board North, Board South, Board East and "
        "Board West."
    ]
    (said,) = sentences(old, new, "uk")
    assert said.startswith("Замість Ana Reyes — Ben Moor, у 4 з 4 (boards): Board North, ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Ring first.", "Ring first. Knock twice.", "Sign now also says “Knock twice.”"),
        ("Ring first. Knock twice.", "Ring first.", "Sign no longer says “Knock twice.”"),
        (
            "Ring first. Knock twice.",
            "Ring first. Then wait.",
            "Sign now says “Then wait.” in place of “Knock twice.”",
        ),
        ("Ring the bell.", "Do not ring.", "Sign changes from “Ring the bell.” to “Do not ring.”"),
        ("Ring\nKnock", "Ring\nWave\nKnock", "Sign now also says “Wave”."),
        ("Ring. Knock.", "Knock. Ring.", "Sign changes from “Ring. Knock.” to “Knock. Ring.”"),
        ("open", "shut", "Sign changes from open to shut."),
    ],
)
def test_a_text_is_told_by_the_sentences_that_changed(old: str, new: str, told: str) -> None:
    assert sentences({"sign": old, "n": 1}, {"sign": new, "n": 1}) == [told]


def test_short_lists_of_an_entry_are_told_with_what_else_changed() -> None:
    old = {"id": "x", "name": "Loop", "ports": ["Ness", "Holm", "Vik"], "fare": 3}
    new = {**old, "ports": ["Ness", "Vik", "Sand"], "fare": 4}
    assert sentences({"r": [old, {**old, "id": "y", "name": "Spur"}]}, {"r": [new]})[1] == (
        "Loop: fare changes from 3 to 4; Sand is now among the ports, Holm no longer."
    )


def test_a_point_has_other_numbers() -> None:
    def feature(*at: float) -> dict[str, Any]:
        place = {"type": "Point", "coordinates": list(at)}
        return {"type": "Feature", "id": 4, "geometry": place, "properties": {"name": "Bell Buoy"}}

    assert sentences({"features": [feature(1.5, 2)]}, {"features": [feature(1.5, 2.25)]}) == [
        "Bell Buoy: geometry coordinates change from (1.5, 2) to (1.5, 2.25)."
    ]


FIRST, LAST = ["Ada", "Bo", "Cay", "Dee", "Eli"], ["Elm", "Fir", "Oak", "Yew"]


def person(n: int) -> dict[str, str]:
    return {"id": f"p{n}", "name": f"{FIRST[n % 5]} {LAST[n % 4]}"}


def lists(*, none: str | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {f"W{n:02}": [person(n + k) for k in range(3)] for n in range(17)}
    return {**made, none: None} if none else made


def test_one_null_does_not_break_a_collection_of_lists() -> None:
    old, new = lists(none="W07"), lists(none="W07")
    new["W03"].append({"id": "p99", "name": "Zoe Ash"})
    assert sentences(old, new) == ["New in W03: Zoe Ash."]
    assert {change.collection for change in compared(old, new).changes} == {"entries.entries"}
    assert sentences(old, lists())[0].startswith("W07, new: ")


def test_lists_of_texts_under_codes_are_one_collection() -> None:
    old = {f"L{n}": [f"halt {n}", f"halt {n + 1}"] for n in range(6)}
    new = copy.deepcopy(old)
    new["L2"].append("Mill")
    new["L9"] = ["Mill", "Ness"]
    del new["L4"]
    assert sentences(old, new) == [
        "L4 is no longer listed.",
        "L9 is new (Mill and Ness).",
        "L2 gains Mill.",
    ]


def test_lists_of_texts_under_words_have_no_headings_of_their_own() -> None:
    old = {"ports": ["Ness", "Vik"], "islets": ["Holm"], "lights": ["Muckle", "Bell"]}
    new = {"ports": ["Ness", "Vik", "Sand"], "islets": [], "lights": ["Bell", "Muckle"]}
    assert sentences(old, new) == [
        "Holm is no longer among the islets.",
        "Lights: now in another order.",
        "Sand is now among the ports.",
    ]
    assert compared(old, new).sections == ()


def test_a_few_alike_lists_of_a_document_stay_sections() -> None:
    def register(*words: str) -> list[dict[str, str]]:
        return [{"id": word[:2].lower(), "name": word} for word in words]

    old = {
        "agencies": register("Coast Guard", "Pilots"),
        "offices": register("Harbour Office", "Toll Office"),
        "people": register("Ada Finn", "Bo Lind"),
        "roles": register("Chair", "Clerk"),
    }
    new = {**old, "people": register("Ada Finn", "Bo Lind", "Cay Moss")}
    assert sentences(old, new) == ["New in people: Cay Moss."]
    assert [each.title for each in compared(old, new).sections] == list(old)


def test_two_alike_objects_are_entries_by_their_names() -> None:
    old = {
        "lines": {
            "upper": {"fare": 4, "runs": 3, "from": "Ness"},
            "lower": {"fare": 2, "runs": 9, "from": "Vik"},
        }
    }
    new = copy.deepcopy(old)
    new["lines"]["upper"]["fare"] = 5
    assert sentences(old, new) == ["upper: fare changes from 4 to 5."]


@pytest.mark.parametrize(
    ("field", "names", "told"),
    [
        ("氏名", ["鈴木花子", "佐藤健", "田中太郎"], "佐藤健"),
        ("wer", ["محمد علي", "فاطمة حسن", "ليلى سعيد"], "فاطمة حسن"),
        ("назва", ["Пошта", "Вокзал", "Ринок"], "Вокзал"),
        (
            "ort",
            [{"uk": "Київ", "en": "Kyiv"}, {"uk": "Львів", "en": "Lviv"}, {"uk": "Суми"}],
            "Lviv",
        ),
        (
            "metadata",
            [{"name": "North Mill"}, {"name": "South Mill"}, {"name": "Old Mill"}],
            "South Mill",
        ),
    ],
)
def test_names_are_found_in_any_script_and_language(
    field: str, names: list[Any], told: str
) -> None:
    old = {"rows": [{"id": f"r{n}", field: name, "zahl": n} for n, name in enumerate(names)]}
    new = copy.deepcopy(old)
    new["rows"][1]["zahl"] = 8
    assert sentences(old, new) == [f"{told}: zahl changes from 1 to 8."]


def test_a_field_of_all_of_a_few_entries_is_told_once() -> None:
    new = copy.deepcopy(YARD)
    for boat, sail in zip(new["boats"], (True, False, True), strict=True):
        boat["sail"] = sail
    assert sentences(YARD, new) == [
        "Boats: sail is now stated, yes for Heron and Stork, no for Egret."
    ]
    assert sentences(new, YARD) == [
        "Boats: sail is no longer stated; before: yes for Heron and Stork, no for Egret."
    ]


def test_a_new_name_stands_before_what_else_changed() -> None:
    assert sentences(YARD, changed(boats__1__name="Bittern", boats__1__state="afloat")) == [
        "Egret, now called Bittern: state changes from on the slip to afloat."
    ]


def test_fields_of_one_object_are_told_together_and_in_words() -> None:
    old = {"rates": {"USD": 1.1, "GBP": 0.8}, "pool": {"max_size": 5}, "log": {"level": "info"}}
    new = {"rates": {"USD": 1.2, "GBP": 0.9}, "pool": {"max_size": 9}, "log": {"level": "info"}}
    assert sentences(old, new) == [
        "rates: GBP changes from 0.8 to 0.9; USD changes from 1.1 to 1.2.",
        "Pool max size changes from 5 to 9.",
    ]
    assert [each.path for each in compared(old, new).findings] == ["rates", "pool.max_size"]


def test_an_object_that_is_new_is_told_with_what_it_says() -> None:
    old: dict[str, Any] = {"log": {"level": "info"}}
    new = {"log": {"level": "info"}, "cache": {"size": 9, "kind": "disk"}}
    assert sentences(old, new) == ["Cache is new (size 9, kind disk)."]
    assert sentences(new, old) == ["Cache is no longer listed."]


def test_when_a_file_was_written_is_no_news() -> None:
    old = {"updated": "2041-03-01T06:00:00Z", "meta": {"generated_at": 1_900_000_000}, "n": 1}
    new = {"updated": "2041-03-02T06:00:00Z", "meta": {"generated_at": 1_900_086_400}, "n": 2}
    assert sentences(old, new) == ["N changes from 1 to 2."]
    assert len(compared(old, new).findings) == 3


def test_a_registered_number_is_a_surer_key_than_a_name() -> None:
    old = [
        {"company_number": f"00{n}", "name": f"{word} Ltd", "town": "Ness"}
        for n, word in enumerate(("Alder", "Birch", "Cedar"))
    ]
    new = copy.deepcopy(old)
    new[1]["name"] = "Birch Holdings Ltd"
    assert sentences(old, new) == ["Birch Ltd is now called Birch Holdings Ltd."]


def test_what_is_new_or_gone_comes_first_and_what_keeps_books_last() -> None:
    old = {
        "stock": [
            {
                "sku": f"A{n}",
                "name": f"Plank {'abcdefghijkl'[n]}",
                "left": n,
                "seen": f"2041-01-{n + 1:02}",
            }
            for n in range(12)
        ]
    }
    new = copy.deepcopy(old)
    for n, entry in enumerate(new["stock"]):
        entry["seen"] = f"2041-02-{2 * n + 1:02}"
    new["stock"][2]["left"] = 40
    new["stock"][9] |= {"left": 41, "name": "Plank z"}
    new["stock"].append({"sku": "B1", "name": "Beam", "left": 3})
    assert [each.partition(" ")[0] + each[-1] for each in sentences(old, new)] == [
        "New.",
        "Plank.",
        "Plank.",
        "12.",
    ]
    assert sentences(old, new)[1].startswith("Plank j, now called Plank z: left changes from 9")


def test_lists_of_one_name_are_told_with_the_object_that_they_stand_in() -> None:
    def paths(*names: str) -> dict[str, Any]:
        takes = [{"name": name, "in": "query"} for name in names]
        verbs = {
            "get": {"does": "list", "takes": takes, "gives": 1},
            "put": {"does": "set", "takes": [{"name": "ship", "in": "body"}], "gives": 2},
        }
        return {"paths": {"/berths": verbs, "/ships": {"get": verbs["put"], "put": verbs["put"]}}}

    assert sentences(paths("limit"), paths("limit", "after")) == [
        "New in takes (get) of /berths: after (in query)."
    ]


def test_members_that_many_lists_gain_are_told_once() -> None:
    old: dict[str, Any] = {
        "rows": [{"id": f"r{n}", "name": f"Row {n}", "tags": [f"t{n}", "u"]} for n in range(14)]
    }
    new = copy.deepcopy(old)
    for row in new["rows"][:12]:
        row["tags"].append("late")
    assert sentences(old, new) == [
        "12 entries of rows: late is now among the tags (Row 0, Row 1, Row 10 and others)."
    ]
    assert sentences(new, old, "uk") == [
        "Розділ «rows», 12\xa0записів: tags: вилучено — late (Row 0, Row 1, Row 10 та інші)."
    ]


def test_a_null_among_entries_by_name_stays_one_of_them() -> None:
    names = ["Ann Roe", "Bob Lee", "Dee Fox", "Eli Orr"]
    old: dict[str, Any] = {name[:3].lower(): {"name": name, "age": 30} for name in names}
    old["cyd"] = None
    new = {**old, "bob": {"name": "Bob Lee", "age": 31}}
    assert sentences(old, new) == ["Bob Lee: age changes from 30 to 31."]
    assert sentences(old, {**old, "cyd": {"name": "Cyd Elm", "age": 9}}) == [
        "Cyd Elm: age is now 9; name is now Cyd Elm."
    ]


def test_an_id_that_two_of_three_share_is_better_than_none() -> None:
    def group(*members: str) -> dict[str, Any]:
        return {"id": "north", "members": [{"name": name} for name in members]}

    other = {"id": "south", "members": [{"name": "Eva Lind"}]}
    old = {"groups": [group("Ada Finn", "Bo Lind"), group("Cay Moss", "Dee Fox"), other]}
    new = {
        "groups": [other, group("Cay Moss", "Dee Fox"), group("Ada Finn", "Bo Lind", "Gil Hart")]
    }
    (told,) = sentences(old, new)
    assert told.endswith(": Gil Hart.")
    assert told.startswith("New in members of north")


def test_a_measured_number_that_fell_by_one_is_no_rank() -> None:
    old: dict[str, Any] = {
        "cells": [
            {"id": f"c{n}", "name": f"Cell {word}", "charge": 90 - n}
            for n, word in enumerate(["one", "two", "three", "four", "five", "six"])
        ]
    }
    new = copy.deepcopy(old)
    for n, cell in enumerate(new["cells"]):
        cell["charge"] -= 1 + n % 2 * 3
    del new["cells"][5]
    assert not any(each.beside.followed for each in compared(old, new).findings)


def test_a_short_text_names_what_has_only_a_code() -> None:
    old = {
        "items": [
            {"sku": "A-100", "description": "Oak board", "price": 4.5},
            {"sku": "A-101", "description": "Ash board", "price": 5},
        ]
    }
    new = copy.deepcopy(old)
    new["items"][0]["price"] = 4.75
    assert sentences(old, new) == ["Oak board: price changes from 4.5 to 4.75."]


def test_series_of_numbers_are_told_by_their_places() -> None:
    old: dict[str, Any] = {
        "day": {"wind": [10] * 24, "rain": [0.5, 0.25, 0.5, 1.5, 2], "box": [[1, 2], [3, 4]]}
    }
    new = copy.deepcopy(old)
    new["day"]["wind"][3] = 14
    assert sentences(old, new) == ["Day wind: 1 of 24 values changes, at place 4 from 10 to 14."]
    assert sentences(old, new, "uk") == ["Day wind: змінено 1 з 24, на місці 4: 10 → 14."]
    new["day"]["wind"].append(9)
    assert sentences(old, new) == ["Day wind changes from 24 to 25 values."]
    new = copy.deepcopy(old)
    new["day"]["box"] = [[1, 2], [5, 6]]
    assert sentences(old, new) == ["Day box gains [5, 6] and loses [3, 4]."]


def test_the_number_of_an_issue_goes_before_the_id_of_who_wrote_it() -> None:
    old = [
        {"number": n, "title": f"Fault {word}", "user": {"id": n * 7, "login": word}}
        for n, word in ((12, "anna"), (14, "bert"), (19, "cyd"))
    ]
    new = copy.deepcopy(old)
    new[0]["user"], new[1]["user"] = new[1]["user"], new[0]["user"]
    assert sentences(old, new) == [
        "Fault anna: user id changes from 84 to 98; user login changes from anna to bert.",
        "Fault bert: user id changes from 98 to 84; user login changes from bert to anna.",
    ]


def test_a_name_that_entries_are_known_by_goes_before_what_is_only_written_like_one() -> None:
    def match(day: str, place: str) -> dict[str, Any]:
        return {"day": day, "home": {"team": "United", "goals": 0}, "place_held": place}

    other = {"day": "Sunday", "home": {"team": "Town", "goals": 1}, "place_held": "North Park"}
    assert sentences(
        [match("Friday", "Quay Field"), other], [match("Monday", "South Bank"), other]
    ) == [
        "United: day changes from Friday to Monday; place held changes from Quay Field to South "
        "Bank."
    ]


def test_what_all_entries_say_alike_is_no_fact_of_a_new_one() -> None:
    def place(n: int, **more: Any) -> dict[str, Any]:
        words = ["Ness", "Vik", "Holm", "Sand", "Muckle"]
        return {"type": "Place", "id": n, "properties": {"name": f"{words[n]} Light", **more}}

    old = {"places": [place(n, lit=True) for n in range(4)]}
    new = {"places": [*old["places"], place(4, lit=False, height=31)]}
    assert sentences(old, new) == ["New in places: Muckle Light (lit no, height 31)."]


def test_entries_below_one_that_each_have_another_value_are_told_at_once() -> None:
    def trip(*times: str) -> dict[str, Any]:
        stops = [
            {"stop": stop, "at": at}
            for stop, at in zip(["Ness", "Vik", "Holm"], times, strict=True)
        ]
        return {
            "trips": [{"trip": "n1", "days": "daily", "stops": stops}, {"trip": "n2", "stops": []}]
        }

    old, new = trip("07:00", "08:10", "09:00"), trip("06:50", "08:00", "08:50")
    assert sentences(old, new) == [
        "Stops of n1: at changes of Holm from 09:00 to 08:50, Ness from 07:00 to 06:50 and Vik "
        "from 08:10 to 08:00."
    ]
    assert sentences(old, new, "uk") == [
        "Розділ «stops» (n1): at — Holm: 09:00 → 08:50; Ness: 07:00 → 06:50; Vik: 08:10 → 08:00."
    ]
    assert len(sentences(old, trip("06:50", "08:00", "09:00"))) == 2


def test_what_belongs_to_a_new_entry_is_told_with_it() -> None:
    def head(name: str, *below: str) -> dict[str, Any]:
        reports = [{"name": each} for each in below]
        return {"name": name, "does": f"runs {len(below)}", "reports": reports}

    def chart(*heads: dict[str, Any]) -> dict[str, Any]:
        return {"top": {"name": "Ida Holm", "reports": [*heads]}}

    heads = [head("Finn Dale", "Una Ash"), head("Jon Frey")]
    old, new = chart(*heads), chart(*heads, head("Gil Hart", "Nia Imre", "Ole Quist"))
    (finding,) = compared(old, new).findings
    assert sentences(old, new) == ["New in reports: Gil Hart (does runs 2)."]
    assert [part.label for part in finding.beside.parts] == ["Nia Imre", "Ole Quist"]


def test_labels_are_no_members() -> None:
    def fault(number: int, *labels: str) -> dict[str, Any]:
        named = [{"name": label} for label in labels]
        return {"number": number, "title": f"Fault {number}", "labels": named}

    old = {"faults": [fault(3, "leak"), fault(8, "leak")]}
    (finding,) = compared(old, {"faults": [*old["faults"], fault(9, "leak", "rust")]}).findings
    assert finding.beside.members == ()
    assert [part.label for part in finding.beside.parts] == ["leak", "rust"]
