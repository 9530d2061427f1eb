"""Articles as they come: text, the text of a PDF, pages."""

from __future__ import annotations

import pytest

from monitor.errors import MonitorError
from monitor.writing.articles import text_of


def test_the_text_of_a_pdf_has_whole_words_and_paragraphs() -> None:
    data = b"The delega-\ntion came.\r\n\r\n\r\nPage two\fbegins.\n"
    assert text_of(data, name="a.txt").text == "The delegation came.\n\nPage two\n\nbegins.\n"


def test_a_mark_of_order_and_cyrillic_are_text() -> None:
    assert text_of("\ufeffПереговори тривають.".encode(), name="a").text == "Переговори тривають.\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "pdftotext"),
        (b"\xff\xfe\x00a", "no UTF-8 text at octet 0"),
        (b"  \n ", "no text"),
        (b"a\x00b", "no text"),
    ],
)
def test_what_is_no_text_is_refused_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(MonitorError, match=said):
        text_of(data, name="a")
