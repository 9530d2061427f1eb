"""A claim is told as one: with its status, where that is not as firm as can be."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.comparison import Document, Finding
from monitor.model.record import replace
from monitor.model.said import Denied
from monitor.report.lines import quiet
from monitor.words import language
from monitor.words.company import is_named
from monitor.words.en import claims
from monitor.words.wording import sentence, short
from tests.unit.compare.gazette import listing, only, step, told

RED = {"house": "red", "matter": "well", "lean": "wavers", "words": "The well is ours."}


def _fair(**others: Any) -> Document:
    known = {"tag": "fair", "called": "The fair", "opens": "2031-05-03"}
    return listing("rallies", {**known, **others})


def _notice(**others: Any) -> Document:
    return listing("notices", {"tag": "n", "called": "Notice of a ford", **others})


@pytest.mark.parametrize(
    ("standing", "voices", "says"),
    [
        ("witnessed", ["ash"], "The fair is called: 3 May 2031."),
        ("printed", ["ash"], "The fair is called: 3 May 2031 (printed by Ash)."),
        ("printed", [], "The fair is called: 3 May 2031 (printed)."),
        ("rumoured", ["ash"], "The fair is called: 3 May 2031 (rumoured by Ash)."),
        ("rumoured", ["ash", "cole"], "The fair is called: 3 May 2031 (rumoured by Ash and Cole)."),
        ("rumoured", ["ash", "cole", "dale"], "The fair is called: 3 May 2031 (rumoured)."),
        ("refuted", ["ash"], "Refuted by Ash: The fair, 3 May 2031."),
        ("withdrawn", [], "Withdrawn: The fair, 3 May 2031."),
    ],
)
def test_something_new_says_how_firm_it_is(standing: str, voices: list[str], says: str) -> None:
    new = _fair(phase="called", standing=standing, voice=voices)

    assert sentence(only(step(listing("rallies"), new))) == says


def test_who_is_named_in_the_sentence_is_not_named_again() -> None:
    said = {**RED, "words": "Ash wants it.", "standing": "rumoured", "voice": ["ash"], "lean": None}

    assert told(step(listing("stances"), listing("stances", said))) == [
        "Red House now says on the well: Ash wants it (rumoured)."
    ]


def test_every_change_says_it() -> None:
    claim = {**RED, "standing": "rumoured", "voice": ["cole"]}
    old, new = listing("stances", claim), listing("stances", {**claim, "lean": "grants"})

    assert told(step(old, new)) == [
        "Red House's position on the well moves from “wavers” to “grants” (rumoured by Cole)."
    ]


def test_who_goes_is_no_claim_of_the_group() -> None:
    rumour = {"papers": ["bell1"], "standing": "rumoured"}
    ash, birch = (
        {"who": who, "part": "speaker", "standing": "rumoured"} for who in ("ash", "cole")
    )
    old, new = _fair(speakers=[ash, birch], **rumour), _fair(speakers=[birch], **rumour)

    assert told(step(old, new)) == ["Ash is no longer listed in The fair."]
    assert told(step(new, old)) == ["Ash joins The fair as a speaker (rumoured)."]


def test_a_claim_that_is_denied_is_told_as_denied() -> None:
    old = _fair(standing="printed", papers=["bell1", "horn2"], phase="called", town="Arl")
    new = _fair(standing="refuted", papers=["bell4"], phase="called", town="Arl", voice=["dale"])

    assert told(step(old, new)) == [
        "Refuted by Dale, printed before by The Horn and The Bell: The fair, 3 May 2031."
    ]


def test_a_plan_that_is_called_off_as_it_is_denied_is_one_piece_of_news() -> None:
    old = _fair(standing="rumoured", papers=["bell1"], phase="called", voice=["ash"])
    new = _fair(standing="refuted", papers=["bell4"], phase="called-off", voice=["dale"])

    assert told(step(old, new)) == [
        "Refuted by Dale, rumoured before by Ash (The Bell): The fair, 3 May 2031."
    ]
    assert len(step(new, old).findings) >= 1


def test_what_is_no_verb_stands_with_where_it_could_be_read() -> None:
    said = Denied("the pact", None, "disowned", "hearsay", "Dale", None, ["The Horn"], None)

    assert claims.denied(said) == "Disowned by Dale, hearsay in The Horn before: the pact"
    assert claims.denied(said._replace(claimed_by="Ash")) == (
        "Disowned by Dale, hearsay before, Ash (The Horn): the pact"
    )
    assert claims.denied(said._replace(papers=[])) == "Disowned by Dale, hearsay before: the pact"


def test_a_claim_that_was_withdrawn_tells_its_text() -> None:
    old = _notice(standing="rumoured", words="The ford is deep.", papers=["horn3"])
    new = _notice(standing="withdrawn", words="The ford is deep.", papers=["horn3"])

    assert told(step(old, new)) == [
        "Withdrawn, rumoured before by The Horn: Notice of a ford. The ford is deep."
    ]


def test_what_is_new_leads_where_it_is_less_firm_than_what_was_said() -> None:
    old = listing("stances", {**RED, "standing": "witnessed"})
    new = listing("stances", {**RED, "standing": "refuted", "lean": "grants"})

    assert told(step(old, new)) == [
        "Refuted: Red House's position on the well moves from “wavers” to “grants”."
    ]


def test_a_denial_is_never_left_out_of_the_shortest_form() -> None:
    new = _fair(phase="called", standing="refuted")

    assert short(only(step(listing("rallies"), new)), year="2031").startswith("Refuted: ")


def test_it_is_told_in_ukrainian_too() -> None:
    old = _fair(standing="printed", papers=["bell1"], voice=["ash"])
    new = _fair(standing="refuted", papers=["bell1"], voice=["dale"])
    claim = _fair(standing="printed", papers=["bell1"], voice=["ash"], phase="called")

    assert sentence(only(step(old, new)), language("uk")) == (
        "Refuted (Dale); раніше — printed (Ash; The Bell): The fair, 3 травня 2031."
    )
    assert sentence(only(step(listing("rallies"), claim)), language("uk")) == (
        "The fair: called (3 травня 2031; printed, Ash)."
    )


PRESS = [
    {"tag": "b1", "paper": "The Bell", "day": "2031-04-01"},
    {"tag": "e2", "paper": "Marsh Echo", "day": "2031-04-02"},
    {"tag": "u3", "paper": "publisher not named", "day": "2031-04-03"},
]


@pytest.mark.parametrize(
    ("papers", "says"),
    [
        (["b1", "e2"], "printed by Marsh Echo"),
        (["b1"], "printed by The Bell"),
        (["u3"], "printed"),
        ([], "printed"),
    ],
)
def test_the_newest_paper_that_is_named_says_what_no_person_does(
    papers: list[str], says: str
) -> None:
    new = {**_fair(phase="called", standing="printed", papers=papers), "press": PRESS}
    finding = only(step({**listing("rallies"), "press": PRESS}, new))
    assert sentence(finding) == f"The fair is called: 3 May 2031 ({says})."


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (["b1", "e2"], ["e2"], " (printed by Marsh Echo)"),
        (["b1"], ["b1", "e2"], " (printed by The Bell)"),
        (["b1"], ["e2"], " (printed)"),
    ],
)
def test_of_several_only_a_paper_that_has_them_all_is_named(
    one: list[str], other: list[str], says: str
) -> None:
    points = [
        {"matter": matter, "standing": "printed", "papers": papers}
        for matter, papers in (("well", one), ("mill", other))
    ]
    fair = _fair(phase="called", standing="witnessed")
    new = listing("rallies", {**fair["rallies"][0], "points": points})
    finding = only(step({**fair, "press": PRESS}, {**new, "press": PRESS}))
    assert sentence(finding).removesuffix(".").endswith(says)


@pytest.mark.parametrize(
    ("who", "text", "named"),
    [
        ("Dmitry Holm", "Holm wants it", True),
        ("the minister of Red", "Red wants it", False),
        ("the minister of Red", "The minister wants it, says the minister of Red", True),
        ("Ash", "The well is Ash's", True),
        ("Ash", "The well is ours", False),
    ],
)
def test_an_office_is_not_named_by_its_country_alone(who: str, text: str, named: bool) -> None:
    assert is_named(who, text) is named


def test_another_paper_does_not_stand_for_the_sources_of_the_first() -> None:
    told = finding_of(said_by="unnamed sources of the Coast Times", papers=("Irish Post",))
    own = finding_of(said_by="unnamed sources of Coast Times", papers=("Post citing Coast Times",))

    kept, named = quiet(told).beside.reserve, quiet(own).beside.reserve
    assert kept is not None
    assert kept.said_by == "unnamed sources of the Coast Times"
    assert named is not None
    assert (named.said_by, named.papers) == (None, ("Post citing Coast Times",))


def finding_of(*, said_by: str, papers: tuple[str, ...]) -> Finding:
    """One whose claim is reported so."""
    found = only(
        step(listing("rallies"), _fair(phase="called", standing="rumoured", voice=["ash"]))
    )
    reserve = found.beside.reserve
    assert reserve is not None
    told = reserve._replace(said_by=said_by, papers=papers)
    return replace(found, beside=found.beside._replace(reserve=told))
