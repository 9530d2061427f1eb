"""Many that are renamed at once, where all share the same few texts."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.compare.infer import infer_kind
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.model.said import Rekeyed, Renumbered
from monitor.words.wording import sentence

FIRST = ("Ada", "Boris", "Celia", "Dmitri", "Edda", "Fabian", "Greta", "Hanno", "Ilse", "Jorge")
LAST = ("Lindquist", "Bergman", "Holmgren", "Sandberg", "Nystrom", "Forsberg", "Ekholm", "Wallin")
COMMON = {"town": "Fjordheim on the sound", "guild": "Weavers' Guild", "motto": "Warp and weft"}


def names(count: int) -> list[str]:
    return [
        f"{FIRST[n % 10]} {LAST[n // 10 % 8]}{f' {n // 80}' if n >= 80 else ''}"
        for n in range(count)
    ]


def respelt(name: str) -> str:
    return (
        name.replace("berg", "bergh")
        .replace("qu", "qv")
        .replace("gren", "grenn")
        .replace("man", "mann")
        .replace("strom", "stroem")
        .replace("holm", "holmm")
        .replace("allin", "alliin")
    )


def compared(old: Any, new: Any) -> Comparison:
    ref = VersionRef(situation="", as_of="", content_hash="")
    found = infer_kind(old, new)
    made = compare(
        State(ref=ref, document=found.old), State(ref=ref, document=found.new), found.kind
    )
    told = [identity for finding in made.findings for identity in finding.changes]
    assert sorted(told) == sorted(change.id for change in made.changes)
    return made


def people(called: list[str], prefix: str, **fields: str) -> list[dict[str, str]]:
    return [{"id": f"{prefix}{n}", "name": name, **fields} for n, name in enumerate(called)]


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize("backwards", [False, True])
def test_all_are_known_again_by_their_names(count: int, backwards: bool) -> None:
    known = people(names(5), "k", town="elsewhere in the hills")
    old = [*known, *people(names(count), "a", **COMMON)]
    new = [*known, *people([respelt(name) for name in names(count)][::-1], "b", **COMMON)]
    made = compared(*((new, old) if backwards else (old, new)))
    assert {finding.rule for finding in made.findings} == {"renamed"}
    assert len(made.findings) == (3 if count == 3 else 1)
    if count == 30:
        (finding,) = made.findings
        assert isinstance(finding.said, Renumbered)
        assert finding.said.how == "renamed"
        assert "30 entries are listed under other names: " in sentence(finding)


def test_a_thousand_take_no_longer_than_their_number() -> None:
    old = people(names(1000), "a", **COMMON)
    new = people([respelt(name) for name in names(1000)], "b", **COMMON)
    started = process_time()
    made = compared(old, new)
    assert process_time() - started < 30
    (finding, *rest) = made.findings
    assert isinstance(finding.said, Renumbered)
    assert finding.said.number >= 990
    assert len(rest) <= 20


def test_two_that_fit_as_well_are_not_guessed() -> None:
    old = people(["Ada Lund", "Boris Vik"], "a", **COMMON)
    new = people(["Ada Lunde", "Ada Lunds"], "b", **COMMON)
    assert {finding.rule for finding in compared(old, new).findings} == {"added", "removed"}


def test_three_texts_of_its_own_make_it_the_same_whatever_it_is_called() -> None:
    def inns(called: str) -> list[dict[str, str]]:
        rest = [
            {"name": f"Inn {n}", "street": f"Far Road {n}", "owner": f"Family {n}{n}x"}
            for n in range(6)
        ]
        one = {"street": "Mill Lane 12", "owner": "Widow Oakes", "mail": "inn@example.org"}
        return [*rest, {"name": called, **one}]

    (finding,) = compared(inns("The Swan"), inns("Old Tavern at the Bridge")).findings
    assert isinstance(finding.said, Rekeyed)
    assert finding.said.how == "values"
    assert sentence(finding) == "The Swan is now listed as Old Tavern at the Bridge."


def test_one_text_in_common_is_not_enough_where_others_have_it_too() -> None:
    old = people(["Ada Lund", "Boris Vik"], "a", town="Fjordheim on the sound")
    new = people(["Ada Lunde", "Celia Moe"], "b", town="Fjordheim on the sound")
    assert {finding.rule for finding in compared(old, new).findings} == {"added", "removed"}
