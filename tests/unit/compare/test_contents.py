"""What a state holds in short, of any kind."""

from __future__ import annotations

from typing import Any

from monitor.compare.contents import contents_of
from monitor.kinds.reading import read_kind
from monitor.mapping.inferred import infer, kind_from

GUILD: dict[str, Any] = {
    "title": "Guild",
    "properties": {
        "seat": {"type": "string", "title": "Seat"},
        "counter": {"type": "integer", "x-ignore": True},
        "masters": {
            "title": "Masters",
            "x-key": ["id"],
            "items": {
                "x-label": "{name} of {town}",
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": "string"},
                    "town": {"x-ref": "towns", "type": "string"},
                },
            },
        },
        "towns": {
            "x-key": ["id"],
            "items": {
                "x-label": "{name}",
                "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
            },
        },
    },
}
DOCUMENT: dict[str, Any] = {
    "seat": "Orvale",
    "counter": 4,
    "masters": [{"id": f"m{n}", "name": f"Master {n}", "town": "t"} for n in range(5)],
    "towns": [{"id": "t", "name": "Tarn"}],
}


def test_lists_are_counted_and_their_first_entries_called_as_their_kind_says() -> None:
    found = contents_of(DOCUMENT, read_kind(GUILD, name="guild"))

    masters, towns = found.lists
    assert (masters.title, masters.count) == ("Masters", 5)
    assert masters.names == ("Master 0 of Tarn", "Master 1 of Tarn", "Master 2 of Tarn")
    assert (towns.title, towns.count, towns.names) == ("Towns", 1, ("Tarn",))
    assert found.facts == (("Seat", "Orvale"),)


def test_what_a_kind_that_was_found_holds_is_told_as_well() -> None:
    document = {"board": [{"id": "a", "name": "Ana"}, {"id": "b", "name": "Bo"}], "tags": ["x"]}
    kind = kind_from(infer([document], name="club").text, name="club")

    lists = {one.path: (one.count, one.names) for one in contents_of(document, kind).lists}
    assert lists["board"] == (2, ("Ana", "Bo"))


def test_entries_without_a_name_are_only_counted() -> None:
    document = {"rows": [{"a": [1], "b": None}, {"a": [2], "b": None}]}
    kind = kind_from(infer([document], name="rows").text, name="rows")

    assert [one.count for one in contents_of(document, kind).lists] in ([2], [])
