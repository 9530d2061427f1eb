"""Who is named where nobody is known to say what is not as firm as can be."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.comparison import Finding, Publication
from monitor.model.publishers import publisher_of
from monitor.model.said import NOTHING_BESIDE, Added, OwnWords, Reserve
from monitor.report.shortening import with_reserve
from monitor.words import ENGLISH, language
from monitor.words.clauses import first_hand
from monitor.words.wording import sentence
from tests.digests import finding


def _found(status: str, text: str = "The weir gives way.", **given: Any) -> Finding:
    plain: dict[str, Any] = {"lowest": False, "said_by": None, "papers": ("Marsh Echo",)}
    reserve = Reserve(status, **{**plain, **given})
    said = Added("x", None, "Notes", [], text)
    own = OwnWords("{words}", {"words": text})
    return finding("added", said, beside=NOTHING_BESIDE._replace(own_words=own, reserve=reserve))


@pytest.mark.parametrize(
    ("status", "given", "told"),
    [
        ("reported", {}, "The weir gives way (reported by Marsh Echo)."),
        ("rumoured", {}, "The weir gives way (rumoured, Marsh Echo)."),
        ("on paper", {"papers": ("Fen citing Bell",)}, "The weir gives way (on paper, Bell)."),
        ("reported", {"said_by": "Una Reed"}, "The weir gives way (reported by Una Reed)."),
        ("claimed", {"said_by": "Una Reed, Bo Elm, Ivo Ash"}, "The weir gives way (claimed)."),
        ("reported", {"papers": ()}, "The weir gives way (reported)."),
        ("disowned", {"lowest": True}, "Disowned (Marsh Echo): The weir gives way."),
    ],
)  # fmt: skip
def test_the_paper_is_named_where_no_person_is(
    status: str, given: dict[str, Any], told: str
) -> None:
    assert sentence(_found(status, **given)) == told


@pytest.mark.parametrize(
    ("status", "said_by", "text", "told"),
    [
        ("reported", None, "Marsh Echo saw the weir.", "Marsh Echo saw the weir (reported)."),
        ("reported", "Una Reed", "Reed met Elm.", "Reed met Elm (reported by Marsh Echo)."),
        ("claimed", "Una Reed", "Reed met Elm.", "Reed met Elm (claimed)."),
        ("expected", None, "Rain is expected.", "Rain is expected, according to Marsh Echo."),
    ],
)
def test_whom_the_text_names_is_not_named_again(
    status: str, said_by: str | None, text: str, told: str
) -> None:
    assert sentence(_found(status, text, said_by=said_by)) == told


def test_both_languages_name_it() -> None:
    told = sentence(_found("за повідомленнями"), language("uk"))
    assert told == "The weir gives way (за повідомленнями, Marsh Echo)."
    told = sentence(_found("reported", "Reed met Elm.", said_by="Una Reed"), language("uk"))
    assert told == "Reed met Elm (reported, Marsh Echo)."


def test_what_is_cut_short_names_it_but_for_a_person_it_puts_no_paper() -> None:
    assert with_reserve("The weir.", _found("reported"), ENGLISH) == (
        "The weir (reported by Marsh Echo)."
    )
    assert with_reserve("The weir.", _found("claimed", said_by="Una Reed"), ENGLISH) == (
        "The weir (claimed)."
    )


@pytest.mark.parametrize(
    ("publisher", "first"),
    [
        ("Fen Post citing the Bell", "the Bell"),
        ("fen.example (copy of The Bell)", "The Bell"),
        ("Фен пост із посиланням на Дзвін", "Дзвін"),
        ("The Bell via Fen Post & Co", "The Bell"),
        ("The Bell, republished by Fen Post", "The Bell"),
        ("Fen Post (Bell Wire)", "Fen Post"),
        ("The Bell", "The Bell"),
        ("(Bell)", "(Bell)"),
    ],
)  # fmt: skip
def test_who_had_it_first_is_read_from_a_publishers_name(publisher: str, first: str) -> None:
    assert first_hand(publisher) == first


@pytest.mark.parametrize(
    ("publisher", "url", "named"),
    [
        ("The Bell", "https://fen.example/1", "The Bell"),
        (None, "https://www.fen.example/1", "fen.example"),
        ("publisher not named", "https://fen.example/1", "fen.example"),
        ("Unknown", None, None),
        ("не названо", None, None),
        ("The Unknown Times", None, "The Unknown Times"),
        (None, "javascript:alert(1)", None),
        (None, "https://[", None),
        ("", None, None),
    ],
)
def test_a_publisher_that_is_not_named_is_the_host(
    publisher: str | None, url: str | None, named: str | None
) -> None:
    assert publisher_of(Publication(id="x", publisher=publisher, url=url)) == named
