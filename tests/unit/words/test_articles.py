"""English names with an article: within sentences, and never in the text of a snapshot."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.errors import MonitorError
from monitor.model.comparison import State, VersionRef
from monitor.model.record import replace
from monitor.model.said import NOTHING_BESIDE, Added, Converged, Joined, OwnWords
from monitor.words import language
from monitor.words.en.articles import named
from monitor.words.wording import remark_sentence, sentence, short
from tests.digests import converged, finding
from tests.reading import kind_of

NAMES = [
    ("United States", "the United States"),
    ("United States' delegation", "the United States' delegation"),
    ("United Kingdom on fish", "the United Kingdom on fish"),
    ("Netherlands, host", "the Netherlands, host"),
    ("United States Steel", "United States Steel"),
    ("Ukraine's delegation", "Ukraine's delegation"),
    ("the United Kingdom", "the United Kingdom"),
    ("Meeting in the United States", "Meeting in the United States"),
    ("Northern League on the toll", "the Northern League on the toll"),
    ("Republic of Vellmar's team", "the Republic of Vellmar's team"),
    ("Ministry of Tolls and Bridges", "the Ministry of Tolls and Bridges"),
    ("Council of elders", "the Council of elders"),
    ("Isles (observer)", "the Isles (observer)"),
    ("Lunden Isles, host", "the Lunden Isles, host"),
    ("Highlands", "the Highlands"),
    ("Parliament", "Parliament"),
    ("Union Square", "Union Square"),
    ("United States envoys in Riga", "United States envoys in Riga"),
    ("Neil Rowlands", "Neil Rowlands"),
    ("Ida Berg of the Union", "Ida Berg of the Union"),
    ("union of bakers", "union of bakers"),
    ("The Isles' offer of gauges", "the Isles' offer of gauges"),
    ("The Bell", "The Bell"),
    ("Our Union", "Our Union"),
    ("A Northern League on Tarn", "A Northern League on Tarn"),
]


@pytest.mark.parametrize(("name", "within"), NAMES)
def test_a_name_takes_its_article_within_a_sentence(name: str, within: str) -> None:
    assert named(name) == within


def test_a_sentence_has_the_article_in_the_middle_and_at_its_start() -> None:
    joins = finding("joined", Joined("Ida Berg", "United Kingdom's team", role=None, single=False))
    assert sentence(joins) == "Ida Berg joins the United Kingdom's team."
    assert short(joins, year="2031") == "Ida Berg joins the United Kingdom's team."
    party = finding("joined", Joined("United Nations", "Friends of Vellmar", None, single=False))
    assert sentence(party) == "The United Nations joins Friends of Vellmar."


def test_a_wording_of_the_kind_has_it_too_but_prose_stays_as_it_was_written() -> None:
    text = "United Kingdom in two minds: it will neither pay nor go."
    said = Added("United Kingdom's line", None, "Lines", facts=[], text=text)
    own = OwnWords(
        "{party} on {what}: {text}", {"party": "United Kingdom", "what": "fish", "text": text}
    )
    beside = NOTHING_BESIDE._replace(own_words=own)
    assert sentence(finding("added", said, beside=beside)) == f"The United Kingdom on fish: {text}"


def test_a_remark_has_it_and_another_language_none() -> None:
    said = Converged("fish", ["Ostmark", "Lunden Isles"], 9, 4, "percent", moved=["Ostmark"])
    remark = replace(converged(), said=said)
    assert "to the Lunden Isles" in remark_sentence(remark)
    assert "the " not in remark_sentence(remark, language("uk"))


REGATTA = kind_of(
    """\
    title: Regatta
    type: object
    additionalProperties: false
    properties:
      crews:
        type: array
        x-key: [club]
        items:
          x-label: "{club}'s crew"
          type: object
          additionalProperties: false
          properties: {club: {type: string, x-ref: clubs}, oars: {type: integer}}
      clubs:
        type: array
        x-key: [id]
        x-article: [Gannet]
        items:
          x-label: "{name}"
          x-aliases: others
          type: object
          additionalProperties: false
          properties:
            id: {type: string}
            name: {type: string}
            others: {type: array, items: {type: string}}
    """
)


@pytest.mark.parametrize(
    ("club", "said"),
    [
        ({"name": "Gannet"}, "The Gannet's crew: oars change from 4 to 8."),
        ({"name": "Terns", "others": ["the Terns"]}, "The Terns' crew: oars change from 4 to 8."),
        ({"name": "Skua", "others": ["Skuas"]}, "Skua's crew: oars change from 4 to 8."),
    ],
)
def test_a_kind_or_another_name_tells_of_an_article_that_nothing_shows(
    club: dict[str, Any], said: str
) -> None:
    old, new = (
        State(
            ref=VersionRef(situation="regatta", as_of=day, content_hash=day),
            document={"clubs": [{"id": "c", **club}], "crews": [{"club": "c", "oars": oars}]},
        )
        for day, oars in (("2031-04-01", 4), ("2031-04-08", 8))
    )
    (found,) = compare(old, new, REGATTA).findings

    assert sentence(found) == said


def test_an_article_is_a_list_of_names() -> None:
    with pytest.raises(MonitorError, match=r"x-article: write a list of names"):
        kind_of(
            """\
            title: Regatta
            type: object
            properties:
              clubs: {type: array, x-key: [id], x-article: the, items: {properties: {id: {}}}}
            """
        )
