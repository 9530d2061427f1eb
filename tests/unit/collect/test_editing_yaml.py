"""A text of YAML is changed where something changed, and nowhere else."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.reader import read_document
from monitor.collect.yaml_editing import edited
from monitor.collect.yaml_writing import write_flow
from monitor.errors import SnapshotRefused


def read(text: str) -> Any:
    return read_document(text.encode(), name="draft").document


@pytest.mark.parametrize(
    ("text", "wanted", "made"),
    [
        ("a: 1 # one\n", {"a": 2}, "a: 2 # one\n"),
        ("a: 1 # one\n", {"a": 1, "b": "no"}, "a: 1 # one\nb: 'no'\n"),
        ("a: 1", {"a": 1, "b": 2}, "a: 1\nb: 2"),
        ("a:\n# end\n", {"a": [{"k": 1}]}, "a:\n  - k: 1\n# end\n"),
        ("a: # why\nb: 1\n", {"a": "x", "b": 1}, "a: x # why\nb: 1\n"),
        ("a: [] # why\nb: 1\n", {"a": [{"k": 1}], "b": 1}, "a: # why\n  - k: 1\nb: 1\n"),
        ("a: ~\nb: 1\n", {"a": {"k": [1]}, "b": 1}, "a:\n  k: [1]\nb: 1\n"),
        ("a:\n- 1\n\n# end\n", {"a": [1, 2]}, "a:\n- 1\n- 2\n\n# end\n"),
        ("a:\n- - 1\n  - 2\n", {"a": [[1, 2, 3]]}, "a:\n- - 1\n  - 2\n  - 3\n"),
        ("a: [1, # one\n  2]\n", {"a": [1, 2, 3]}, "a: [1, # one\n  2, 3]\n"),
        ("a: [1, 2,]\n", {"a": [1, 2, 3]}, "a: [1, 2, 3,]\n"),
        ("a: {b}\n", {"a": {"b": None, "c": 1}}, "a: {b, c: 1}\n"),
        ("a: {b}\n", {"a": {"b": 1}}, "a: {b: 1}\n"),
        ("a: |\n  x\n\n# c\nb: 1\n", {"a": "y", "b": 1}, "a: y\n\n# c\nb: 1\n"),
        ("b:\n  a: |+\n    x\n\nc: 1\n", {"b": {"a": "x\n\n", "d": 1}, "c": 1}, None),
        ("a:\n  - x # c\n  - y\nb: 1\n", {"a": ["z"], "b": 1}, "a: [z]\nb: 1\n"),
        ("a:\n- x\n- y\nb: 1\n", {"a": ["z"], "b": 1}, "a: [z]\nb: 1\n"),
        ("a: x\n  y\nb: 1\n", {"a": "x y", "b": 2}, "a: x\n  y\nb: 2\n"),
        (
            '{"a": [1],\n "b": {}}',
            {"a": [1, "x"], "b": {"c": None}},
            '{"a": [1, "x"],\n "b": {"c": null}}',
        ),
        ("a: 1\r\nb:\r\n  - 2\r\n", {"a": 3, "b": [2, 4]}, "a: 3\r\nb:\r\n  - 2\r\n  - 4\r\n"),
        (
            "---\n  a: 1\n  b: 2\n...\n",
            {"a": 1, "b": 2, "c": 3},
            "---\n  a: 1\n  b: 2\n  c: 3\n...\n",
        ),
        ("? a\n: 1\n", {"a": 2}, "? a\n: 2\n"),
        ("a: “x”\n", {"a": "“x”", "b": "one\ntwo"}, 'a: “x”\nb: "one\\ntwo"\n'),
    ],
)
def test_what_changed_is_written_where_it_stands(text: str, wanted: Any, made: str | None) -> None:
    found = edited(text, wanted)
    assert found is not None
    assert read(found) == wanted
    assert made is None or found == made


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "a: &x 1\nb: *x\n"])
def test_what_two_places_share_is_left_alone(text: str) -> None:
    """Changing one of them would change the other."""
    wanted = read(text) | {"b": [1, 2]}
    assert edited(text, wanted) is None or read(str(edited(text, wanted))) == wanted


def test_a_text_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(SnapshotRefused, match="draft:1:5"):
        edited("a: [", {})


_TEXT = st.text(alphabet="ab #:-'\"{}[],&*?|>%@`ё\n", max_size=6)
_SCALAR = st.one_of(st.none(), st.booleans(), st.integers(-9, 99), st.just("12"), _TEXT)
_NAME = st.text(alphabet="abcxyz", min_size=1, max_size=3)


def _values(depth: int) -> st.SearchStrategy[Any]:
    if depth == 0:
        return _SCALAR
    below = _values(depth - 1)
    lists = st.lists(below, max_size=3)
    return st.one_of(_SCALAR, lists, st.dictionaries(_NAME, below, max_size=3))


class _Writer:
    """Writes a document in styles of a person, with a comment wherever one may be."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.comments = 0

    def block(self, value: Any, indent: int) -> list[str]:
        rows: list[str] = []
        pad = " " * indent
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            head = f"{pad}{name}:" if isinstance(value, dict) else f"{pad}-"
            if self._draw(st.booleans()):
                rows.append(f"{pad}{self.comment()}")
            if isinstance(each, dict | list) and each and self._draw(st.booleans()):
                deeper = indent if head.endswith(":") and isinstance(each, list) else indent + 2
                rows += [head + self.maybe(), *self.block(each, deeper)]
            else:
                rows.append(f"{head}{self.inline(each)}{self.maybe()}")
        return rows

    def inline(self, value: Any) -> str:
        if value is None:
            return self._draw(st.sampled_from(["", " ~", " null"]))
        return f" {write_flow(value)}"

    def maybe(self) -> str:
        return f"  {self.comment()}" if self._draw(st.booleans()) else ""

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments}: [it's"


@st.composite
def _cases(draw: st.DrawFn) -> tuple[str, Any]:
    document = draw(st.dictionaries(_NAME, _values(2), min_size=1, max_size=4))
    text = "\n".join(_Writer(draw).block(document, 0)) + draw(
        st.sampled_from(["", "\n", "\n\n# end\n"])
    )
    return text, _changed(draw, copy.deepcopy(document))


def _changed(draw: st.DrawFn, value: Any) -> Any:
    """Scalars change, lists and objects grow."""
    if isinstance(value, dict):
        grown = {name: _changed(draw, each) for name, each in value.items()}
        return draw(st.dictionaries(_NAME, _values(2), max_size=1)) | grown
    if isinstance(value, list):
        return [_changed(draw, each) for each in value] + draw(st.lists(_values(1), max_size=1))
    return draw(st.one_of(st.just(value), _values(1)))


@settings(max_examples=100, deadline=None)
@given(_cases())
def test_any_text_is_changed_to_what_is_wanted_with_its_comments(case: tuple[str, Any]) -> None:
    text, wanted = case
    if not re.search(r"\S", re.sub("#.*", "", text)):
        return
    made = edited(text, wanted)
    assert made is not None
    assert read(made) == wanted
    assert _comments(made) == _comments(text)
    assert edited(made, wanted) == made


def _comments(text: str) -> list[str]:
    return sorted(re.findall(r"# c\d+: \[it's", text))
