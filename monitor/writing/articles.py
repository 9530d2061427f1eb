"""The text of an article: plain, from HTML, or as a program took it out of a PDF."""

from __future__ import annotations

import html
from typing import Final

from monitor.errors import ExtraMissing, MonitorError
from monitor.model.patterns import regex
from monitor.model.record import Record

MOST: Final = 300_000
"""Letters of the longest text that is read as an article: some fifty pages of a paper."""
_MARKUP: Final = regex(
    rb"(?i)\A\s*(?:<!doctype\s+html|<html|<\?xml|<head|<body|<article|<div|<p[ >])"
)
_HYPHEN: Final = regex(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zа-яіїєґ])")
_BLANK: Final = regex(r"\n[ \t]*(?:\n[ \t]*)+")


class ArticleText(Record):
    """What is read, and what a page says of itself; None where it says nothing."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


def text_of(data: bytes, *, name: str) -> ArticleText:
    """Raises MonitorError for what is no text or holds none or too much, ExtraMissing for HTML
    without the library that reads it."""
    read = _read(data, name)
    if len(read.text) > MOST:
        raise MonitorError(f"{name}: {len(read.text)} letters; an article has {MOST} at most")
    return read


def _read(data: bytes, name: str) -> ArticleText:
    if data.startswith(b"%PDF"):
        raise MonitorError(f"{name}: a PDF; give its text, such as pdftotext makes it")
    if _MARKUP.match(data[:2000]):
        return _of_html(data, name)
    try:
        plain = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MonitorError(f"{name}: no UTF-8 text at octet {error.start}") from error
    if "\x00" in plain or not plain.strip():
        raise MonitorError(f"{name}: there is no text in it")
    return ArticleText(text=_tidy(plain))


def _tidy(text: str) -> str:
    """Pages of a PDF as paragraphs, words that were broken at the end of a line whole again."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    return _BLANK.sub("\n\n", _HYPHEN.sub("", pages)).strip() + "\n"


def _of_html(data: bytes, name: str) -> ArticleText:
    try:
        import trafilatura
    except ModuleNotFoundError as error:
        raise ExtraMissing(f"{name} is HTML", "writing") from error
    found = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    page = found if found is None or isinstance(found, dict) else found.as_dict()
    if page is None or not page.get("text"):
        raise MonitorError(f"{name}: no article was found in this page; give its text")
    return ArticleText(
        text=_tidy(html.unescape(page["text"]).replace("\n", "\n\n")),
        title=page.get("title") or None,
        publisher=page.get("sitename") or page.get("hostname") or None,
        published=page.get("date") or None,
        url=page.get("url") or None,
    )
