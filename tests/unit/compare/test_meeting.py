"""Two parties that meet: at what they meet is said, and once in the block."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.report.report import make_report
from monitor.words import ENGLISH, language
from monitor.words.wording import remark_sentence
from tests.reading import kind_of

MARSH: Kind = kind_of(
    """\
    title: Marsh
    type: object
    properties:
      views:
        type: array
        x-key: [farm, on]
        x-significance: {changed: major}
        x-position: {party: farm, issue: on, value: view, quantity: share}
        items:
          x-label: "{farm} on {on}"
          type: object
          properties:
            farm: {type: string}
            on: {type: string}
            view: {enum: [forbids, doubts, allows], x-scale: [forbids, doubts, allows]}
            share:
              type: object
              x-quantity: {low: least, high: most, unit: what}
              x-significance: major
              properties: {least: {type: number}, most: {type: number}, what: {enum: [acres]}}
    """
)


def view(farm: str, said: str | None = None, **share: int) -> dict[str, Any]:
    found: dict[str, Any] = {"farm": farm, "on": "the lower field"}
    if said:
        found["view"] = said
    if share:
        found["share"] = {**share, "what": "acres"}
    return found


def between(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Comparison:
    states = [
        State(ref=VersionRef(situation="m", as_of=day, content_hash=day), document={"views": side})
        for day, side in (("2031-03-01", old), ("2031-03-09", new))
    ]
    return compare(states[0], states[1], MARSH)


def block(found: Comparison) -> tuple[str, ...]:
    return make_report(
        found,
        found.findings,
        found.remarks,
        names=("old", "new"),
        language=ENGLISH,
        failed=lambda rule, path, error: pytest.fail(f"{rule} {path} {error}"),
        brief=True,
    ).block


FARMS = [view("Elm", least=10, most=12), view("Oak", least=3, most=5), view("Fir", "forbids")]
MET = [view("Elm", least=7, most=9), view("Oak", least=6, most=7), view("Fir", "doubts")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (FARMS[:2], MET[:2], "at 7 acres; they were 5 acres apart."),
        ([view("Elm", least=10), FARMS[1]], [view("Elm", least=4), FARMS[1]],
         "at 4–5 acres; they were 5 acres apart."),
        ([view("Elm", "forbids"), view("Oak", "allows")],
         [view("Elm", "allows"), view("Oak", "allows")],
         "at “allows”; they were 2 steps apart."),
    ],
)  # fmt: skip
def test_it_is_said_at_what_they_meet(
    old: list[dict[str, Any]], new: list[dict[str, Any]], told: str
) -> None:
    (remark,) = between(old, new).remarks
    assert remark_sentence(remark) == f"Elm and Oak now meet on the lower field, {told}"
    assert "позиції тепер збігаються" in remark_sentence(remark, language("uk"))


def test_two_who_both_moved_are_one_line_of_the_block() -> None:
    lines = block(between(FARMS, MET))
    assert lines[0] == "Elm and Oak now meet on the lower field, at 7 acres."
    assert len(lines) == 2
    assert "Fir" in lines[1]


def test_where_one_moved_its_move_is_told() -> None:
    lines = block(between(FARMS, [view("Elm", least=5, most=6), FARMS[1], MET[2]]))
    assert not any("meet" in line for line in lines)
