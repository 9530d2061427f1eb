"""Paths as they stand in the written documents, where these were brought into another form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monitor.compare.alike import KEY
from monitor.compare.shapes import ROOT, Form
from monitor.kinds.dotted import is_special, join_field, quoted
from monitor.model.comparison import Document
from monitor.model.paths import read_place


def compared_path(text: str, form: Form, documents: Sequence[Document]) -> str | None:
    """The path in the compared documents of what a written one has at a path: `C01`, which is one
    of the lists of a collection, stands at `entries[C01]`; None where nothing is there."""
    steps = [step.name for step in read_place(text) or () if step.key is None]
    found = (_found(steps, document, "", form) for document in documents)
    return next((path for path in found if path), None)


def stands_in(text: str, documents: Sequence[Document]) -> bool:
    """Whether some entry of the compared documents has what a path names, whatever its keys."""
    values: list[Any] = list(documents)
    for step in read_place(text) or ():
        held = [
            value[step.name] for value in values if isinstance(value, dict) and step.name in value
        ]
        values = [
            each for value in held for each in (value if isinstance(value, list) else [value])
        ]
    return bool(values)


def _found(steps: Sequence[str], value: Any, path: str, form: Form) -> str | None:
    if not steps:
        return path
    if isinstance(value, dict):
        if steps[0] in value:
            name = join_field((steps[0],))
            below = f"{path}.{name}" if path else name
            return _found(steps[1:], value[steps[0]], below, form)
        if ROOT in value and (form.wrapped if not path else _plain(path) in form.lists):
            return _found(steps, value[ROOT], f"{path}.{ROOT}".lstrip("."), form)
    if isinstance(value, list) and _plain(path) in form.mappings:
        for entry in value:
            if entry.get(KEY) == steps[0]:
                key = quoted(steps[0]) if is_special(steps[0]) else steps[0]
                return _found(steps[1:], entry, f"{path}[{key}]", form)
    return None


def _plain(path: str) -> str:
    """A path without its keys: the collection."""
    return ".".join(join_field((step.name,)) for step in read_place(path) or ())
