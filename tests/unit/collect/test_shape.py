"""Depth and node counts, measured on the JSON text or by walking."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.collect import shape
from monitor.collect.limits import Limits

texts = st.text(alphabet='[]{}"\\:,a\n', max_size=5)
documents = st.recursive(
    texts | st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None)
@given(documents, st.integers(1, 6), st.integers(1, 40))
@example([["]"], ["]", ["[", "["]]], 2, 100)
@example({"}": {'"{': {}}}, 2, 100)
def test_what_is_certain_is_true(document: Any, depth: int, nodes: int) -> None:
    limits = Limits(depth=depth, nodes=nodes)
    if shape._surely_fits(orjson.dumps(document), limits):
        assert shape._fits(document, limits)


@pytest.mark.parametrize(
    ("document", "fits"),
    [
        ([[[1]]], True),
        ([[[[1]]]], False),
        ({"a": {"b": [1]}}, True),
        ({"a": {"b": [[]]}}, False),
        ({"a[": {"b": ["[["]}}, True),
        ([0] * 19, True),
        ([0] * 20, False),
        ({str(number): 0 for number in range(9)}, True),
        ({str(number): 0 for number in range(10)}, False),
        (["a, b: c"] * 10, True),
    ],
)
def test_a_document_fits_or_does_not(document: Any, fits: bool) -> None:
    limits = Limits(depth=3, nodes=20)
    assert shape.fits(document, orjson.dumps(document), limits) is fits


@pytest.mark.parametrize(
    "document", [{1: "a"}, {"a": {None: 1}}, {True: 1}, [{(1,): 2}], {"a": 2**64}]
)
def test_what_json_has_no_form_for_is_not_written(document: Any) -> None:
    assert shape.as_json(document) is None
