"""Regular expressions that wait until they are asked."""

from __future__ import annotations

import re

import pytest

from monitor.model.patterns import regex


def test_it_finds_what_the_compiled_one_finds() -> None:
    text, lazy, eager = (
        "Nave 12, aisle 7",
        regex(r"[a-z]+ (\d+)", re.I),
        re.compile(r"[a-z]+ (\d+)", re.I),
    )
    for _ in range(2):
        assert lazy.findall(text) == eager.findall(text)
        assert lazy.sub("-", text) == eager.sub("-", text)
        assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in eager.finditer(text)]
    assert lazy.pattern == eager.pattern


def test_octets_are_searched_as_text_is() -> None:
    found = regex(rb"\d+").search(b"nave 12")
    assert found is not None
    assert found[0] == b"12"


def test_a_fault_is_raised_when_it_is_asked() -> None:
    lazy = regex("(")
    with pytest.raises(re.error):
        lazy.match("x")
