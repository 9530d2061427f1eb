"""A mistake that is put right reads as that, and not as a development."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.model.arguments import finding_arguments
from monitor.model.comparison import (
    Comparison,
    Document,
    Finding,
    Significance,
    State,
    VersionRef,
    Weight,
)
from monitor.model.record import replace
from monitor.model.said import NOTHING_BESIDE, FieldChanged
from monitor.words import language
from monitor.words.wording import sentence, short
from tests.digests import finding as made
from tests.reading import kind_of
from tests.unit.compare.village import BASE, kind, state


def _note(**fields: Any) -> Document:
    document = copy.deepcopy(BASE)
    document["notes"][0].update(fields)
    return document


def _line(*told: tuple[str, Document]) -> tuple[State, ...]:
    return tuple(state(document, as_of=as_of) for as_of, document in told)


def _compared(*told: tuple[str, Document]) -> Comparison:
    states = _line(*told)
    return compare(states[-2], states[-1], kind(), context=Context(history=states[:-1]))


def _only(found: Comparison) -> Finding:
    (finding,) = found.findings
    return finding


NINE, NINETY = _note(colour=9), _note(colour=90)


def test_the_same_snapshot_told_again_corrects() -> None:
    old = state(NINE, as_of="2026-03-01")
    new = state(NINETY, as_of="2026-03-01", revision=2)
    finding = _only(compare(old, new, kind()))
    assert sentence(finding) == "Correction: colour of first is 90, not 9."
    assert short(finding, year="2026") == sentence(finding)
    assert sentence(finding, language("uk")) == "Виправлення: first, colour — 90, а не 9."
    assert finding_arguments(finding.said, finding.beside)["correction"] is True


@pytest.mark.parametrize(
    ("since", "until", "corrects"),
    [
        ("2026-03-01T08:00:00Z", "2026-03-01T11:30:00Z", True),
        ("2026-03-01T22:00:00Z", "2026-03-02T09:00:00Z", True),
        ("2026-03-01T08:00:00Z", "2026-03-01T23:00:00Z", False),
        ("2026-03-01", "2026-03-01T02:00:00Z", False),
        ("2026-03-01", "2026-03-02", False),
    ],
)
def test_a_value_that_stood_for_hours_is_corrected(since: str, until: str, corrects: bool) -> None:
    finding = _only(_compared((since, NINE), (until, NINETY)))
    assert sentence(finding).startswith("Correction: ") is corrects
    quiet = _compared(("2026-02-20", _note(colour=4)), (since, NINE), (until, NINETY))
    assert sentence(_only(quiet)).startswith("Correction: ") is corrects


def test_a_fact_that_moves_by_the_hour_is_not() -> None:
    told = [(f"2026-03-01T{hour:02}:00:00Z", _note(colour=hour)) for hour in (8, 10, 12)]
    assert sentence(_only(_compared(*told))) == "first: colour changes from 10 to 12."


def test_what_has_stood_since_longer_is_not_though_it_was_just_told_again() -> None:
    told = (
        ("2026-02-01T08:00:00Z", NINE),
        ("2026-03-01T08:00:00Z", _note(colour=9, prose="All is quiet.")),
        ("2026-03-01T10:00:00Z", _note(colour=90, prose="All is quiet.")),
    )
    assert sentence(_only(_compared(*told))) == "first: colour changes from 9 to 90."


def test_a_plan_or_a_role_may_move_within_hours() -> None:
    event = copy.deepcopy(BASE)
    event["events"][0]["phase"] = "under-way"
    hands = copy.deepcopy(BASE)
    hands["teams"][0]["hands"][1]["post"] = "mate"
    for new in (event, hands):
        told = (("2026-03-01T08:00:00Z", BASE), ("2026-03-01T09:00:00Z", new))
        assert not sentence(_only(_compared(*told))).startswith("Correction")


def _marked(new: Document, *weights: Weight, old: Document = BASE) -> Finding:
    later = replace(state(new, as_of="2026-03-09"), weigh=weights)
    return _only(compare(state(old), later, kind()))


SLIP = Weight("notes", None, "a slip of the pen", correction=True)


def test_whoever_writes_it_can_say_so_with_the_reason() -> None:
    finding = _marked(NINETY, SLIP, old=NINE)
    assert sentence(finding) == "Correction: colour of first is 90, not 9."
    assert finding.because == ("a slip of the pen",)
    assert finding.significance is _marked(NINETY, old=NINE).significance
    lowered = SLIP._replace(significance=Significance.NOISE)
    assert _marked(NINETY, lowered, old=NINE).significance is Significance.NOISE


def test_backwards_in_time_nothing_is_a_correction() -> None:
    early = state(NINE, as_of="2026-03-01")
    late = replace(state(NINETY, as_of="2026-03-09"), weigh=(SLIP,))
    again = state(NINETY, as_of="2026-03-01", revision=2)
    for code in ("en", "uk"):
        for later in (late, again):
            known = Context(history=(early, later))
            finding = _only(compare(later, early, kind(), context=known))
            said = sentence(finding, language(code))
            assert "Correction" not in said and "Виправлення" not in said


def test_an_article_within_the_sentence_is_small() -> None:
    event = copy.deepcopy(BASE)
    event["events"][0]["called"] = "The fair"
    moved = copy.deepcopy(event)
    moved["events"][0]["place"] = "barn"
    event["events"][0]["place"] = "yard"
    found = _marked(moved, Weight("events", None, None, correction=True), old=event)
    assert sentence(found) == "Correction: place of the fair is barn, not yard."


def test_every_shape_can_be_a_correction() -> None:
    stance, event, both = (copy.deepcopy(BASE) for _ in range(3))
    stance["stances"][0]["amount"] = {"min": 20, "max": 40, "unit": "years"}
    event["events"][0].update({"from": "2026-02-19", "till": None})
    both["teams"][0]["hands"].append({"soul": "dee", "post": "cook"})
    told = [
        (stance, "Correction: Red on the well: amount is 20–40 years, not 30–50."),
        (
            event,
            "Correction: Harvest feast is on 19 February 2026, not 17–18 February 2026.",
        ),
        (both, "Correction: Dee Draper joins Red's team as a cook."),
    ]
    for new, said in told:
        weights = [
            Weight(top, None, None, correction=True) for top in ("stances", "events", "teams")
        ]
        assert sentence(_marked(new, *weights)) == said
        in_ukrainian = sentence(_marked(new, *weights), language("uk"))
        assert in_ukrainian.startswith("Виправлення: ")


def test_over_several_versions_only_what_was_nothing_but_corrected_is_one() -> None:
    states = list(
        _line(("2026-03-01", _note(colour=4)), ("2026-03-02", NINE), ("2026-03-03", NINETY))
    )
    states[2] = replace(states[2], weigh=(SLIP,))
    whole = compare(states[0], states[2], kind(), context=Context(history=tuple(states[:2])))
    assert sentence(_only(whole)) == "first: colour changes from 4 to 90."
    step = compare(states[1], states[2], kind(), context=Context(history=tuple(states[:2])))
    assert sentence(_only(step)).startswith("Correction")


@pytest.mark.parametrize(
    ("kind_label", "said"),
    [
        ("the convoy", "Correction: lorries of the convoy are 90, not 9."),
        ("Convoy 7", "Correction: lorries of Convoy 7 are 90, not 9."),
        ("Bread for the north", "Correction: Bread for the north: lorries are 90, not 9."),
    ],
)
def test_what_it_is_a_correction_of_reads_as_english(kind_label: str, said: str) -> None:
    changed = FieldChanged(kind_label, None, "Convoys", "Lorries", 9, 90)
    beside = NOTHING_BESIDE._replace(correction=True)

    assert sentence(made("changed", changed, beside=beside)) == said


def test_the_kinds_own_words_tell_the_right_value_and_the_wrong_one() -> None:
    convoys = kind_of(
        """\
        title: Roads
        type: object
        additionalProperties: false
        properties:
          convoys:
            type: array
            x-key: [no]
            x-wording: {added: "{goods}: {lorries} lorries under way"}
            items:
              type: object
              additionalProperties: false
              properties:
                no: {type: integer}
                goods: {type: string}
                lorries: {type: integer}
                logged: {type: string, x-significance: noise}
        """
    )

    def told(at: int, **fields: Any) -> Finding:
        old, new = (
            State(
                ref=VersionRef(
                    situation="roads", as_of="2031-04-01", revision=n, content_hash=str(n)
                ),
                document={"convoys": [{"no": 7, "goods": "Bread", "lorries": 9, **more}]},
            )
            for n, more in ((at, {}), (at + 1, fields))
        )
        return _only(compare(old, new, convoys))

    right = told(1, lorries=90, logged="again")
    assert sentence(right) == "Correction: Bread: 90 lorries under way, not 9."
    assert sentence(right, language("uk")) == "Виправлення: Bread: 90 lorries under way, а не 9."
    assert sentence(told(1, lorries=90, goods="Coal")).startswith("Correction: ")
