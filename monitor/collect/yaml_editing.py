"""A text of YAML changed in a few places: comments, order and style of everything else stay.

PyYAML's nodes say where each value stands; what has changed is written over these places, and the
whole is read again and held against what was wanted. A text that cannot be changed so is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import yaml

from monitor.collect.reader import read_document
from monitor.collect.yaml_writing import write_flow
from monitor.errors import MonitorError
from monitor.kinds.values import same
from monitor.model.comparison import Json
from monitor.model.tuples import NamedTuple

_Loader: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Edit(NamedTuple):
    """What is written in the place of some characters, none of them where it is put between."""

    start: int
    end: int
    text: str

    @classmethod
    def between(cls, at: int, text: str) -> _Edit:
        return cls(at, at, text)


class _Slot(NamedTuple):
    """Where a value belongs: behind its name, which ends at `at`. `column` is the one of the name;
    None in a list or in flow style, where a value has no lines of its own."""

    at: int
    column: int | None
    is_named: bool = True


def edited(text: str, wanted: Json) -> str | None:
    """The text so changed that it reads as `wanted`; None where it is written in a way that leaves
    no safe place for that. Names are only added: one that `wanted` lacks is such a way.

    Raises SnapshotRefused for a text that cannot be read.
    """
    document = read_document(text.encode(), name="draft").document
    plain = text.replace("\r\n", "\n")
    made = _made(plain, document, wanted)
    if made is None or not _reads_as(made, wanted):
        return None
    return made.replace("\n", "\r\n") if plain != text else made


def _made(text: str, document: Json, wanted: Json) -> str | None:
    try:
        root = yaml.compose(text, Loader=_Loader)
        return None if root is None else _Editor(text).change(root, document, wanted)
    except (yaml.YAMLError, ValueError, LookupError):
        return None


def _reads_as(text: str, wanted: Json) -> bool:
    try:
        return same(read_document(text.encode(), name="draft").document, wanted)
    except MonitorError:
        return False


class _Editor:
    def __init__(self, text: str) -> None:
        self._text = text
        self._edits: list[_Edit] = []
        self._flow: Callable[[Json], str] = _json if _is_json(text) else write_flow

    def change(self, root: Any, document: Json, wanted: Json) -> str:
        self._value(root, document, wanted, _Slot(root.start_mark.index, 0))
        parts, at = [], 0
        for one in sorted(self._edits, key=lambda edit: edit.start):
            parts += [self._text[at : one.start], one.text]
            at = max(at, one.end)
        return "".join([*parts, self._text[at:]])

    def _value(self, node: Any, old: Json, new: Json, slot: _Slot) -> None:
        if same(old, new):
            return
        if isinstance(old, dict) and isinstance(new, dict) and old and old.keys() <= new.keys():
            self._mapping(node, old, new)
        elif isinstance(old, list) and isinstance(new, list) and old and len(old) <= len(new):
            self._list(node, old, new)
        else:
            self._replace(node, new, slot)

    def _mapping(self, node: Any, old: dict[str, Json], new: dict[str, Json]) -> None:
        for name, value in node.value:
            column = None if node.flow_style else name.start_mark.column
            slot = _Slot(name.end_mark.index, column)
            self._value(value, old[name.value], new[name.value], slot)
        self._put(node, {name: value for name, value in new.items() if name not in old})

    def _list(self, node: Any, old: list[Json], new: list[Json]) -> None:
        for value, before, after in zip(node.value, old, new, strict=False):
            self._value(value, before, after, _Slot(value.start_mark.index, None, False))
        self._put(node, new[len(old) :])

    def _put(self, node: Any, added: Json) -> None:
        """Behind the last that a list or an object has."""
        if not added:
            return
        if node.flow_style:
            self._edits.append(_Edit.between(self._end(node.value[-1]), self._inside(added)))
        else:
            self._below(self._end(node), added, node.start_mark.column)

    def _inside(self, added: Json) -> str:
        return f", {self._flow(added)[1:-1]}"

    def _below(self, end: int, added: Json, column: int) -> None:
        """On lines of their own; what stands behind the last value of a line stays there."""
        rows = "".join(f"\n{' ' * column}{row}" for row in _block(added))
        self._edits.append(_Edit.between(self._line_end(end), rows))

    def _replace(self, node: Any, new: Json, slot: _Slot) -> None:
        start, end = node.start_mark.index, self._end(node)
        if _is_block(node):
            first = self._text.rfind("\n", 0, start) + 1
            self._edits.append(_Edit(max(first, slot.at), self._line_end(end) + 1, ""))
            start = end = self._text.index(":", slot.at) + 1
        if slot.column is not None and not _is_short(new):
            self._edits.append(_Edit(self._spaces(start), end, ""))
            self._below(end, new, slot.column + 2)
            return
        self._edits.append(_Edit(start, end, self._gap(node, start, slot) + self._flow(new)))

    def _gap(self, node: Any, start: int, slot: _Slot) -> str:
        """What is missing before a value where there was none: `a:`, `-`, and `{a}` too."""
        has_none = node.start_mark.index == node.end_mark.index
        is_bare = has_none and slot.is_named and self._text[start - 1] not in ": "
        return ": " if is_bare else " " * (self._text[start - 1] in ":-")

    def _spaces(self, at: int) -> int:
        return len(self._text[:at].rstrip(" "))

    def _end(self, node: Any) -> int:
        """Behind the last letter of a value, comments and blank lines apart."""
        if isinstance(node, tuple):
            return self._end(node[1])
        end = int(node.end_mark.index)
        if _is_block(node):
            return self._end(node.value[-1])
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            start = node.start_mark.index
            if "+" in self._text[start : self._line_end(start)].partition("#")[0]:
                return end - (self._text[end - 1] == "\n")
            return start + len(self._text[start:end].rstrip("\n "))
        return end

    def _line_end(self, at: int) -> int:
        found = self._text.find("\n", at)
        return len(self._text) if found < 0 else found


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _is_short(value: Json) -> bool:
    """Whether it stands on the line of its name: scalars, and what holds nothing but scalars."""
    if isinstance(value, dict):
        return all(not isinstance(each, dict | list) for each in value.values())
    return not isinstance(value, list) or not any(isinstance(each, dict | list) for each in value)


def _block(value: Json) -> Iterator[str]:
    """The lines of a list or an object, its short values in flow style."""
    if isinstance(value, dict):
        for name, each in value.items():
            if _is_short(each):
                yield f"{write_flow(name)}: {write_flow(each)}"
            else:
                yield f"{write_flow(name)}:"
                yield from (f"  {row}" for row in _block(each))
        return
    for each in value:
        rows = _block(each) if isinstance(each, dict) and each else [write_flow(each)]
        yield from (f"{'  ' if number else '- '}{row}" for number, row in enumerate(rows))


def _is_json(text: str) -> bool:
    """Of a text in flow style, whether it is to stay JSON."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
