"""What is observed beside the findings, and what lies ahead."""

from __future__ import annotations

import copy
from typing import Any

from monitor.compare.comparison import Context, compare
from monitor.compare.significance import RuleSettings
from monitor.model.comparison import Comparison, Document, Remark, State
from monitor.words import language
from monitor.words.wording import remark_sentence
from tests.unit.compare.village import BASE, comparison, kind, state


def _document(**stance: Any) -> Document:
    document = copy.deepcopy(BASE)
    document["stances"][0].update(stance)
    return document


def _years(low: int, high: int) -> dict[str, Any]:
    return {"amount": {"min": low, "max": high, "unit": "years"}}


def _compared(*states: State, **context: Any) -> Comparison:
    """The last two of the states, with all before the last as history."""
    known = Context(history=states[:-1], **context)
    return compare(states[-2], states[-1], kind(), context=known)


def _line(*documents: Document) -> list[State]:
    return [state(document, as_of=f"2026-01-{at:02}") for at, document in enumerate(documents, 1)]


def _only(found: Comparison) -> Remark:
    (remark,) = found.remarks
    return remark


def test_a_step_towards_the_other_converges_and_back_it_diverges() -> None:
    near = _document(**_years(20, 50))
    remark = _only(comparison(BASE, near))
    assert remark.rule == "converged"
    assert remark_sentence(remark) == "Red's distance to Blue on the well narrows: 15 → 5 years."
    assert set(remark.about) <= {change.id for change in comparison(BASE, near).changes}
    assert (remark.parties, remark.issues) == (("blue", "red"), ("well",))
    back = _only(comparison(near, BASE))
    assert back.rule == "diverged"
    assert remark_sentence(back) == "Red's distance to Blue on the well widens: 5 → 15 years."


def test_two_that_meet_overlap() -> None:
    remark = _only(comparison(BASE, _document(**_years(10, 50))))
    assert remark.rule == "overlap"
    assert (
        remark_sentence(remark)
        == "Blue and Red now meet on the well, at 15 years; they were 15 years apart."
    )


def test_a_distance_is_the_closest_so_far_only_against_all_that_came_before() -> None:
    states = _line(BASE, _document(**_years(20, 50)), BASE, _document(**_years(19, 50)))
    assert remark_sentence(_compared(*states).remarks[0]).endswith("4 years, the closest so far.")
    assert "so far" not in remark_sentence(_compared(*states[:3]).remarks[0])


def test_backwards_in_time_nothing_is_said_of_what_came_before() -> None:
    first, second, third = _line(_document(**_years(20, 50)), _document(**_years(19, 50)), BASE)
    for history in ((first, second, third), (first, second), (third,)):
        found = compare(third, first, kind(), context=Context(history=history))
        assert [remark.rule for remark in found.remarks] == ["converged"]
        for code in ("en", "uk"):
            told = remark_sentence(found.remarks[0], language(code))
            assert told == remark_sentence(compare(third, first, kind()).remarks[0], language(code))


def test_a_position_that_is_taken_up_again_is_told_with_its_date() -> None:
    found = _compared(*_line(BASE, _document(lean="rejects"), _document(prose="New words.")))
    remark = next(r for r in found.remarks if r.rule == "reversed")
    assert remark_sentence(remark) == "Red on the well is back where it stood on 1 January 2026."
    assert comparison(_document(lean="rejects"), BASE).remarks == ()


def test_a_version_that_undoes_the_one_before_is_told_as_such() -> None:
    changed = copy.deepcopy(BASE)
    changed["notes"][0]["colour"] = "red"
    remark = _only(_compared(*_line(BASE, changed, BASE)))
    assert remark.rule == "returned"
    assert remark_sentence(remark) == (
        "This is the state of 1 January 2026 again; what 2 January 2026 changed is undone."
    )
    assert _compared(*_line(BASE, changed)).remarks == ()


def test_the_same_day_told_again_otherwise_is_a_correction() -> None:
    changed = _document(prose="Other words.")
    found = compare(state(BASE), state(changed, revision=2), kind())
    assert _only(found).rule == "corrected"
    assert remark_sentence(_only(found)) == "The state of 5 February 2026 was corrected."


