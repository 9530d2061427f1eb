"""What a plan says in place of its days, and where it was to be, in the sentence."""

from __future__ import annotations

import pytest

from monitor.model.comparison import MISSING
from monitor.model.said import NOTHING_BESIDE, Added, Detail, Part, Slipped
from monitor.words.en import entries as english
from monitor.words.en import plans
from monitor.words.en.shorts import short
from monitor.words.uk import entries as ukrainian
from monitor.words.uk import plans as ukrainian_plans

FAIR = Added("The third fair", None, "Fairs", text=None, facts=[], state="planned")
SOON = NOTHING_BESIDE._replace(parts=(Part("Ways", "Time", "Before the thaw.", [], aspect=True),))


def test_a_plan_without_days_says_when_in_its_sentence() -> None:
    told = "The third fair is planned; time: before the thaw"
    assert english.added(FAIR, SOON) == told
    assert short(FAIR, SOON, "2041") == told
    assert english.after_added(FAIR, SOON) == ""
    assert ukrainian.added(FAIR, SOON).endswith("; time: before the thaw")
    assert ukrainian.after_added(FAIR, SOON) == ""


def test_a_plan_with_days_says_that_below() -> None:
    dated = FAIR._replace(dates=["2041-03-02", None])
    assert "thaw" not in english.added(dated, SOON)
    assert "thaw" in english.after_added(dated, SOON)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("The fair in Riva", "town so far Tarn"),
        ("The spring fair", "town changes from Tarn to Riva"),
    ],
)
def test_a_place_that_the_name_has_is_not_told_as_new(label: str, told: str) -> None:
    town = Detail("Town", "town", of=MISSING, before="Tarn", after="Riva")
    beside = NOTHING_BESIDE._replace(details=(town._replace(fact=True),))
    said = Slipped(label, ["2041-03-02", None], ["2041-03-05", None])
    assert plans.slipped(said, beside).endswith(f"; {told}")
    uk = ukrainian_plans.slipped(said, beside)
    assert uk.endswith("досі — Tarn") is told.startswith("town so far")
