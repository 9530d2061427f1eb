"""Objects that stand as one value, as a reader sees them: `Bo Li (seat: 4)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from monitor.model.comparison import Json

_NAMES: Final = ("name", "title", "label")
"""Fields that an object is told by, the surest first."""


def object_words(value: Mapping[str, Json], words: Callable[[Json], str]) -> str:
    """What is stated in it, led by its name if it has one; nothing where it states nothing."""
    fields = dict(_stated(value))
    named = next((name for name in _NAMES if isinstance(fields.get(name), str)), None)
    rest = ", ".join(f"{name}: {words(fields[name])}" for name in fields if name != named)
    if named is None:
        return rest
    return words(fields[named]) + (f" ({rest})" if rest else "")


def member_words(value: Mapping[str, Json], words: Callable[[Json], str]) -> str:
    """The same as one of several."""
    text = object_words(value, words)
    return f"({text})" if ", " in text and not text.endswith(")") else text


def _stated(value: Mapping[str, Json], above: str = "") -> Iterator[tuple[str, Json]]:
    """Every field that states anything, those of inner objects behind their names."""
    for name in sorted(value):
        field, inner = f"{above}{name}", value[name]
        if isinstance(inner, dict):
            yield from _stated(inner, f"{field}.")
        elif inner not in (None, "", []):
            yield field, inner