def test_a_changed_kind_is_told_when_the_older_version_was_written_under_another() -> None:
    changed = _document(prose="Other words.")
    found = comparison(BASE, changed, context=Context(old_kind="0"))
    assert _only(found).rule == "kind-changed"
    assert remark_sentence(_only(found)) == (
        "The form of these snapshots has changed since 5 February 2026."
    )
    assert comparison(BASE, changed, context=Context(old_kind="1")).remarks == ()


def test_a_plan_lapses_once_between_the_last_run_and_today() -> None:
    def lapsed(last_run: str | None, today: str | None) -> list[str]:
        context = Context(last_run=last_run, today=today)
        remarks = comparison(BASE, BASE, context=context).remarks
        assert {remark.rule for remark in remarks} <= {"lapsed"}
        return [remark_sentence(remark) for remark in remarks]

    told = ["Harvest feast was announced, 17–18 February 2026; nothing is known of it since."]
    assert lapsed("2026-02-18", "2026-02-19") == told
    assert lapsed("2026-02-19", "2026-02-20") == []
    assert lapsed("2026-02-17", "2026-02-18") == []
    assert lapsed(None, "2026-02-19") == []
    assert lapsed("2026-02-18", None) == []


def test_what_had_begun_ends_with_its_last_day() -> None:
    begun = copy.deepcopy(BASE)
    begun["events"][0]["phase"] = "under-way"
    context = Context(last_run="2026-02-18", today="2026-02-19")
    remark = _only(comparison(begun, begun, context=context))
    assert remark_sentence(remark) == "Harvest feast ended on 18 February 2026."
    assert remark_sentence(remark, language("uk")) == "Harvest feast: завершення 18 лютого 2026."


def test_what_has_only_an_end_is_over_after_it() -> None:
    until = copy.deepcopy(BASE)
    del until["events"][0]["from"]
    context = Context(last_run="2026-02-18", today="2026-02-19")
    remark = _only(comparison(until, until, context=context))
    assert remark_sentence(remark) == "Harvest feast ended on 18 February 2026."


def test_what_had_begun_and_has_no_end_does_not_lapse() -> None:
    open_ended = copy.deepcopy(BASE)
    open_ended["events"][0]["phase"] = "under-way"
    del open_ended["events"][0]["till"]
    context = Context(last_run="2026-02-16", today="2026-02-19")
    assert comparison(open_ended, open_ended, context=context).remarks == ()


def test_what_took_place_does_not_lapse() -> None:
    over = copy.deepcopy(BASE)
    over["events"][0]["phase"] = "concluded"
    context = Context(last_run="2026-02-01", today="2026-03-01")
    assert comparison(over, over, context=context).remarks == ()


def test_what_lies_ahead_needs_today_and_includes_what_is_under_way() -> None:
    assert comparison(BASE, BASE).upcoming == ()
    (ahead,) = comparison(BASE, BASE, context=Context(today="2026-02-18")).upcoming
    assert (ahead.label, ahead.starts, ahead.ends) == ("Harvest feast", "2026-02-17", "2026-02-18")
    assert comparison(BASE, BASE, context=Context(today="2026-02-19")).upcoming == ()


def test_standings_tell_where_each_stands_and_since_when() -> None:
    found = _compared(*_line(BASE, BASE, _document(**_years(20, 50))))
    blue, red = found.standings
    assert (red.party_label, red.issue_label, red.moved) == ("Red", "the well", True)
    assert red.interval is not None
    assert red.interval_before is not None
    assert (red.interval_before.low, red.interval.low) == (30, 20)
    assert (red.step, red.steps, red.since) == (2, 4, "2026-01-03")
    assert (blue.moved, blue.since, blue.path) == (False, "2026-01-01", "stances[blue,well]")
    assert [(s.since, s.labels) for s in found.steady] == [("2026-01-01", ("Blue: the well",))]


def test_without_history_nothing_is_said_to_stand_since() -> None:
    found = comparison(BASE, _document(lean="rejects"))
    assert {standing.since for standing in found.standings} == {None}
    assert found.steady == ()


def test_a_remark_rule_can_be_silenced_or_narrowed() -> None:
    near = _document(**_years(20, 50))
    silent = Context(rules=RuleSettings.read({"converged": {"silent": True}}))
    assert _only(comparison(BASE, near, context=silent)).significance.word == "noise"
    narrowed = Context(rules=RuleSettings.read({"converged": {"paths": ["events"]}}))
    assert comparison(BASE, near, context=narrowed).remarks == ()
