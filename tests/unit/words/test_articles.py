"""English names with an article: within sentences, and never in the text of a snapshot."""

from __future__ import annotations

import pytest

from monitor.model.record import replace
from monitor.model.said import NOTHING_BESIDE, Added, Converged, Joined, OwnWords
from monitor.words import language
from monitor.words.en.articles import named
from monitor.words.wording import remark_sentence, sentence, short
from tests.digests import converged, finding

NAMES = [
    ("United States", "the United States"),
    ("United States' delegation", "the United States' delegation"),
    ("United Kingdom on fish", "the United Kingdom on fish"),
    ("Netherlands, host", "the Netherlands, host"),
    ("United States Steel", "United States Steel"),
    ("Ukraine's delegation", "Ukraine's delegation"),
    ("the United Kingdom", "the United Kingdom"),
    ("Meeting in the United States", "Meeting in the United States"),
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
    said = Converged("fish", ["Ostmark", "Philippines"], 9, 4, "percent", moved=["Ostmark"])
    remark = replace(converged(), said=said)
    assert "to the Philippines" in remark_sentence(remark)
    assert "the " not in remark_sentence(remark, language("uk"))
