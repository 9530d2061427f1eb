"""Names, quotations and sentences in articles about talks that nobody holds."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.writing.index import Index
from monitor.writing.known import KnownName
from monitor.writing.marking import Reader, mark
from monitor.writing.marks import Named, Sentence

LADDER = ("denied", "claimed", "reported", "expected", "announced", "confirmed")


def person(key: str, *forms: str) -> KnownName:
    return KnownName(Named("people", key), forms, person=True)


def party(key: str, *forms: str) -> KnownName:
    return KnownName(Named("parties", key), forms, person=False)


READER = Reader(
    index=Index(
        [
            person("holm", "Vera Holm"),
            person("stahl", "Igor Stahl", "Ihor Stal"),
            person("brandt", "Ilya Brandt"),
            person("koval", "Oleksandr Kovalskyi"),
            person("ash-d", "Dina Ash"),
            person("ash-p", "Peter Ash"),
            party("red", "Redland", "Port Royal"),
            party("us", "United States", "US", "Washington"),
            KnownName(Named("issues", "quota"), ("fishing quotas",), person=False),
            KnownName(Named("rounds.city", "Riga"), ("Riga",), person=False),
        ]
    ),
    speakers=frozenset({"people"}),
    ladder=LADDER,
)


def marked(text: str) -> tuple[Sentence, ...]:
    return mark(text, date(2026, 5, 3), READER)


def names(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (one.text, tuple(each.key for each in one.entities))
        for sentence in marked(text)
        for one in sentence.names
    ]


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Vera Holm said so.", "Vera Holm", "holm"),
        ("On Monday Holm said so.", "Holm", "holm"),
        ("Foreign Minister Vera Holm said so.", "Vera Holm", "holm"),
        ("Mr. Stahl's plan failed.", "Stahl", "stahl"),
        ("They met V. Holm there.", "V. Holm", "holm"),
        ("They met Ilja Brandt there.", "Ilja Brandt", "brandt"),
        ("They met Alexander Kovalsky there.", "Alexander Kovalsky", "koval"),
        ("Команду очолить Ковальський.", "Ковальський", "koval"),
        ("Усі чули слова Ковальського.", "Ковальського", "koval"),
        ("The Redlandian team came.", "Redlandian", "red"),
        ("The U.S. team came.", "U.S.", "us"),
        ("the fishing quota is small", "fishing quota", "quota"),
        ("They meet in Riga.", "Riga", "Riga"),
        ("They meet in Port\nRoyal.", "Port\nRoyal", "red"),
    ],
)
def test_a_known_name_is_found_however_it_is_spelt(text: str, name: str, key: str) -> None:
    assert (name, (key,)) in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met Oskar Lind there.", "Oskar Lind"),
        ("Deputy minister Oskar Lind joined.", "Oskar Lind"),
        ("They met Nora Holm there.", "Nora Holm"),
        ("They met Olena Kovalska there.", "Olena Kovalska"),
        ("They fly to Oslo.", "Oslo"),
        ("They met Jan van der Berg there.", "Jan van der Berg"),
    ],
)
def test_somebody_new_is_nobody_known(text: str, name: str) -> None:
    assert (name, ()) in names(text)


def test_a_last_name_that_two_have_means_whom_the_article_named_in_full() -> None:
    assert names("Ash left.") == [("Ash", ("ash-d", "ash-p"))]
    assert names("Peter Ash came. Later Ash left.")[-1] == ("Ash", ("ash-p",))


@pytest.mark.parametrize(
    "text",
    ["Tell us more.", "However, nobody came.", "Talks go on.", "On Tuesday in May it rained."],
)
def test_a_capital_alone_is_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We agree," Holm said.', "Holm"),
        ("“We agree,” said Ilya Brandt, who leads the team.", "Ilya Brandt"),
        ("Holm told Brandt: “We agree.”", "Holm"),
        ("Holm came. “We agree,” she said.", "Holm"),
        ("«Ми згодні», — заявив Ковальський.", "Ковальський"),
    ],
)
def test_a_quotation_has_its_speaker(text: str, speaker: str) -> None:
    [quote] = [one for sentence in marked(text) for one in sentence.quotes]
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


def test_sentences_end_where_they_end() -> None:
    text = (
        "GENEVA, Feb. 17 (Wire) - Lt. Gen. A. Holm came at 5 p.m. on Tuesday. “No. We stay. Full "
        "stop,” Mr. Brandt said. The U.S. team left\n\nA heading\nIt rained."
    )
    assert [one.text[:12] for one in marked(text)] == [
        "GENEVA, Feb.",
        "“No. We stay",
        "The U.S. tea",
        "A heading\nIt",
    ]


def test_words_of_status_are_rungs_of_the_ladder() -> None:
    [sentence] = marked("Holm denied reports that a round was expected in Riga.")
    assert [one.rung for one in sentence.statuses] == ["denied", "reported", "expected"]


def test_every_mark_stands_where_it_says() -> None:
    text = "“Yes,” Holm’s aide said on 9 May 2026 in Riga; 15–20 boats, up to 30%, may sail."
    for sentence in marked(text):
        assert sentence.text == text[slice(*sentence.place)]
        found = [(one.place, one.text) for one in sentence.names]
        found += [(one.place, one.text) for one in sentence.quotes]
        found += [(one.place, one.text) for one in sentence.numbers]
        found += [(one.place, one.text) for one in sentence.dates]
        found += [(one.place, one.text) for one in sentence.statuses]
        assert all(written == text[slice(*place)] for place, written in found)
