"""Documents that are made to hurt: bounded before anything walks them, refused with a place."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from monitor.collect.limits import Limits
from monitor.collect.reader import read_document
from monitor.collect.snapshot import read_snapshot
from monitor.errors import SnapshotRefused
from tests.reading import kind_of, refusal_of

BOMB = "\n".join(
    [
        "a: &a [x, x, x, x, x, x, x, x, x]",
        *(
            f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
            for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
    ]
)


def test_an_alias_bomb_is_refused_before_it_explodes() -> None:
    start = time.process_time()
    message = refusal_of(BOMB)
    assert message.startswith("file.yaml:")
    assert "more than 1000000 values" in message
    assert time.process_time() - start < 30  # walked, it would be nine to the ninth values


def test_an_alias_bomb_is_refused_in_a_file_that_may_be_large() -> None:
    start = time.process_time()
    assert "aliases repeat more than 1000000" in refusal_of(BOMB, limits=Limits.large())
    assert time.process_time() - start < 30


def test_too_many_aliases_are_refused_where_the_limit_is_passed() -> None:
    text = "a: &a x\nb:\n" + "  - *a\n" * 4
    assert refusal_of(text, limits=Limits(aliases=3)) == "file.yaml:6:5: more than 3 aliases"
    assert refusal_of(text, limits=Limits(aliases=4)).startswith("read")


@pytest.mark.parametrize("name", ["f.yaml", "f.json"])
def test_nesting_is_bounded_at_the_first_level_too_many(name: str) -> None:
    limits = Limits(depth=5)
    assert refusal_of("[" * 5 + "]" * 5, name=name, limits=limits).startswith("read")
    deep = refusal_of("[" * 6 + "]" * 6, name=name, limits=limits)
    assert deep == f"{name}:1:6: nested more than 5 deep"


@pytest.mark.parametrize("name", ["f.yaml", "f.json"])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_two_megabytes_of_nesting_are_refused(name: str, opening: str) -> None:
    assert refusal_of(opening * (2_000_000 // len(opening)), name=name).endswith(
        "nested more than 64 deep"
    )


def test_block_nesting_is_bounded_like_any_other() -> None:
    text = "".join(f"{' ' * level}a:\n" for level in range(200))
    assert refusal_of(text).endswith("nested more than 64 deep")
    assert refusal_of("- " * 200 + "a").endswith("nested more than 64 deep")


@pytest.mark.parametrize("name", ["f.yaml", "f.json"])
def test_millions_of_names_are_refused(name: str) -> None:
    names = ", ".join(f'"n{number}": 0' for number in range(600))
    message = refusal_of("{" + names + "}", name=name, limits=Limits(nodes=1000))
    assert message.startswith(f"{name}:1:")
    assert message.endswith("more than 1000 values")


def test_a_file_over_the_limit_of_bytes_is_not_parsed() -> None:
    message = refusal_of(b"a" * 101, limits=Limits(bytes=100))
    assert message == "file.yaml: 101 bytes; at most 100 are read"


def test_a_huge_scalar_within_the_bytes_is_one_value() -> None:
    assert read_document(b"a: " + b"x" * 3_000_000, name="f.yaml").document == {
        "a": "x" * 3_000_000
    }


def test_a_huge_scalar_does_not_hide_a_name_that_stands_twice() -> None:
    start = time.process_time()
    text = '{"a": "' + "x\\n" * 1_000_000 + '", "a": 1}'
    assert refusal_of(text, name="f.json") == "f.json:1:3000011: a stands twice, first in line 1"
    assert time.process_time() - start < 30


def test_digits_by_the_thousand_cost_no_time() -> None:
    start = time.process_time()
    assert "more than 64 bits" in refusal_of(f"a: {'9' * 1_000_000}")
    assert "more than 64 bits" in refusal_of(f"[{'9' * 1_000_000}]", name="f.json")
    assert time.process_time() - start < 30


BYTES = [
    (b"a: b\xe9", "file.yaml:1:5: not UTF-8: the byte 0xE9"),
    (b"a: 1\nb: \xc3\xa9\xff", "file.yaml:2:5: not UTF-8: the byte 0xFF"),
    (b"\xff: 1", "file.yaml:1:1: not UTF-8: the byte 0xFF"),
    (b"\xef\xbb\xbfa: 1", "file.yaml:1:1: a byte order mark; save the file without it"),
    (b"a: \xed\xa0\x80", "file.yaml:1:4: not UTF-8: the byte 0xED"),
    (
        b"a: 1\r\nb: 2\nc: 3\r\n",
        "file.yaml:2: a line end of another sort than before; save the file with one sort",
    ),
    (
        b"a: 1\nb: 2\r\n",
        "file.yaml:2: a line end of another sort than before; save the file with one sort",
    ),
    (
        b"a: 1\rb: 2\r",
        "file.yaml:1: a line end of another sort than before; save the file with one sort",
    ),
    (b"a: 1\nb: \x00", "file.yaml:2:4: the character U+0000; leave it out or write it escaped"),
]


@pytest.mark.parametrize(("data", "message"), BYTES)
def test_bytes_that_are_no_clean_text_are_refused(data: bytes, message: str) -> None:
    assert refusal_of(data) == message


def test_a_byte_order_mark_is_refused_in_json_too() -> None:
    message = refusal_of(b"\xef\xbb\xbf{}", name="f.json")
    assert message == "f.json:1:1: a byte order mark; save the file without it"


def test_windows_line_ends_are_read_when_all_lines_have_them() -> None:
    parsed = read_document(b"a: 1\r\nb:\r\n  - x\r\n", name="f.yaml")
    assert parsed.document == {"a": 1, "b": ["x"]}
    assert parsed.locate(("b", 0)) == (3, 5)


def test_include_and_object_tags_of_other_tools_do_nothing_but_fail() -> None:
    for tag in ("!include /etc/passwd", "!!python/object/apply:os.system [id]", "!ref x"):
        assert "tags are not read" in refusal_of(f"a: {tag}\n")


def test_xml_is_no_snapshot() -> None:
    data = (
        b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<a>&b;</a>'
    )
    with pytest.raises(SnapshotRefused):
        read_snapshot(data, name="f.xml", kind_of=lambda _: kind_of())


def test_places_are_found_for_every_path_and_for_the_nearest_parent() -> None:
    text = dedent("""\
        a: 1
        list:
          - {id: x, é: [1, 2]}
          - id: y
            deep:
              name: z
        """)
    parsed = read_document(text.encode(), name="f.yaml")
    assert parsed.locate(()) == (1, 1)
    assert parsed.locate(("a",)) == (1, 1)
    assert parsed.locate(("list", 0)) == (3, 5)
    assert parsed.locate(("list", 0, "é")) == (3, 13)
    assert parsed.locate(("list", 0, "é", 1)) == (3, 20)
    assert parsed.locate(("list", 1, "deep", "name")) == (6, 7)
    assert parsed.locate(("list", 1, "deep", "gone", 3)) == (5, 5)


def test_places_in_json_are_found_as_well() -> None:
    parsed = read_document(b'{"a": 1,\n "b": [1,\n  {"c": 2}]}', name="f.json")
    assert parsed.locate(("b",)) == (2, 2)
    assert parsed.locate(("b", 1)) == (3, 3)
    assert parsed.locate(("b", 1, "c")) == (3, 4)


def test_standard_input_is_json_when_it_begins_like_json() -> None:
    assert read_document(b' {"a": 010}', name="x.yaml").document == {"a": "010"}
    assert refusal_of(b' {"a": 010}', name="-").startswith("-:1:8: not JSON")
    assert read_document(b"a: 010", name="-").document == {"a": "010"}
