"""Dates in words become EDTF, reckoned from the day of the article: Tuesday, 17 February 2026."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.writing.cues.known import cues_of
from monitor.writing.dates import dates
from monitor.writing.marks import Place

TUESDAY = date(2026, 2, 17)


def found(text: str, today: date | None = TUESDAY, language: str = "en") -> list[str | None]:
    return [one.edtf for one in dates(text, (Place(0, len(text)),), today, cues_of(language))]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on 9 May 2025.", "2025-05-09"),
        ("They met on May 9, 2025, in Riga.", "2025-05-09"),
        ("They met on 2026-01-24.", "2026-01-24"),
        ("They met on 24.01.2026.", "2026-01-24"),
        ("Talks on Feb. 17-18 were hard.", "2026-02-17/2026-02-18"),
        ("Talks on 17–18 February were hard.", "2026-02-17/2026-02-18"),
        ("Talks on 17 and 18 February were hard.", "2026-02-17/2026-02-18"),
        ("The round of 30 January to 2 February failed.", "2026-01-30/2026-02-02"),
        ("From December 30 to January 2 nobody met.", "2025-12-30/2026-01-02"),
        ("Nothing since Monday.", "2026-02-16"),
        ("They arrived on Tuesday.", "2026-02-17"),
        ("They will meet on Friday.", "2026-02-20"),
        ("They met on Friday.", "2026-02-13"),
        ("He spoke last Thursday.", "2026-02-12"),
        ("He speaks next Thursday.", "2026-02-19"),
        ("He spoke yesterday.", "2026-02-16"),
        ("He speaks tomorrow.", "2026-02-18"),
        ("A round next week is possible.", "2026-02-23/2026-03-01"),
        ("It is due next month.", "2026-03"),
        ("It failed last year.", "2025"),
        ("It ends in early March.", "2026-03~"),
        ("By the end of April it is over.", "2026-04~"),
        ("In December 2025 they signed.", "2025-12"),
        ("They began in December.", "2025-12"),
        ("They will vote in May.", "2026-05"),
        ("He left three days ago.", "2026-02-14"),
        ("They return in two weeks.", "2026-03-03~"),
        ("The war ends in 2027.", "2027"),
        ("It was signed over the weekend.", "2026-02-14/2026-02-15"),
    ],
)
def test_what_an_agency_writes_is_read(text: str, edtf: str) -> None:
    assert found(text) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Зустріч відбулася 16 лютого.", "2026-02-16"),
        ("Раунд 17–18 лютого завершено.", "2026-02-17/2026-02-18"),
        ("Він заявив у вівторок.", "2026-02-17"),
        ("Переговори будуть наступного тижня.", "2026-02-23/2026-03-01"),
        ("Він виїхав учора.", "2026-02-16"),
    ],
)
def test_what_is_written_in_ukrainian_is_read(text: str, edtf: str) -> None:
    assert found(text, language="uk") == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "They may 5 times over sat down and march on.",
        "The sun sat on the second chair.",
        "Paragraph 31.02.2026 is no day, nor is 30 February 2026.",
        "They left for gate 12.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_without_a_date_of_its_own_an_article_has_only_whole_dates() -> None:
    assert found("On 9 May 2025, on Monday and on 3 June.", None) == ["2025-05-09", None, None]
