"""Two texts compared word by word, to show what was said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from monitor.model.later import later

if TYPE_CHECKING:
    import difflib
else:
    difflib = later("difflib")

Piece: TypeAlias = tuple[Literal["same", "gone", "new"], str]

# Below this share of common words two whole texts read better than pieces.
_ALIKE = 0.5


def wordwise(before: str, after: str) -> tuple[Piece, ...]:
    """Runs of words that stay, go and come; nothing where too little stays."""
    old, new = before.split(), after.split()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < _ALIKE:
        return ()
    pieces: list[Piece] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("same", " ".join(old[i:j])))
            continue
        if i < j:
            pieces.append(("gone", " ".join(old[i:j])))
        if k < m:
            pieces.append(("new", " ".join(new[k:m])))
    return tuple(pieces)
