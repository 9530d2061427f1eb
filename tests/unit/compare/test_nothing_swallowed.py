"""What a rule takes for its own is told: another name, another group, and what changed with it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from monitor.report.rows import detail_view
from monitor.words import language
from monitor.words.wording import DetailWords, details, sentence
from tests.fuzz import rosters
from tests.unit.compare.plain import compared, sentences

MILLS = (("Alder Mill", "Ines Roca"), ("Birch Mill", "Otto Lind"), ("Cedar Mill", "Pia Blom"))


def told(old: Any, new: Any, spoken: str = "en") -> str:
    """All that is said, sentences and details."""
    words = language(spoken)
    parts: list[str] = []
    for finding in compared(old, new).findings:
        parts.append(sentence(finding, words))
        parts += map(str, details(finding, words))
    return "\n".join(parts)


def as_list(mills: list[dict[str, Any]]) -> Any:
    return mills


def as_mapping(mills: list[dict[str, Any]]) -> Any:
    return {each["id"]: {n: v for n, v in each.items() if n != "id"} for each in mills}


def nested(mills: list[dict[str, Any]]) -> Any:
    return [{"id": each["id"], "who": {**each}} for each in mills]


def mills(field: str) -> list[dict[str, Any]]:
    return [
        {"id": f"m{at}", "name": name, field: person, "wheels": at + 2}
        for at, (name, person) in enumerate(MILLS)
    ]


@pytest.mark.parametrize("spoken", ["en", "uk"])
@pytest.mark.parametrize("field", ["miller", "owner", "official", "мельник"])
@pytest.mark.parametrize("shaped", [as_list, as_mapping, nested])
def test_who_else_changed_is_told_with_the_new_name(shaped: Any, field: str, spoken: str) -> None:
    old, new = mills(field), mills(field)
    new[1] |= {"name": "Willow Mill", field: "Vera Quint"}
    for one, other in ((old, new), (new, old)):
        text = told(shaped(one), shaped(other), spoken)
        assert all(each in text for each in ("Birch", "Willow", "Otto Lind", "Vera Quint"))


def test_a_second_text_that_takes_the_new_name_too_is_told() -> None:
    old, new = mills("site"), mills("site")
    new[1] |= {"name": "Willow Mill", "site": "Willow Mill"}
    assert sentences(old, new) == [
        "Birch Mill, now called Willow Mill: site changes from Otto Lind to Willow Mill."
    ]


def test_a_name_that_is_only_spelled_otherwise_hides_nobody() -> None:
    old, new = mills("miller"), mills("miller")
    old[0]["name"] = "Älder Mill"
    new[0] |= {"miller": "Vera Quint"}
    text = told(old, new)
    assert "Älder Mill is now written Alder Mill" in text
    assert "Ines Roca" in text
    assert "Vera Quint" in text
    assert "now called" not in text


def test_an_addition_to_all_names_hides_nobody() -> None:
    old = [
        {"id": f"s{n}", "name": f"Well {n}x", "warden": f"{c}na Dahl"}
        for n, c in enumerate("ABCDEFGHIJKLM")
    ]
    new = [{**each, "name": f"Old {each['name']}"} for each in old]
    new[4]["warden"] = "Vera Quint"
    text = told(old, new)
    assert "Ena Dahl" in text
    assert "Vera Quint" in text


def crews(of: Any) -> list[dict[str, Any]]:
    people = ("Ada Moor", "Ben Fell", "Cleo Dahl", "Dan Rook", "Eve Pike", "Fay Wren")
    entries = [
        {"id": n, "name": who, "berth": n + 10, "duty": "deck"} for n, who in enumerate(people)
    ]
    return [{"name": "Gull", "crew": entries[:3]}, {"name": "Tern", "crew": entries[3:]}]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ({"duty": "engine"}, ("deck", "engine")),
        ({"berth": 77, "duty": "engine", "radio": "Z-9"}, ("12", "77", "deck", "engine", "Z-9")),
        ({"duty": None}, ("deck",)),
        ({"at": {"sea": "since May"}}, ("since May",)),
    ],
)
@pytest.mark.parametrize("spoken", ["en", "uk"])
def test_what_changed_of_who_moved_is_told(edit: Any, words: tuple[str, ...], spoken: str) -> None:
    old, new = crews(None), crews(None)
    new[1]["crew"].append({**new[0]["crew"].pop(2), **edit})
    for one, other in ((old, new), (new, old)):
        text = told(one, other, spoken)
        assert all(each in text for each in ("Cleo Dahl", "Gull", "Tern", *words))
    assert len(sentences(old, new)) == 1


def test_who_is_the_same_elsewhere_has_nothing_beside() -> None:
    old, new = crews(None), crews(None)
    new[1]["crew"].append(new[0]["crew"].pop(2))
    [finding] = compared(old, new).findings
    assert finding.beside.details == ()


@pytest.mark.parametrize("seed", range(12))
def test_every_mark_of_an_edit_is_told(seed: int) -> None:
    old, new = rosters.pair(Random(seed))
    assert rosters.lost(old, new, told(old, new)) == []
    assert rosters.lost(new, old, told(new, old)) == []


@pytest.mark.parametrize("spoken", ["en", "uk"])
def test_of_two_who_trade_groups_each_role_is_told_with_its_group(spoken: str) -> None:
    def group(name: str, *members: tuple[str, str]) -> dict[str, Any]:
        return {"name": name, "members": [{"name": n, "duty": duty} for n, duty in members]}

    old = [
        group("Mill crew", ("Ada Moor", "keeper"), ("Ben Fell", "hand")),
        group("Weir crew", ("Cleo Dahl", "guard"), ("Dan Rook", "guard")),
    ]
    new = [
        group("Mill crew", ("Ben Fell", "hand"), ("Cleo Dahl", "keeper")),
        group("Weir crew", ("Ada Moor", "guard"), ("Dan Rook", "guard")),
    ]
    for one, other in ((old, new), (new, old)):
        found = compared(one, other).findings
        assert any(each.beside.details for each in found)
        for finding in found:
            text = sentence(finding, language(spoken))
            for detail in finding.beside.details:
                assert {detail.was_in, detail.now_in} == {"Mill crew", "Weir crew"}
            for row in details(finding, language(spoken)):
                named = all(each in text for each in ("Mill crew", "Weir crew"))
                assert named or set(row.places) == {"Mill crew", "Weir crew"}


def test_a_row_names_the_group_beside_what_somebody_was_and_is_there() -> None:
    row = DetailWords("Duty", "keeper", "guard", places=("the Mill crew", "the Weir crew"))
    seen = detail_view(row, language("en"))
    assert (seen.before, seen.after) == ("keeper (the Mill crew)", "guard (the Weir crew)")
    unstated = row._replace(after=language("en").values.words(None))
    assert detail_view(unstated, language("en")).after == unstated.after
