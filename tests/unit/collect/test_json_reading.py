"""JSON as strictly as YAML: RFC 8259 leaves open what we refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect import json_exact, json_text
from monitor.collect.limits import Limits
from monitor.collect.reader import read_document
from monitor.errors import SnapshotRefused
from tests.reading import refusal_of

REFUSALS = [
    ('{"a": 1,\n "a": 2}', "f.json:2:2: a stands twice, first in line 1"),
    ('{"x": [{"a": 1, "a": {"b": ":"}}]}', "f.json:1:17: a stands twice, first in line 1"),
    ('{"a:": "\\u003a", "a:": 1}', "f.json:1:18: a: stands twice, first in line 1"),
    ('{"a": NaN}', "f.json:1:7: NaN and Infinity are not JSON"),
    ("[-Infinity]", "f.json:1:2: NaN and Infinity are not JSON"),
    ("[1e999]", "f.json:1:2: a number too large to be told from infinity"),
    ("[18446744073709551616]", "f.json:1:2: an integer of more than 64 bits; put it in quotes"),
    ("[-9223372036854775809]", "f.json:1:2: an integer of more than 64 bits; put it in quotes"),
    ('["\\ud800"]', "f.json:1:2: half a character, U+D800"),
    ('["\\u0000"]', "f.json:1:2: text with the character U+0000"),
    ("[1,]", "f.json:1:4: not JSON: found ], expected a value"),
    ('{"a" 1}', "f.json:1:6: not JSON: found 1, expected ':'"),
    ("{a: 1}", "f.json:1:2: not JSON: 'a:'"),
    ("[01]", "f.json:1:2: not JSON: '01]'"),
    ("[1] 2", "f.json:1:5: not JSON: found 2, expected nothing more"),
    ("", "f.json:1:1: there is nothing in it"),
    ('{"a":\n  "x\ny"}', "f.json:2:3: a text that does not end or has a wrong escape"),
    ("[" + "9" * 5000 + "]", "f.json:1:2: an integer of more than 64 bits; put it in quotes"),
]


@pytest.mark.parametrize("name", ["f.json", "f.yaml"])
def test_long_integers_are_read_where_the_limits_allow_them(name: str) -> None:
    digits = "1" + "0" * 999
    (value,) = read_document(f"[-{digits}]".encode(), name=name, limits=Limits.large()).document
    assert value == -(10**999)
    for longer in (digits + "0", digits * 40):
        with pytest.raises(SnapshotRefused, match="an integer of more than 1000 digits"):
            read_document(f"[{longer}]".encode(), name=name, limits=Limits.large())


@pytest.mark.parametrize(("text", "message"), REFUSALS)
def test_it_refuses_with_line_and_column(text: str, message: str) -> None:
    assert refusal_of(text, name="f.json") == message


@pytest.mark.parametrize(
    "text",
    ['{"a": "x:y", "b": {"a": 1}}', "[0.12345678901234567890]", "[18446744073709551615]", "[1e5]"],
)
def test_it_reads_what_only_looks_suspicious(text: str) -> None:
    assert read_document(text.encode(), name="f.json").document == json.loads(text)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(alphabet='ab:\\"/é \U0001f600{}[],u003\n', max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("ab:", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(values, st.booleans())
def test_both_parsers_read_what_was_written(value: Any, is_ascii: bool) -> None:
    data = json.dumps(value, ensure_ascii=is_ascii).encode()
    fast = json_text.read_json(data, name="f", limits=Limits())
    exact = json_exact.read_json_exactly(data.decode(), name="f", limits=Limits())[0]
    assert repr(fast) == repr(exact) == repr(value)


@settings(max_examples=150, deadline=None)
@given(values, values, st.sampled_from(["a", "a:", "\\u003a"]))
def test_a_name_that_stands_twice_never_passes(first: Any, second: Any, name: str) -> None:
    pair = f'"{name}": {json.dumps(first)}, "{name}": {json.dumps(second)}'
    with pytest.raises(SnapshotRefused, match="stands twice"):
        json_text.read_json(f'[{{"b": 1, {pair}}}]'.encode(), name="f", limits=Limits())
