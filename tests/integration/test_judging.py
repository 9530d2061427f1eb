"""The counting that docs/reading.md rests on: what is a telling, and when something is told."""

from __future__ import annotations

import pytest

from tests.judging.developments import Before, Development, Step
from tests.judging.tellings import block_of, tellings_of, words_of
from tests.judging.verdicts import Counted, counted

DIGEST = """\
DAILY DIGEST · 3 MAY 2031

The choir of Vellmar
====================

Compared with 1 May 2031. 2
findings.

IN SHORT

* Ida Berg joins.

SINGERS

[major] Ida Berg joins the altos on 4–5 May
  2031.
  reported, Jo Lund [1] [2]

* The rehearsal is on 7 May.

SMALLER CHANGES

Notes
* The score now has 12.5 pages. [2]
* The rehearsal has begun.

SOURCES

[1] Courier, 2 May https://courier.example/1
[2] Choir

--
You follow the choir.
"""


def _counted(*words: str, matters: bool = True) -> Counted:
    noted = Development(
        told="It is so.", words=tuple(tuple(word.split("|")) for word in words), matters=matters
    )
    step = Step(old="1", new="2", before=Before(words=0, findings=0), developments=(noted,))
    return counted(step, DIGEST)


def test_a_digest_is_taken_apart_into_what_it_tells() -> None:
    told = tellings_of(DIGEST)
    assert [each.text for each in told if each.heading == "SINGERS"] == [
        "Ida Berg joins the altos on 4–5 May 2031. reported, Jo Lund",
        "The rehearsal is on 7 May.",
    ]
    assert [each.text for each in told if each.is_finding and not each.strong] == [
        "The rehearsal is on 7 May.",
        "The score now has 12.5 pages.",
        "The rehearsal has begun.",
    ]
    assert block_of(DIGEST) == "Ida Berg joins."


def test_the_list_of_sources_is_not_counted_as_words_to_read() -> None:
    sources = "SOURCES\n\n[1] Courier, 2 May https://courier.example/1\n"
    assert words_of(f"Ida Berg joins. [1]\n\n{sources}\n--\nYou follow the choir.\n") == 7


@pytest.mark.parametrize(
    ("words", "tellings"),
    [
        (("ida berg", "altos"), 1),
        (("Ida Berg", "sopranos|altos"), 1),
        (("Ida Berg", "rehearsal"), 2),
        (("4 May", "5 May"), 1),
        (("12.5",), 1),
        (("12",), 0),
        (("Ida Berg", "tenors"), 0),
        (("er",), 0),
    ],
)
def test_a_development_is_told_where_all_its_words_stand(
    words: tuple[str, ...], tellings: int
) -> None:
    (match,) = _counted(*words).matches
    assert len(match.tellings) == tellings
    assert match.missed == (tellings == 0)


def test_only_what_matters_counts_above_the_fold() -> None:
    assert _counted("altos").strong_that_matter == 1
    assert _counted("altos", matters=False).strong_that_matter == 0
    assert _counted("pages").strong_that_matter == 0
