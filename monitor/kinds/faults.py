"""Faults found in a kind or a document: what is wrong and where, collected instead of raised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from monitor.model.tuples import NamedTuple

_LONGEST: Final = 400

Path: TypeAlias = tuple[str | int, ...]
"""A JSON path: names of properties and positions in lists, counted from 0."""


class Fault(NamedTuple):
    """One thing that is wrong. `related` is a second place that the message speaks of."""

    path: Path
    message: str
    related: Path | None = None


def one_line(text: str) -> str:
    """What a person is told: on one line, of bounded length, every character to be seen.

    Messages quote documents, which may hold megabytes, line ends and terminal control sequences.
    """
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST * 2 // 3]} … {text[-_LONGEST // 3 :]}"
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else repr(character)[1:-1] for character in text
    )


def path_text(path: Sequence[str | int]) -> str:
    """`("a", 0, "b")` as `a[0].b`; the document itself as an empty text."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
