"""JSON Lines: one list of documents, the bad line named."""

from __future__ import annotations

import pytest

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.reading.read import read_form

LINES = b'{"id": 1, "name": "Arve"}\r\n\r\n{"id": 2, "name": "Inn"}\r\n'


@pytest.mark.parametrize("name", ["rivers.jsonl", "rivers.ndjson", "rivers", "-"])
def test_lines_of_json_are_a_list(name: str) -> None:
    reading = read_form(LINES, name=name)
    assert reading.document == [{"id": 1, "name": "Arve"}, {"id": 2, "name": "Inn"}]
    assert reading.columns is None
    assert reading.found == "JSON Lines, UTF-8, 2 lines"
    assert reading.locate((1, "name")) == (3, 11)


BAD = [
    (b'{"a": 1}\n{"a": 2\n', "x.jsonl:2:"),
    (b'{"a": 1}\n{"a": 1, "a": 2}\n', "x.jsonl:2:10: a stands twice"),
    (b'{"a": 1}\n517\n', "x.jsonl:2: a value alone in its line"),
    (b'{"a":\n1}\n', "x.jsonl:1:"),
    (b"[1\n2]\n3,4\n", "x.jsonl:1:"),
    (b'{"a": NaN}\n', "x.jsonl:1:7:"),
    (b'{"a": 1}\n{"a": "\xff"}\n', "x.jsonl:2:8: not UTF-8: the byte 0xFF"),
    (b" \n", "x.jsonl:1: there is nothing in it"),
    (b"<html><p>", "this is a web page (HTML), and its name says jsonl"),
]


@pytest.mark.parametrize(("data", "told"), BAD)
def test_the_line_that_is_no_document_is_named(data: bytes, told: str) -> None:
    with pytest.raises(SnapshotRefused) as caught:
        read_form(data, name="x.jsonl")
    assert told in str(caught.value)


def test_all_lines_together_are_bounded_as_one_document_is() -> None:
    with pytest.raises(SnapshotRefused, match=r"1,000 lines; at most 500"):
        read_form(b'{"a": 1}\n' * 1000, name="x.jsonl", limits=Limits(nodes=500))
