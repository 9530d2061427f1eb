"""What the writer of a version says of the weight of its changes (`weigh`)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.compare.significance import RuleSettings
from monitor.model.comparison import Comparison, Document, Finding, Significance, Weight
from monitor.model.record import replace
from tests.unit.compare.village import BASE, comparison, kind, state

CRITICAL, MAJOR, MINOR, NOISE = sorted(Significance, reverse=True)


def _with(**tops: Any) -> Document:
    return {**copy.deepcopy(BASE), **tops}


def _note(**fields: Any) -> Document:
    return _with(notes=[{**BASE["notes"][0], **fields}])


def _weighed(
    new: Document, *weights: Weight, old: Document = BASE, context: Context | None = None
) -> Comparison:
    later = replace(state(new, as_of="2026-02-17"), weigh=weights)
    return compare(state(old), later, kind(), context=context or Context())


def _only(found: Comparison) -> Finding:
    (finding,) = found.findings
    return finding


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ("notes", CRITICAL),
        ("notes[first]", CRITICAL),
        ("notes[first].colour", NOISE),
        ("notes[second]", CRITICAL),
        ("events", CRITICAL),
    ],
)
def test_it_holds_for_what_changes_at_or_below_its_path(path: str, level: Significance) -> None:
    plain = _only(comparison(BASE, _note(colour="red"))).significance
    covered = path not in ("events", "notes[second]")
    found = _only(_weighed(_note(colour="red"), Weight(path, level)))
    assert found.significance is (level if covered else plain)


def test_ids_and_words_do_not_depend_on_it() -> None:
    told = _only(_weighed(_note(colour="red"), Weight("notes", CRITICAL, "it was never red")))
    plain = _only(comparison(BASE, _note(colour="red")))
    assert (told.id, told.rule, told.said) == (plain.id, plain.rule, plain.said)
    assert (told.because, plain.because) == (("it was never red",), ())


def test_of_several_paths_the_closest_decides() -> None:
    weights = (Weight("notes", CRITICAL, "far"), Weight("notes[first].colour", MINOR, "near"))
    found = _only(_weighed(_note(colour="red"), *weights))
    assert (found.significance, found.because) == (MINOR, ("near",))


@pytest.mark.parametrize("path", ["events", "events[feast]"])
def test_what_comes_and_what_goes_is_weighed_too(path: str) -> None:
    without = _with(events=[])
    gone = _only(_weighed(without, Weight(path, MINOR)))
    come = _only(_weighed(BASE, Weight(path, MINOR), old=without))
    assert (gone.rule, gone.significance) == ("removed", MINOR)
    assert (come.rule, come.significance) == ("added", MINOR)


def test_it_goes_before_the_configuration() -> None:
    rules = RuleSettings.read({"changed": {"significance": "minor"}})
    found = _weighed(_note(colour="red"), Weight("notes", CRITICAL), context=Context(rules=rules))
    assert _only(found).significance is CRITICAL


def test_what_differs_in_form_alone_and_who_says_so_are_not_lifted() -> None:
    spaced = _note(prose="All  is well.")
    assert _only(_weighed(spaced, Weight("notes", CRITICAL))).significance is NOISE
    cited = _note(sources=["p1"])
    assert _only(_weighed(cited, Weight("notes", CRITICAL, "why"))).significance is NOISE
    assert _only(_weighed(cited, Weight("notes", CRITICAL, "why"))).because == ()
    assert _only(_weighed(cited, Weight("notes.sources", MAJOR))).significance is MAJOR


def test_between_two_files_it_is_the_later_ones_in_both_directions() -> None:
    earlier = state(BASE, as_of="2026-02-05")
    later = replace(
        state(_note(colour="red"), as_of="2026-02-17"), weigh=(Weight("notes", CRITICAL),)
    )
    assert _only(compare(earlier, later, kind())).significance is CRITICAL
    assert _only(compare(later, earlier, kind())).significance is CRITICAL


def _line(*steps: tuple[Document, tuple[Weight, ...]]) -> Comparison:
    states = [
        replace(state(document, as_of=f"2026-03-{day:02}"), weigh=weights)
        for day, (document, weights) in enumerate(steps, 1)
    ]
    return compare(states[0], states[-1], kind(), context=Context(history=tuple(states[:-1])))


def test_over_several_versions_the_highest_holds() -> None:
    found = _line(
        (BASE, ()),
        (_note(colour="red"), (Weight("notes", CRITICAL, "a sign"),)),
        (_note(colour="blue"), (Weight("notes", MINOR, "a trifle"),)),
    )
    assert (_only(found).significance, _only(found).because) == (CRITICAL, ("a sign", "a trifle"))


def test_a_trifle_of_one_day_does_not_hide_what_another_day_changed() -> None:
    found = _line(
        (BASE, ()),
        (_note(colour="red"), (Weight("notes", NOISE),)),
        (_note(colour="blue"), ()),
    )
    assert _only(found).significance is _only(comparison(BASE, _note(colour="blue"))).significance


def test_the_word_of_one_day_says_nothing_of_what_another_day_changed() -> None:
    moved = _with(events=[{**BASE["events"][0], "place": "the barn"}])
    both = {**moved, "notes": _note(colour="red")["notes"]}
    found = _line((BASE, (Weight("events", CRITICAL),)), (moved, ()), (both, ()))
    assert CRITICAL not in {each.significance for each in found.findings}
    found = _line((BASE, ()), (moved, ()), (both, (Weight("events", CRITICAL),)))
    assert CRITICAL not in {each.significance for each in found.findings}
    found = _line((BASE, ()), (moved, (Weight("events", CRITICAL),)), (both, ()))
    levels = {each.collection: each.significance for each in found.findings}
    assert levels["events"] is CRITICAL
    assert levels["notes"] < CRITICAL
