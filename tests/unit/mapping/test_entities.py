"""Which folders hold a file for each entity."""

from __future__ import annotations

from monitor.collect.limits import Limits
from monitor.mapping.entities import are_entities, objects_of

VALE = {"name": "Cira Vale", "seat": "north"}
LUND = {"name": "Ada Lund"}
TOWNS = {"towns": [{"id": "ulm"}]}


def test_objects_with_a_name_in_common_are_entities() -> None:
    assert are_entities([VALE, LUND])
    assert not are_entities([VALE, TOWNS])


def test_one_object_alone_is_an_entity_where_it_is_flat() -> None:
    assert are_entities([VALE])
    assert not are_entities([TOWNS])
    assert not are_entities([{}])


def test_one_object_is_what_those_of_the_other_folder_are() -> None:
    assert are_entities([{"name": "Cira Vale", "towns": ["ulm"]}], [VALE, LUND])
    assert not are_entities([VALE], [VALE, TOWNS])


def test_what_is_no_object_on_one_side_is_none_on_both() -> None:
    assert not are_entities(None, [VALE, LUND])
    assert not are_entities()


def test_files_that_are_no_objects_are_none() -> None:
    limits = Limits()
    assert objects_of({"a.yaml": b"a: 1\n", "b.json": b'{"a": 2}'}, limits) == [{"a": 1}, {"a": 2}]
    assert objects_of({"a.yaml": b"- 1\n"}, limits) is None
    assert objects_of({"a.csv": b"a\n1\n"}, limits) is None
    assert objects_of({}, limits) is None
