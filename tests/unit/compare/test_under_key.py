"""Entries of an object by ids, and of a list with ids, in the form of one another."""

from __future__ import annotations

from monitor.compare.under_key import under_key


def test_names_of_an_object_stand_in_the_field_that_is_the_key() -> None:
    entries = [{"@key": "ulm", "size": 3}, {"@key": "ems", "size": 4}]
    assert under_key(entries, "code") == [{"code": "ulm", "size": 3}, {"code": "ems", "size": 4}]


def test_ids_of_a_list_take_the_place_of_names() -> None:
    assert under_key([{"id": 7, "size": 3}], "@key") == [{"@key": "7", "size": 3}]
    assert under_key([{"uid": "u", "size": 3}], "@key") == [{"@key": "u", "size": 3}]


def test_what_identifies_not_every_entry_takes_no_place() -> None:
    for entries in (
        [{"id": "a"}, {"size": 3}],
        [{"id": "a"}, {"id": "a"}],
        [{"id": True}],
        [{"id": ""}],
        [{"id": "a"}, "b"],
        [{"@key": "x", "id": "a"}],
        [],
    ):
        assert under_key(entries, "@key") == entries
