"""What is off for now and still is, and what ran until its end."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.kinds.canonical import canonical, content_hash
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.report.around import running, waiting
from monitor.words import language
from monitor.words.wording import remark_sentence, sentence, short
from tests.reading import kind_faults, kind_of

CANAL = """\
title: Canal
properties:
  works:
    type: array
    x-key: [id]
    x-label: "{name}"
    x-period:
      {start: opens, end: closes, state: stage, since: from_day,
       running: [in-force, open], waiting: [on-hold]}
    items:
      type: object
      properties:
        id: {type: string}
        name: {type: string}
        opens: {type: string, x-edtf: true}
        closes: {type: string, x-edtf: true}
        from_day: {type: string, x-edtf: true}
        stage:
          enum: [planned, in-force, open, closed, on-hold, dropped]
          x-ladder: [planned, in-force, open, closed]
"""
PERIOD = CANAL[CANAL.index("      {start") : CANAL.index("    items")]


def _state(as_of: str, kind: Kind, **work: Any) -> State:
    document = canonical({"works": [{"id": "lock", "name": "The new lock", **work}]}, kind)
    ref = VersionRef(situation="canal", as_of=as_of, content_hash=content_hash(document, kind))
    return State(ref=ref, document=document)


def _compared(*told: dict[str, Any], **context: Any) -> Comparison:
    kind = kind_of(CANAL)
    states = [_state(f"2031-05-0{day}", kind, **work) for day, work in enumerate(told, 1)]
    known = Context(history=tuple(states[:-1]), **context)
    return compare(states[-2], states[-1], kind, context=known)


ON_HOLD = {"stage": "on-hold", "opens": "2031-06"}


def test_what_is_still_off_is_said_with_the_day_since_when() -> None:
    found = _compared({"stage": "planned"}, ON_HOLD, ON_HOLD, ON_HOLD)
    assert waiting(found, language("en")) == ("The new lock is still on hold, since 2 May 2031",)
    stated = {**ON_HOLD, "from_day": "2031-04~"}
    (said,) = waiting(_compared(stated, stated), language("en"))
    assert said == "The new lock is still on hold, since about April 2031"
    assert waiting(found, language("uk"))[0].startswith("The new lock: досі on-hold, з 2 ")


def test_since_when_is_left_out_where_nobody_knows() -> None:
    assert waiting(_compared(ON_HOLD, ON_HOLD), language("en")) == (
        "The new lock is still on hold",
    )


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"stage": "planned"}, ON_HOLD),
        (ON_HOLD, {"stage": "planned"}),
        ({"stage": "dropped"}, {"stage": "dropped"}),
        ({"stage": "open"}, {"stage": "open"}),
    ],
)
def test_what_has_just_changed_or_is_no_pause_is_not_still_so(
    before: dict[str, Any], now: dict[str, Any]
) -> None:
    assert _compared({"stage": "planned"}, before, now).waiting == ()


def test_what_is_put_off_says_since_when() -> None:
    (finding,) = _compared(
        {"stage": "planned"}, {"stage": "on-hold", "from_day": "2031-05-02"}
    ).findings
    assert (finding.rule, sentence(finding)) == (
        "cancelled",
        "The new lock is on hold, since 2 May 2031.",
    )


BAN = {"stage": "in-force", "opens": "2031-04-01", "closes": "2031-05-04"}


def test_what_runs_has_ended_when_its_last_day_has_passed() -> None:
    found = _compared(BAN, BAN, today="2031-05-06", last_run="2031-05-01")
    (remark,) = found.remarks
    assert (remark.rule, remark_sentence(remark)) == ("lapsed", "The new lock ended on 4 May 2031.")
    fuzzy = {**BAN, "closes": "2031-05-03/2031-05-04"}
    (remark,) = _compared(fuzzy, fuzzy, today="2031-05-06", last_run="2031-05-01").remarks
    assert remark_sentence(remark) == "The new lock ended (between 3 and 4 May 2031)."


@pytest.mark.parametrize("days", [{}, {"closes": None}, {"opens": "2031-05"}])
def test_what_was_only_planned_did_not_come(days: dict[str, Any]) -> None:
    work = {**BAN, "stage": "planned", "opens": "2031-05-04", **days}
    (remark,) = _compared(work, work, today="2031-06-06", last_run="2031-05-01").remarks
    assert remark_sentence(remark).endswith("nothing is known of it since.")


@pytest.mark.parametrize("stage", ["in-force", "open"])
@pytest.mark.parametrize("day", ["2031-05-04", "2031-05~"])
def test_what_is_in_force_without_an_end_goes_on_behind_its_first_day(stage: str, day: str) -> None:
    work = {"stage": stage, "opens": day}
    assert _compared(work, work, today="2031-07-06", last_run="2031-05-01").remarks == ()


def test_what_ran_and_is_over_ended_and_did_not_take_place() -> None:
    (finding,) = _compared(BAN, {**BAN, "stage": "closed"}).findings
    assert (finding.rule, sentence(finding)) == ("took-place", "The new lock ended on 4 May 2031.")
    assert short(finding, year="2031") == "The new lock ended."
    assert sentence(finding, language("uk")) == "The new lock: завершення 4 травня 2031."
    day = {"stage": "open", "opens": "2031-05-04", "closes": "2031-05-04"}
    (finding,) = _compared(day, {**day, "stage": "closed"}).findings
    assert sentence(finding) == "The new lock took place, 4 May 2031."


def test_what_may_not_have_begun_is_not_under_way() -> None:
    work = {"stage": "planned", "opens": "2031-05", "closes": "2031-06-10"}
    found = _compared(work, work, today="2031-05-03")
    assert running(found, language("en")) == ()
    assert [each.label for each in found.upcoming] == ["The new lock"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{start: opens, waiting: on-hold}", "waiting is a list of states"),
        ("{start: opens, state: stage, waiting: [on-hald]}", "the state is never on-hald"),
        ("{start: opens, state: stage, running: [shut]}", "the state is never shut"),
        ("{start: opens, waiting: [on-hold]}", "name the field of the states as state"),
        ("{start: opens, since: sinse}", "the entries have no field sinse"),
    ],
)
def test_states_are_those_of_the_field(written: str, said: str) -> None:
    (fault, *_) = kind_faults(CANAL.replace(PERIOD.strip(), written))
    assert said in fault


def test_who_announces_what_is_ahead_has_not_begun_it_however_short_the_ladder() -> None:
    short_one = CANAL.replace("running: [in-force, open], ", "").replace(
        "x-ladder: [planned, in-force, open, closed]", "x-ladder: [planned, open, closed]"
    )
    kind = kind_of(short_one)
    work = {"stage": "open", "opens": "2031-05-03", "closes": "2031-05-04"}

    def told(as_of: str) -> str:
        states = [_state(day, kind, **work) for day in ("2031-04-01", as_of)]
        context = Context(today="2031-05-06", last_run="2031-05-01")
        (remark,) = compare(states[0], states[1], kind, context=context).remarks
        return remark_sentence(remark)

    assert told("2031-05-02").endswith("nothing is known of it since.")
    assert told("2031-05-03") == "The new lock ended on 4 May 2031."
