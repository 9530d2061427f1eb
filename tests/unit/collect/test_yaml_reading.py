"""YAML 1.2, core schema, with our deviations."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.collect import yaml_exact
from monitor.collect.limits import Limits
from tests.reading import document_of, refusal_of

MEANINGS: list[tuple[str, Any]] = [
    ("NO", "NO"),
    ("no", "no"),
    ("yes", "yes"),
    ("on", "on"),
    ("12:30", "12:30"),
    ("190:20:30", "190:20:30"),
    ("2026-02-15", "2026-02-15"),
    ("2026-02-15T10:00:00Z", "2026-02-15T10:00:00Z"),
    ("010", "010"),
    ("007.5", "007.5"),
    ("-012", "-012"),
    ("1_000", "1_000"),
    ("0x1F", 31),
    ("0o17", 15),
    ("0b11", "0b11"),
    ("0", 0),
    ("-0", 0),
    ("15", 15),
    ("+15", 15),
    ("1.10", 1.1),
    ("0.5", 0.5),
    (".5", 0.5),
    ("1.", 1.0),
    ("1e3", 1000.0),
    ("true", True),
    ("TRUE", True),
    ("tRUE", "tRUE"),
    ("~", None),
    ("null", None),
    ("", None),
    ("'15'", "15"),
    ('"null"', "null"),
    ("=", "="),
    ("R&D", "R&D"),
    ("http://example.org/?a=1&b=2", "http://example.org/?a=1&b=2"),
    ("at 12:05, sharp", "at 12:05, sharp"),
    ("by 2025.", "by 2025."),
]


@pytest.mark.parametrize(("written", "meant"), MEANINGS)
def test_it_reads_a_scalar_as_documented(written: str, meant: Any) -> None:
    value = document_of(f"a: {written}\n")["a"]
    assert (type(value), value) == (type(meant), meant)


@pytest.mark.parametrize(("written", "meant"), MEANINGS)
def test_the_exact_parser_reads_it_so_too(written: str, meant: Any) -> None:
    value = yaml_exact.read_yaml(f"a: {written}\n", name="f", limits=Limits())[0]["a"]
    assert (type(value), value) == (type(meant), meant)


REFUSALS = [
    ("a: 1\nb: 2\na: 3\n", "file.yaml:3:1: a stands twice, first in line 1"),
    ("a: 1\n'a': 3\n", "file.yaml:2:1: a stands twice, first in line 1"),
    ("x:\n  - {b: 1, b: 2}\n", "file.yaml:2:12: b stands twice, first in line 2"),
    ("a: !!str 1\n", "file.yaml:1:4: the tag tag:yaml.org,2002:str; tags are not read"),
    ("a: !thing {}\n", "file.yaml:1:4: the tag !thing; tags are not read"),
    ("a: ! 1\n", "file.yaml:1:4: the tag !; tags are not read"),
    ("!x a: 1\n", "file.yaml:1:1: the tag !x; tags are not read"),
    ("1: a\n", "file.yaml:1:1: the name 1 is not text; put it in quotes"),
    ("b: 1\ntrue: a\n", "file.yaml:2:1: the name true is not text; put it in quotes"),
    ("~: a\n", "file.yaml:1:1: the name ~ is not text; put it in quotes"),
    ("? [a]\n: b\n", "file.yaml:1:3: a name that is not text"),
    ("<<: {a: 1}\n", "file.yaml:1:1: << is not part of YAML 1.2; write the fields out"),
    ("a: 1\n---\nb: 2\n", "file.yaml:2:1: a second document; write one per file"),
    ("%YAML 1.1\n---\na: 1\n", "file.yaml:1:1: directives are not read; leave out %"),
    ("a: .inf\n", "file.yaml:1:4: .inf is not a number that JSON has"),
    ("a: .NaN\n", "file.yaml:1:4: .NaN is not a number that JSON has"),
    ("a: 1e999\n", "file.yaml:1:4: a number too large to be told from infinity"),
    (
        "a: 18446744073709551616\n",
        "file.yaml:1:4: an integer of more than 64 bits; put it in quotes",
    ),
    ("a: *b\n", "file.yaml:1:4: *b names nothing written before it"),
    ("a: &b [*b]\n", "file.yaml:1:8: *b names nothing written before it"),
    ("\ta: 1\n", "file.yaml:1:1: a tab where YAML allows only spaces"),
    ("a:\n\tb: 1\n", "file.yaml:2:1: a tab where YAML allows only spaces"),
    ('a: "\\ud800"\n', "file.yaml:1:4: half a character, U+D800"),
    ('a: "\\0"\n', "file.yaml:1:4: text with the character U+0000"),
    ("", "file.yaml:1:1: there is nothing in it"),
    ("# nothing\n", "file.yaml:1:1: there is nothing in it"),
    ("a: x\u2028y\n", "file.yaml:1:5: the character U+2028; leave it out or write it escaped"),
    ("a: 1\nb: \x07\n", "file.yaml:2:4: the character U+0007; leave it out or write it escaped"),
    (
        "a: \ufeffx\n",
        "file.yaml:1:4: a byte order mark (U+FEFF); leave it out or write it escaped",
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSALS)
def test_it_refuses_with_line_and_column(text: str, message: str) -> None:
    assert refusal_of(text) == message


@pytest.mark.parametrize("text", ["a: [1", "a: 'x", "a: b: c", "- a\nb: c", "a: @x", "a: b\nc"])
def test_it_says_where_something_is_not_yaml(text: str) -> None:
    message = refusal_of(text + "\n")
    assert message.startswith("file.yaml:")
    assert "not YAML" in message


def test_aliases_are_read_and_give_equal_values() -> None:
    assert document_of("a: &x {b: [1]}\nc: *x\n") == {"a": {"b": [1]}, "c": {"b": [1]}}


def test_escapes_and_blocks_are_read() -> None:
    text = 'a: "\\u00e9\\n\\x41"\nb: |\n  x\n   y\nc: >-\n  x\n  y\n'
    assert document_of(text) == {"a": "é\nA", "b": "x\n y\n", "c": "x y"}
