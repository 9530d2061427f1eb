"""By what entries are told apart in a whole history, and not only in its last two versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.compare.infer import InferredKind, infer_kind
from monitor.compare.match import Names
from monitor.compare.shapes import ROOT
from monitor.kinds.keys import MARK
from monitor.model.comparison import Json

_TWO: Final = 2
_SIGNS: Final = frozenset("+|*")
"""What a name cannot have in a key that is written as `monitor diff --key` has it."""


def lasting_keys(
    found: InferredKind, documents: Sequence[Json], keys: Mapping[str, str]
) -> dict[str, str]:
    """Keys that hold in earlier versions too, for lists whose own holds in the last two alone."""
    *earlier, old, new = documents if len(documents) > _TWO else (found.old, found.new)
    if not earlier:
        return {}
    pooled = infer_kind(old, new, keys=keys, earlier=earlier).kind.collections
    lasting: dict[str, str] = {}
    for path, collection in found.kind.collections.items():
        other = _unmarked(pooled[path].keys) if path in pooled else ()
        names = [name for key in other for name in key]
        if not names or other == _unmarked(collection.keys):
            continue
        written = "" if path == ROOT and found.form.wrapped else path
        if found.form.compared(written) == path and not any(map(_SIGNS.intersection, names)):
            lasting[written] = "|".join(map("+".join, other))
    return lasting


def _unmarked(keys: tuple[Names, ...]) -> tuple[Names, ...]:
    return tuple(names for names in keys if names != (MARK,))
