"""What whoever writes a snapshot says of the weight of its changes (`weigh`), as plain JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from monitor.model.comparison import Significance, Weight


def weights_as_json(weights: Iterable[Weight]) -> list[dict[str, Any]]:
    """As it stands in the envelope: `[{"path": ..., "significance": ..., "because": ...}]`."""
    return [
        {"path": each.path}
        | ({"significance": each.significance.word} if each.significance is not None else {})
        | ({"because": each.because} if each.because else {})
        | ({"correction": True} if each.correction else {})
        for each in weights
    ]


def weights_from_json(stored: Sequence[dict[str, Any]] | None) -> tuple[Weight, ...]:
    """What was checked before it was stored."""
    return tuple(
        Weight(
            each["path"],
            Significance.parse(each["significance"]) if "significance" in each else None,
            each.get("because"),
            each.get("correction", False),
        )
        for each in stored or ()
    )
