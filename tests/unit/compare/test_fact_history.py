"""Every value that a fact has had, and when a version is held for a person."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.diff import diff
from monitor.compare.held import HeldLimits, why_held
from monitor.compare.history import FactValue, fact_history
from monitor.errors import NotFound
from monitor.model.comparison import Document
from tests.unit.compare.village import BASE, kind, state

POST = "teams[red].hands[bob].post"


def _history(path: str, *documents: Document) -> tuple[FactValue, ...]:
    states = [state(document, as_of=f"2026-01-{at:02}") for at, document in enumerate(documents, 1)]
    return fact_history(states, kind(), path)


def _with_post(**values: Any) -> Document:
    document = copy.deepcopy(BASE)
    document["teams"][0]["hands"][1].update(values)
    return document


def test_a_history_has_one_entry_per_value_with_its_days() -> None:
    found = _history(POST, BASE, BASE, _with_post(post="guard"), BASE)
    assert [(v.value, v.version.as_of, v.until) for v in found] == [
        ("cook", "2026-01-01", "2026-01-02"),
        ("guard", "2026-01-03", "2026-01-03"),
        ("cook", "2026-01-04", "2026-01-04"),
    ]


def test_each_value_has_who_said_it_at_that_time() -> None:
    said = _with_post(post="guard", voice="dee", sources=["p1"], grip="confirmed")
    before, after = _history(POST, BASE, said)
    assert (before.provenance.status, before.provenance.said_by) == ("reported", None)
    assert (after.provenance.status, after.provenance.said_by) == ("confirmed", "Dee Draper")
    assert after.provenance.sources == ("p1",)


def test_a_fact_that_went_is_told_apart_from_an_entity_that_went() -> None:
    silent = _with_post()
    del silent["teams"][0]["hands"][1]["post"]
    gone = copy.deepcopy(BASE)
    del gone["teams"][0]["hands"][1]
    found = _history(POST, BASE, silent)
    assert [(v.present, v.listed) for v in found] == [(True, True), (False, True)]
    found = _history(POST, BASE, gone)
    assert [(v.present, v.listed) for v in found] == [(True, True), (False, False)]


def test_the_history_begins_with_the_first_version_that_has_the_fact() -> None:
    late = _with_post(rank=2)
    (value,) = _history("teams[red].hands[bob].rank", BASE, late)
    assert value.version.as_of == "2026-01-02"


def test_an_entity_has_a_history_too() -> None:
    (value,) = _history("folk[ann]", BASE)
    assert value.value == {"Called": "Ann Archer", "Trade": "smith"}


@pytest.mark.parametrize("path", ["nowhere[x].y", "folk[ann].hat", "folk[zoe].trade"])
def test_a_path_to_nothing_is_refused(path: str) -> None:
    with pytest.raises(NotFound):
        _history(path, BASE)


def _why(old: list[Any], new: list[Any], **limits: Any) -> str | None:
    one, other = ({**BASE, "notes": entries} for entries in (old, new))
    before, after = state(one), state(other, as_of="2026-02-17")
    changes = diff(before.document, after.document, kind(), situation="village")
    return why_held(before, after, changes, kind(), HeldLimits(**limits))


def _notes(*tags: object) -> list[Any]:
    return [{"tag": str(tag), "prose": f"Note {tag}."} for tag in tags]


def test_a_list_whose_keys_are_exchanged_is_held_as_re_keyed() -> None:
    assert _why(_notes(*range(10)), _notes(*range(6, 16))) == "re-keyed"
    assert _why(_notes(*range(10)), _notes(*range(5, 15))) is None


def test_a_list_that_is_nearly_empty_is_held_as_emptied() -> None:
    assert _why(_notes(*range(10)), _notes(0)) == "emptied"
    assert _why(_notes(*range(10)), _notes(0, 1, 2)) is None


def test_short_lists_hold_nothing() -> None:
    assert _why(_notes(*range(4)), []) is None
    assert _why(_notes(*range(4)), [], entities=4) == "emptied"


def _alone(old: list[Any], new: list[Any], **more: Any) -> str | None:
    """The notes are all that the village holds."""
    before, after = state({"notes": old}), state({"notes": new, **more}, as_of="2026-02-17")
    changes = diff(before.document, after.document, kind(), situation="village")
    return why_held(before, after, changes, kind(), HeldLimits())


def test_a_document_whose_lists_are_all_empty_now_is_held_however_short_they_were() -> None:
    assert _alone(_notes(0), []) == "emptied"
    assert _alone(_notes(0, 1, 2), []) == "emptied"
    assert _alone(_notes(0, 1), _notes(1)) is None
    assert _alone([], []) is None


def test_a_long_list_that_lost_much_is_held_as_shrunk() -> None:
    assert _why(_notes(*range(1200)), _notes(*range(600))) == "shrunk"
    assert _why(_notes(*range(1200)), _notes(*range(900))) is None
    assert _why(_notes(*range(999)), _notes(*range(500))) is None
    # What is new beside it is no loss: the list is as long as it was.
    assert _why(_notes(*range(1200)), _notes(*range(480, 1680))) is None


def test_what_others_only_refer_to_may_be_written_anew() -> None:
    papers = {"papers": [{"tag": str(at)} for at in range(10)]}
    before, after = state({**BASE, **papers}), state({**BASE, "papers": []}, as_of="2026-02-17")
    changes = diff(before.document, after.document, kind(), situation="village")
    assert why_held(before, after, changes, kind(), HeldLimits()) is None
