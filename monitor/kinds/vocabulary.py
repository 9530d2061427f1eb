"""The annotations that a kind may have, by where they stand."""

from __future__ import annotations

from typing import Final

LIST: Final = frozenset(
    [
        "x-ignore",
        "x-key",
        "x-membership",
        "x-position",
        "x-period",
        "x-source",
        "x-significance",
        "x-wording",
    ]
)
ITEM: Final = frozenset(
    [
        "x-label",
        "x-span",
        "x-recurs",
        "x-aliases",
        "x-article",
        "x-provenance",
        "x-disputed",
        "x-significance",
    ]
)
_VALUES: Final = [
    "x-ordered",
    "x-quantity",
    "x-scale",
    "x-ladder",
    "x-text",
    "x-tolerance",
    "x-edtf",
    "x-ignore",
]
FIELD: Final = frozenset(
    ["x-ref", "x-placeholder", *_VALUES, "x-significance", "x-wording"],
)
SIGNIFICANCE: Final = "x-significance"
ROOT: Final = frozenset(
    ["x-significance", "x-translations", "x-inferred", "x-provisional", "x-whole"]
)
ALL: Final = LIST | ITEM | FIELD | ROOT
BY_CONTENT: Final = "content"
"""The `x-key` of a list that nothing identifies, in a kind that was found in documents."""
