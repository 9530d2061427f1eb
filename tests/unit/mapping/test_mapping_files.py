"""What is wrong in a mapping is said with its line, before anything is mapped."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.collect.kindfile import is_mapping_file
from monitor.errors import MappingError
from monitor.mapping.load import read_mapping
from tests.unit.mapping.mapped import KIND


def _faults(text: str) -> list[str]:
    with pytest.raises(MappingError) as caught:
        read_mapping(text.encode(), name="m.map.yaml", folder=Path(), kind=KIND)
    return [str(caught.value), *caught.value.others]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "m.map.yaml:1:1: a mapping is an object with collections"),
        ("ignore: []", "m.map.yaml:1:1: collections is missing"),
        ("collection: {}", "collection means nothing here; did you mean collections?"),
        ("collections: {board: {id: x}}", "has no list board; did you mean boards?"),
        ("collections: {boards: {id: x, nam: y}}", "no field nam in boards; did you mean name?"),
        (
            "collections: {boards: {name: y}}",
            "id is missing: what tells the entries of boards apart",
        ),
        ("collections: {boards.members: {person: y}}", "stands in boards, which is not mapped"),
        ("collections: {boards: {id: {form: x}}}", "form means nothing here; did you mean from?"),
        ("collections: {boards: {id: {from: x, text: '{y}'}}}", "say one of from (a column)"),
        ("collections: {boards: {id: {text: plain}}}", "write columns in braces"),
        ("collections: {boards: {id: 7}}", "write the name of a column"),
        ("collections: {boards: {id: x, where: {a: {from: soon}}}}", "from wants as_of, or a day"),
        ("collections: {boards: {id: x, where: {a: {since: as_of}}}}", "there is no test since"),
        ("collections: {boards: {id: x, founded: {from: y, date: D.M.}}}", "write DD, MM and YYYY"),
        ("collections: {boards: {id: x, parent: {a: b}}}", "boards stands in no other collection"),
        ("collections: {boards: {id: x, rows: {file: a, header: -1}}}", "header: write the number"),
        (
            "collections: {boards: {id: x, rows: {file: a, format: doc}}}",
            "format: write one of yaml",
        ),
        ("collections: {boards: {id: x, rows: {file: a, jq: now}}}", "jq: now asks for more than"),
        ("jq: 'import \"x\" as $x; .'\ncollections: {boards: {id: x}}", "jq: import asks for more"),
        (
            "collections: {boards: {id: x}}\nlookups: {p: {rows: a}}",
            "p is an object with rows and key",
        ),
        ("collections: {boards: {id: x}}\nignore: seen", "ignore is a list of texts"),
        ("kind: &a x\nkind: y", "kind stands twice"),
    ],
)
def test_a_fault_says_where_it_is_and_what_was_expected(text: str, said: str) -> None:
    lines = _faults(text)
    assert any(said in line for line in lines), lines
    assert all(line.startswith("m.map.yaml:") for line in lines)


def test_every_fault_is_told_in_the_order_of_the_file() -> None:
    lines = _faults("kindd: x\ncollections:\n  boards: {id: 7}\n  board: {id: x}\n")
    assert [line.split(":")[1] for line in lines] == ["1", "3", "3", "4"]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("a.map.yaml", True),
        ("map.yaml", True),
        ("a.MAP.JSON", True),
        ("map.csv", False),
        ("a.yaml", False),
    ],
)
def test_a_mapping_is_known_by_its_name(name: str, is_one: bool) -> None:
    assert is_mapping_file(Path(name)) is is_one
