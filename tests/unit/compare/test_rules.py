"""What each rule says, forwards and backwards, and whatever the fields are called."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from monitor.compare.rules import RULES
from monitor.model.comparison import Document
from monitor.words.wording import aside, sentence
from tests.unit.compare.village import BASE, as_written, backwards, comparison

Edit = Callable[[Document], None]


@dataclass(frozen=True)
class Row:
    """An edit of the base document, the one rule that explains it, and the sentence.

    `back` is the sentence of the same edit seen backwards, for rules that have a mirror.
    """

    rule: str
    edit: Edit
    says: str
    back: str | None = None
    aside: str = ""


def _one(document: Document, where: str, **key: Any) -> dict[str, Any]:
    """The entry of a list (dotted for nested ones) with these values."""
    entries = document[where] if "." not in where else _nested(document, where)
    return next(e for e in entries if all(e.get(name) == value for name, value in key.items()))


def _nested(document: Document, where: str) -> list[dict[str, Any]]:
    top, below = where.split(".")
    return [entry for parent in document[top] for entry in parent.get(below, [])]


def _set(where: str, key: dict[str, Any], **values: Any) -> Edit:
    def edit(document: Document) -> None:
        _one(document, where, **key).update(values)

    return edit


def _new_captain(document: Document) -> None:
    hands = _one(document, "teams", camp="red")["hands"]
    hands[0]["post"] = "cook"
    hands.append({"soul": "dee", "post": "captain"})


def _join(document: Document) -> None:
    _one(document, "teams", camp="red")["hands"].append({"soul": "dee", "post": "guard"})


def _captain_leaves(document: Document) -> None:
    _one(document, "teams", camp="red")["hands"].pop(0)


def _move(document: Document) -> None:
    red, blue = document["teams"]
    blue["hands"].append({"soul": red["hands"].pop()["soul"], "post": "guard"})


def _quarrel(document: Document) -> None:
    other = {"about": "amount", "paper": "p1", "value": {"min": 20, "unit": "years"}}
    _one(document, "stances", camp="red")["quarrels"] = [other]


def _stance(document: Document) -> None:
    document["stances"].append({"camp": "blue", "matter": "road", "lean": "opposes"})


def _years(low: int, high: int) -> dict[str, Any]:
    return {"amount": {"min": low, "max": high, "unit": "years"}}


FEAST = {"tag": "feast"}
RED = {"camp": "red"}
ROWS = [
    Row(
        "replaced",
        _new_captain,
        "Dee Draper replaces Ann Archer as captain of Red's team.",
        "Ann Archer replaces Dee Draper as captain of Red's team.",
        aside="Ann Archer stays as a cook.",
    ),
    Row(
        "joined",
        _join,
        "Dee Draper joins Red's team as a guard.",
        "Dee Draper is no longer listed in Red's team.",
    ),
    Row(
        "moved",
        _move,
        "Bob Baker moves from Red's team to Blue's team as a guard.",
        "Bob Baker moves from Blue's team to Red's team as a cook (reported).",
    ),
    Row(
        "role-changed",
        _set("teams.hands", {"soul": "bob"}, post="guard"),
        "Bob Baker's role in Red's team changes from cook to guard (reported).",
        "Bob Baker's role in Red's team changes from guard to cook (reported).",
    ),
    Row(
        "role-changed",
        _set("teams.hands", {"soul": "bob"}, post=None),
        "Bob Baker is no longer named as a cook of Red's team.",
        "Bob Baker is now named as a cook of Red's team (reported).",
    ),
    Row(
        "role-changed",
        _set("teams.hands", {"soul": "ann"}, post=None),
        "Ann Archer is no longer named as captain of Red's team.",
        "Ann Archer becomes captain of Red's team.",
    ),
    Row(
        "left",
        _captain_leaves,
        "Ann Archer is no longer listed in Red's team.",
        "Ann Archer joins Red's team as captain.",
        aside="Ann Archer was captain.",
    ),
    Row("cancelled", _set("events", FEAST, phase="postponed"), "Harvest feast is postponed."),
    Row(
        "took-place",
        _set("events", FEAST, phase="concluded"),
        "Harvest feast took place, 17–18 February 2026.",
    ),
    Row(
        "slipped",
        _set("events", FEAST, **{"from": "2026-03-01", "till": "2026-03-02"}),
        "Harvest feast slips from 17–18 February 2026 to 1–2 March 2026.",
        "Harvest feast is brought forward from 1–2 March 2026 to 17–18 February 2026.",
    ),
    Row(
        "widened",
        _set("stances", RED, **_years(20, 50)),
        "Red's position on the well widens from 30–50 to 20–50 years (reported).",
        "Red's position on the well narrows from 20–50 to 30–50 years (reported).",
    ),
    Row(
        "shifted",
        _set("stances", RED, **_years(20, 40)),
        "Red's position on the well moves from 30–50 to 20–40 years (reported).",
        "Red's position on the well moves from 20–40 to 30–50 years (reported).",
    ),
    Row(
        "hardened",
        _set("stances", RED, lean="rejects"),
        "Red's position on the well hardens from “open” to “rejects” (reported).",
        "Red's position on the well softens from “rejects” to “open” (reported).",
    ),
    Row(
        "stance-shifted",
        _set("stances", RED, lean="asks"),
        "Red's position on the well changes from “open” to “asks” (reported).",
        "Red's position on the well changes from “asks” to “open” (reported).",
    ),
    Row(
        "firmed",
        _set("teams.hands", {"soul": "bob"}, grip="confirmed"),
        "Bob Baker in Red's team: now confirmed, before reported.",
        "Bob Baker in Red's team: now only reported, before confirmed.",
    ),
    Row(
        "disputed",
        _quarrel,
        "Sources disagree on Red on the well: amount.",
        "Sources no longer disagree on Red on the well: amount.",
        aside="The Bell: at least 20 years.",
    ),
    Row(
        "reworded",
        _set("notes", {"tag": "first"}, prose="All is not well."),
        "First now: All is not well.",
        "First now: All is well.",
    ),
    Row(
        "added",
        _stance,
        "Blue now says on the road: “opposes”.",
        "Blue's position on the road is no longer stated; before: “opposes”.",
    ),
    Row(
        "changed",
        _set("notes", {"tag": "first"}, colour="red"),
        "first: colour changes from green to red.",
        "first: colour changes from red to green.",
    ),
]


@pytest.fixture(params=ROWS, ids=lambda row: row.rule)
def row(request: pytest.FixtureRequest) -> Row:
    found = request.param
    assert isinstance(found, Row)
    return found


def _edited(row: Row) -> Document:
    document = copy.deepcopy(BASE)
    row.edit(document)
    return document


def test_a_rule_alone_explains_what_it_is_for(row: Row) -> None:
    (finding,) = comparison(BASE, _edited(row)).findings
    assert (finding.rule, sentence(finding), aside(finding)) == (row.rule, row.says, row.aside)
    assert finding.significance is RULES[row.rule].significance


def test_backwards_its_mirror_explains_the_same_changes(row: Row) -> None:
    (finding,) = comparison(_edited(row), BASE).findings
    mirror = RULES[row.rule].mirror
    if mirror is None:
        assert RULES[row.rule].unmirrored
    else:
        assert (finding.rule, sentence(finding)) == (mirror, row.back)


@pytest.mark.parametrize("back", [False, True], ids=["forwards", "backwards"])
def test_no_rule_knows_the_name_of_a_field(row: Row, back: bool) -> None:
    pair = (_edited(row), BASE) if back else (BASE, _edited(row))
    (as_usual,) = comparison(*pair, naming=as_written).findings
    (otherwise,) = comparison(*pair, naming=backwards).findings
    assert otherwise.rule == as_usual.rule
    assert sentence(otherwise) == sentence(as_usual)
