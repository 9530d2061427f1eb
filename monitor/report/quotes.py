"""The words that a finding rests on, as a reader sees them and follows them to their article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from monitor.model.comparison import Finding, Significance
from monitor.model.quotation import Quotation, quotations_of
from monitor.model.record import replace
from monitor.model.text import visible, web_link
from monitor.report.view import LinkView, SourceView
from monitor.report.voice import Voice

_SHORT: Final = 160
"""Letters of a quotation in a mail; a page has all of it."""
_LONG: Final = 2000
_WORDS: Final = 4
"""Words by which a browser finds where a quotation begins, and where it ends."""


def quotes_of(finding: Finding, voice: Voice) -> tuple[LinkView, ...]:
    """Of a mail one, of what matters, while there is room; else one of each publication."""
    limits = voice.limits
    if limits.brief and (finding.significance < Significance.MAJOR or limits.terse):
        return ()
    found = tuple(_views(finding, voice))
    return found[-1:] if limits.brief else found


def led(sources: tuple[SourceView, ...], finding: Finding, voice: Voice) -> tuple[SourceView, ...]:
    """Sources as they are cited, each leading to its words: that takes no room in a mail."""
    known = quotations_of(voice.quotations, finding.path, finding.provenance.sources)
    cited = voice.citations.cited
    words = {cited[one.source].number: one.quote for one in known if one.source in cited}
    return tuple(
        replace(one, url=found_at(one.url, words[one.number])) if one.number in words else one
        for one in sources
    )


def _views(finding: Finding, voice: Voice) -> Iterator[LinkView]:
    told: set[str] = set()
    for one in quotations_of(voice.quotations, finding.path, finding.provenance.sources):
        if one.quote not in told:
            told.add(one.quote)
            yield _view(one, voice)


def _view(one: Quotation, voice: Voice) -> LinkView:
    words = visible(one.quote, _SHORT if voice.limits.brief else _LONG)
    source = voice.citations.known.get(one.source)
    name = voice.citations.name(one.source) or one.source
    url = web_link(source.url) if source is not None else None
    return LinkView(text=voice.language.series.quoted(words, name), url=found_at(url, one.quote))


def found_at(url: str | None, words: str) -> str | None:
    """A link that opens the page where these words stand (the text fragments of the WICG draft
    "URL Fragment Text Directives"); a browser that knows none opens the page."""
    if url is None or "#" in url:
        return url
    found = words.split()
    ends = [found] if len(found) <= 2 * _WORDS else [found[:_WORDS], found[-_WORDS:]]
    parts = (quote(" ".join(each), safe="").replace("-", "%2D") for each in ends)
    return f"{url}#:~:text={','.join(parts)}"
