"""Differences inside values that a kind does not describe. The only module that uses deepdiff.

deepdiff costs a hundred times what a direct walk does, and half a second to import: it is loaded
when a free-form value is first found to differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from monitor.compare.paths import dig
from monitor.kinds.canonical import plain
from monitor.kinds.values import json_bytes, same
from monitor.model.comparison import Json, Missing

Inner: TypeAlias = tuple[tuple[str, ...], Json | Missing, Json | Missing]
"""The names on the way into the value, and what stands there on either side."""


def freeform_differences(old: dict[str, Json], new: dict[str, Json]) -> Iterator[Inner]:
    """What differs inside two free-form objects, by the names on the way; lists are one value."""
    from deepdiff import DeepDiff

    tree: Any = DeepDiff(
        _opaque(old), _opaque(new), view="tree", threshold_to_diff_deeper=0, verbose_level=0
    )
    paths = {
        tuple(level.path(output_format="list")) for levels in tree.values() for level in levels
    }
    for steps in sorted(paths):
        before, after = dig(old, steps), dig(new, steps)
        if not same(before, after):
            yield steps, plain(before), plain(after)


class _Whole(str):
    """A list as one value: its canonical JSON. deepdiff would compare it position by position."""

    __slots__ = ()


def _opaque(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _opaque(part) for name, part in value.items()}
    if isinstance(value, list):
        return _Whole(json_bytes(value).decode())
    return value
