"""Which rows become which entries."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import MappingError, SnapshotRefused
from monitor.kinds.canonical import canonical
from tests.unit.mapping.mapped import KIND, boards, mapped

ORGANS: list[dict[str, Any]] = [
    {"code": "har", "title": "Harbour"},
    {"code": "mil", "title": "Mills"},
]
SEATS: list[dict[str, Any]] = [
    {"organ": "har", "who": "ada", "post_id": 1, "from": "2029-01-01", "to": ""},
    {"organ": "har", "who": "bo", "post_id": 2, "from": "2029-01-01", "to": "2030-12-31"},
    {"organ": "mil", "who": "bo", "post_id": "2", "from": "2031-01-01", "to": "2031-12-31"},
]
POSTS: list[dict[str, Any]] = [{"id": 1, "name": "chair"}, {"id": 2, "name": "clerk"}]
JOINED = """
collections:
  boards: {rows: organs.json, id: code, name: title}
  boards.members: {rows: seats.json, parent: {organ: code}, person: who, role: post.name}
lookups: {post: {rows: posts.json, key: id}}
"""
FILES: dict[str, Any] = {"organs.json": ORGANS, "seats.json": SEATS, "posts.json": POSTS}


def test_several_files_are_joined_into_one_document() -> None:
    har, mil = boards(JOINED, FILES)
    assert har["name"] == "Harbour"
    assert har["members"] == [
        {"person": "ada", "role": "chair"},
        {"person": "bo", "role": "clerk"},
    ]
    assert mil["members"] == [{"person": "bo", "role": "clerk"}]


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ('{to: ""}', ["ada"]),
        ("{to: {not: ''}}", ["bo", "bo"]),
        ("{post_id: 2}", ["bo", "bo"]),
        ("{post_id: [1, 3]}", ["ada"]),
        ("{post_id: {not: [1]}}", ["bo", "bo"]),
        ("{to: {from: as_of}}", ["ada", "bo"]),
        ("{to: {from: as_of}, from: {until: '2030-01-01'}}", ["ada"]),
        ("{from: {after: '2029-01-01'}}", ["bo"]),
        ("{from: {before: '2029-01-02'}}", ["ada", "bo"]),
    ],
)
def test_where_chooses_the_rows_that_count(where: str, left: list[str]) -> None:
    mapping = JOINED.replace("parent:", f"where: {where}, parent:")
    assert [m["person"] for b in boards(mapping, FILES) for m in b["members"]] == left


def test_who_is_there_depends_on_the_day_and_the_last_day_still_counts() -> None:
    mapping = JOINED.replace("parent:", "where: {to: {from: as_of}}, parent:")
    counts = {
        day: sum(len(board["members"]) for board in boards(mapping, FILES, day=day))
        for day in ("2030-12-31", "2031-01-01", "2032-01-01")
    }
    assert counts == {"2030-12-31": 3, "2031-01-01": 2, "2032-01-01": 1}


def test_a_day_that_is_not_written_as_one_is_refused_with_its_row() -> None:
    mapping = JOINED.replace("parent:", "where: {to: {from: as_of}}, parent:")
    files = {**FILES, "seats.json": [{**SEATS[0], "to": "31.12.2030"}]}
    with pytest.raises(
        SnapshotRefused, match=r"seats.json:7:\d+: where: to: '31.12.2030' is no day"
    ):
        mapped(mapping, files)
    dated = mapping.replace("from: as_of}", "from: as_of, date: DD.MM.YYYY}")
    assert boards(dated, files)[0]["members"] == []


def test_lists_inside_rows_are_nested_and_objects_by_id_are_lists() -> None:
    mapping = """
    collections:
      boards: {rows: all.json, id: $key, name: title}
      boards.members: {rows: seats.held, person: $key, role: $value}
    """
    held = {"ada": "chair", "bo": "clerk"}
    files = {
        "all.json": {
            "har": {"title": "Harbour", "seats": {"held": held}},
            "mil": {"title": "Mills"},
        }
    }
    assert boards(mapping, files) == [
        {"id": "har", "name": "Harbour", "members": [
            {"person": "ada", "role": "chair"}, {"person": "bo", "role": "clerk"},
        ]},
        {"id": "mil", "name": "Mills", "members": []},
    ]  # fmt: skip


def test_an_object_of_lists_is_two_collections() -> None:
    mapping = """
    collections:
      boards: {id: $key}
      boards.members: {rows: $value, person: id, role: as}
    """
    files = {"committees.json": {"c1": [{"id": "ada", "as": "chair"}], "c2": []}}
    first, second = boards(mapping, files)
    assert first["members"] == [{"person": "ada", "role": "chair"}]
    assert second == {"id": "c2", "members": []}


def test_a_folder_with_a_file_per_entity_is_a_list_by_the_names_of_its_files() -> None:
    mapping = 'collections: {boards: {rows: "data/**/*.json", id: $stem, name: title}}'
    files = {
        "data/har.json": {"title": "Harbour"},
        "data/old/mil.json": {"title": "Mills"},
        "other/no.json": {"title": "No"},
    }
    assert [board["id"] for board in boards(mapping, files)] == ["har", "mil"]


def test_rows_of_the_only_file_stand_at_a_path() -> None:
    mapping = "collections: {boards: {rows: result.items, id: code}}"
    assert boards(mapping, {"answer.json": {"result": {"items": ORGANS}}})[1]["id"] == "mil"
    whole = "collections: {boards: {id: code}}"
    assert len(boards(whole, {"answer.json": ORGANS})) == 2


def test_rows_that_make_the_same_entry_are_one_and_their_parts_come_together() -> None:
    rows = [
        {"ministry": "Harbour", "name": "ada"},
        {"ministry": "Harbour", "name": "bo"},
        {"ministry": "Mills", "name": "cy"},
    ]
    mapping = """
    collections:
      boards: {rows: wide.json, id: ministry}
      boards.members: {rows: wide.json, parent: {ministry: ministry}, person: name}
    """
    found = boards(mapping, {"wide.json": rows})
    assert [(b["id"], len(b["members"])) for b in found] == [("Harbour", 2), ("Mills", 1)]


def test_rows_that_belong_to_nothing_are_told_with_the_first() -> None:
    files = {**FILES, "seats.json": [*SEATS, {**SEATS[0], "organ": "sea", "post_id": 9}]}
    found = mapped(JOINED.replace("organ: code", "organ: code"), files)
    assert found.problems == ("1 rows of seats.json belong to no entry of boards: seats.json:23:2",)
    lone = mapped(JOINED, {**FILES, "posts.json": POSTS[:1]})
    assert lone.problems == ("2 times, post names no row: seats.json:9:2: post_id 2",)


def test_a_lookup_that_has_two_rows_of_a_key_is_refused_unless_they_are_equal() -> None:
    again = {**FILES, "posts.json": [*POSTS, POSTS[0]]}
    assert boards(JOINED, again) == boards(JOINED, FILES)
    with pytest.raises(SnapshotRefused, match="the lookup post has two rows id 1"):
        mapped(JOINED, {**FILES, "posts.json": [*POSTS, {"id": 1, "name": "head"}]})


def test_values_are_renamed_joined_and_left_out() -> None:
    mapping = """
    collections:
      boards:
        id: {text: "{area}-{code}"}
        name: {from: kind, values: {H: Harbour, M: Mills}, otherwise: Other}
        tags: {from: tags, split: ";", optional: true}
        seen: {constant: true}
    ignore: [seen]
    """
    rows = [
        {"area": "n", "code": "1", "kind": "H", "tags": "b; a;"},
        {"area": "n", "code": "2", "kind": "Z"},
    ]
    assert boards(mapping, {"rows.json": rows}) == [
        {"id": "n-1", "name": "Harbour", "tags": ["a", "b"]},
        {"id": "n-2", "name": "Other"},
    ]


def test_the_rest_of_the_columns_comes_along_under_its_own_names() -> None:
    mapping = "collections: {boards: {id: code, rest: true, where: {gone: ''}}}"
    rows = [{"code": "har", "name": "Harbour", "seats": "7", "gone": ""}]
    assert boards(mapping, {"rows.json": rows}) == [{"id": "har", "name": "Harbour", "seats": 7}]


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("seats", "12", 12),
        ("seats", 12, 12),
        ("budget", "12.5", 12.5),
        ("open", "TRUE", True),
        ("id", 17, "17"),
        ("founded", "2031-05-04 00:00:00", "2031-05-04"),
        ("founded", "2031-05", "2031-05"),
        ("terms", "3-5 years", {"min": 3, "max": 5, "unit": "years"}),
        ("terms", ">= 3", {"min": 3}),
        ("terms", "4", {"min": 4, "max": 4}),
        ("terms", "20+", {"min": 20}),
        ("name", "  ", None),
        ("name", "=1+1", "=1+1"),
    ],
)
def test_texts_become_what_the_kind_wants(field: str, written: Any, meant: Any) -> None:
    mapping = f"collections: {{boards: {{id: key, {field}: value}}}}"
    if field == "id":
        mapping = "collections: {boards: {id: value}}"
    (found,) = boards(mapping, {"rows.json": [{"key": "x", "value": written}]})
    assert found.get(field) == meant


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("seats", "twelve", "value: 'twelve' is no integer (for boards.seats)"),
        ("seats", "1,204", "value: '1,204' is no integer (for boards.seats)"),
        ("open", "ja", "value: 'ja' is no boolean; say which is which with values"),
        ("founded", "04.05.2031", "value: '04.05.2031' is no day; say how days are written"),
        ("tags", "a; b", "value: 'a; b' is no list; say what parts it with split"),
        ("terms", "some", "value: 'some' is no number or interval"),
    ],
)
def test_what_is_plainly_something_else_is_refused_with_its_place(
    field: str, written: str, said: str
) -> None:
    mapping = f"collections: {{boards: {{id: key, {field}: value}}}}"
    with pytest.raises(SnapshotRefused) as caught:
        mapped(mapping, {"rows.json": [{"key": "x", "value": written}]})
    assert caught.value.message.startswith(said)
    assert caught.value.where == "rows.json:4:3"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("name: title", "name: titel"),
            "3:41: organs.json has no column titel; did you mean title?",
        ),
        (
            ("organ: code", "organe: code"),
            "4:38: seats.json has no column organe; did you mean organ?",
        ),
        (("organ: code", "organ: cod"), "4:38: organs.json has no column cod; did you mean code?"),
        (("post.name", "post.nam"), "4:74: posts.json has no column nam; did you mean name?"),
        (("key: id", "key: ids"), "5:11: posts.json has no column ids; did you mean id?"),
        (("seats.json", "seat.json"), "4:20: there is no file seat.json; did you mean seats.json?"),
    ],
)
def test_a_column_or_file_that_is_missing_is_refused_and_never_a_wave_of_removals(
    change: tuple[str, str], said: str
) -> None:
    with pytest.raises(MappingError) as caught:
        mapped(JOINED.replace(*change), FILES)
    assert str(caught.value) == f"register.map.yaml:{said}"


def test_a_column_that_all_rows_have_lost_is_refused_with_what_is_there() -> None:
    renamed = [{"organ": r["organ"], "person": r["who"], "post_id": r["post_id"]} for r in SEATS]
    with pytest.raises(
        MappingError, match=r"no column who; there are: organ, person, post_id, post\."
    ):
        mapped(JOINED, {**FILES, "seats.json": renamed})


def test_nested_lists_that_no_row_has_are_refused() -> None:
    mapping = """
    collections:
      boards: {id: code}
      boards.members: {rows: people, person: id}
    """
    with pytest.raises(MappingError, match="no entry of boards has people; there are: code"):
        mapped(mapping, {"rows.json": [{"code": "har", "staff": [{"id": "ada"}]}]})


_ROWS = st.lists(
    st.fixed_dictionaries(
        {"organ": st.sampled_from(["har", "mil", "sea"]), "who": st.sampled_from("abcdef")},
        optional={
            "post_id": st.sampled_from([1, "2", 3]),
            "to": st.sampled_from(["", "2031-05-04"]),
        },
    ),
    max_size=12,
)


@given(_ROWS, st.randoms())
def test_the_order_of_rows_and_files_never_matters(rows: list[Any], random: Random) -> None:
    mapping = JOINED.replace("who, role: post.name", "who").replace("parent:", "where: {}, parent:")
    files = {**FILES, "seats.json": rows}
    shuffled = {
        name: random.sample(value, len(value))
        for name, value in random.sample(list(files.items()), len(files))
    }
    one, other = mapped(mapping, files), mapped(mapping, shuffled)
    assert canonical(one.document, KIND) == canonical(other.document, KIND)
    assert mapped(mapping, files) == one
