"""Whether what was told has cancelled out: by what the facts are now, not by how they got there."""

from __future__ import annotations

import pytest

from monitor.compare.cancelled import has_cancelled_out
from monitor.compare.comparison import compare
from monitor.kinds.reading import read_kind
from monitor.model.comparison import Comparison, State, VersionRef

POST = {"type": "object", "properties": {"id": {"type": "string"}, "holder": {"type": "string"}}}
POSTS = read_kind(
    {
        "type": "object",
        "properties": {"posts": {"type": "array", "x-key": ["id"], "items": POST}},
    },
    name="posts",
)


def between(old: str | None, new: str | None) -> Comparison:
    def state(holder: str | None, day: int) -> State:
        posts = [] if holder is None else [{"id": "president", "holder": holder}]
        ref = VersionRef(situation="posts", as_of=f"2026-03-0{day}", content_hash=f"{day}")
        return State(ref=ref, document={"posts": posts})

    return compare(state(old, 1), state(new, 2), POSTS)


@pytest.mark.parametrize(
    ("before", "told", "now", "cancelled"),
    [
        ("Adam", "Carl", "Adam", True),
        ("Adam", "Carl", "Carl", False),
        ("Adam", "Carl", "Dora", False),
        ("Adam", "Carl", None, False),
        (None, "Carl", None, True),
        (None, "Carl", "Dora", False),
        ("Adam", None, "Adam", True),
        ("Adam", None, "Carl", True),
    ],
)
def test_only_what_is_again_as_before_has_cancelled_out(
    before: str | None, told: str | None, now: str | None, cancelled: bool
) -> None:
    then = between(before, told)

    assert has_cancelled_out(then.findings[0], then, between(before, now)) is cancelled
