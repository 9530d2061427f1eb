"""Which sources are told: those of the value that is told, the newest first."""

from __future__ import annotations

from monitor.compare.history import fact_history
from tests.unit.compare.gazette import FEUD, listing, only, state, step, told


def _rally(*papers: str, **others: object) -> dict[str, object]:
    return {"tag": "fair", "called": "The fair", "town": "Arl", "papers": list(papers), **others}


def test_what_was_cited_for_the_old_value_is_left_out() -> None:
    old = listing("rallies", _rally("bell1", "horn2"))
    new = listing("rallies", _rally("bell1", "horn3", "bell4", "horn2", town="Brom"))

    assert only(step(old, new)).provenance.sources == ("bell4", "horn3")


def test_without_a_new_source_those_that_stand_are_told() -> None:
    old = listing("rallies", _rally("bell1", "horn2"))
    new = listing("rallies", _rally("horn2", town="Brom"))

    assert only(step(old, new)).provenance.sources == ("horn2",)


def test_the_newest_come_first_and_those_without_a_date_last() -> None:
    new = listing("rallies", _rally("bell1", "horn9", "bell5"))

    assert only(step(listing("rallies"), new)).provenance.sources == ("horn9", "bell5", "bell1")


def test_a_page_that_listed_somebody_is_no_source_for_their_going() -> None:
    ash = {"who": "ash", "part": "speaker", "papers": ["bell1", "horn2"]}
    birch = {"who": "birch", "part": "speaker", "papers": ["bell1"]}
    old = listing("rallies", _rally("bell1", speakers=[ash, birch]))
    quiet = listing("rallies", _rally("bell1", "horn2", speakers=[birch]))
    fresh = listing("rallies", _rally("bell1", "horn4", speakers=[birch]))

    for new, sources in ((quiet, ()), (fresh, ("horn4",))):
        (left,) = (each for each in step(old, new).findings if each.rule == "left")
        assert left.provenance.sources == sources


def test_of_a_group_those_who_came_are_vouched_for() -> None:
    ash = {"who": "ash", "part": "speaker", "papers": ["bell1"]}
    birch = {"who": "birch", "part": "speaker", "papers": ["bell4", "horn5"]}
    old = listing("rallies", _rally("bell1", speakers=[ash]))
    new = listing("rallies", _rally("bell1", speakers=[birch]))

    assert only(step(old, new)).provenance.sources == ("horn5", "bell4")


def _quarrel(source: str, value: object = "Brom", field: str = "town") -> dict[str, object]:
    return {"field": field, "source": source, "value": value}


def test_a_claim_older_than_what_is_told_is_history() -> None:
    quarrels = [_quarrel("bell1"), _quarrel("bell3", "Cud")]
    old = listing("rallies", _rally("bell2", otherwise=quarrels))
    new = listing("rallies", _rally("horn3", phase="called", otherwise=quarrels))

    finding = only(step(old, new))

    assert [(each.value, each.source_id) for each in finding.disputed] == [("Cud", "bell3")]


def test_an_old_claim_stands_while_a_new_source_repeats_it() -> None:
    quarrels = [_quarrel("bell1"), _quarrel("horn4")]
    old = listing("rallies", _rally("bell2", otherwise=quarrels))
    new = listing("rallies", _rally("horn3", phase="called", otherwise=quarrels))

    assert len(only(step(old, new)).disputed) == 2


def test_a_claim_that_comes_too_late_is_no_news() -> None:
    old = listing("rallies", _rally("horn3"))
    late, fresh = _quarrel("bell1"), _quarrel("bell5", "Cud")

    assert told(step(old, listing("rallies", _rally("horn3", otherwise=[late])))) == []
    both = step(old, listing("rallies", _rally("horn3", otherwise=[late, fresh])))
    assert told(both) == ["Sources disagree on The fair: town. The Bell, 5 March 2031: Cud."]


def test_the_history_of_a_fact_keeps_what_was_overtaken() -> None:
    old = listing("rallies", _rally("bell2", otherwise=[_quarrel("bell1")]))
    new = listing("rallies", _rally("horn3", otherwise=[_quarrel("bell1"), _quarrel("horn4")]))
    states = [state(old, "2031-04-01"), state(new, "2031-04-02")]

    (town,) = fact_history(states, FEUD, "rallies[fair].town")
    (name,) = fact_history(states, FEUD, "rallies[fair].called")

    assert [each.source_id for each in town.disputed] == ["bell1", "horn4"]
    assert name.disputed == ()


def test_one_more_source_for_what_is_disputed_already_is_no_news() -> None:
    old = listing("rallies", _rally("bell2", otherwise=[_quarrel("bell1")]))
    same = listing("rallies", _rally("bell2", otherwise=[_quarrel("bell1"), _quarrel("horn3")]))
    assert told(step(old, same)) == []
    other = {**_quarrel("horn3"), "value": "Gant"}
    new = listing("rallies", _rally("bell2", otherwise=[_quarrel("bell1"), other]))
    (said,) = told(step(old, new))
    assert "Gant" in said
