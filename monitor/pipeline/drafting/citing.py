"""The publication of an article: its id, and its entry in the draft's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.collect.reader import read_document
from monitor.kinds.kind import Collection, Kind, SourceFields
from monitor.model.latin import in_latin
from monitor.model.tuples import NamedTuple
from monitor.writing.articles import ArticleText
from monitor.writing.pages import same_page
from monitor.writing.placing import Placement
from monitor.writing.put import put

_LETTERS: Final = 6
"""Of a publisher's name, in the id of its publication."""


class Citing(NamedTuple):
    """`source` is the id under which facts cite it, `known` whether it was there already, `text`
    the draft's with it."""

    source: str
    known: bool
    text: str


def cite(text: str, article: ArticleText, kind: Kind, state: Mapping[str, Any]) -> Citing:
    """Raises MonitorError where the text is written so that nothing can be put in. In a kind
    without publications the id is a name for the article alone."""
    listed = publications_of(kind)
    source, known = _identity(article, listed, state, _parsed(text))
    if listed is not None and not known:
        values = dict(_values(article, listed.source))
        text = put(text, Placement(path=f"{listed.path}[{source}]", values=values), kind)
    return Citing(source, known, text)


def publications_of(kind: Kind) -> Collection | None:
    """The list whose entries facts cite (`x-source`)."""
    for collection in kind.collections.values():
        if collection.source is not None and collection.keys:
            return collection
    return None


def _parsed(text: str) -> dict[str, Any]:
    document = read_document(text.encode(), name="draft").document
    return document if isinstance(document, dict) else {}


def _identity(
    article: ArticleText,
    listed: Collection | None,
    state: Mapping[str, Any],
    document: Mapping[str, Any],
) -> tuple[str, bool]:
    """That of the same address; else a new one, of the publisher's letters and the day."""
    if listed is None:
        return next(_names(article)), False
    key, fields = listed.keys[0][0], listed.source
    assert fields is not None
    there = [each for part in (state, document) for each in _list(part.get(listed.path))]
    entries = [entry for entry in there if isinstance(entry, Mapping)]
    for entry in entries:
        if fields.url and article.url and same_page(str(entry.get(fields.url)), article.url):
            return str(entry[key]), True
    taken = {str(entry.get(key)) for entry in entries}
    return next(one for one in _names(article) if one not in taken), False


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(article: ArticleText) -> Iterator[str]:
    words = in_latin(article.publisher or "source")
    letters = "".join(one for one in words if one.isascii() and one.isalnum())[:_LETTERS]
    day = (article.published or "")[5:].replace("-", "")[:4]
    plain = f"{letters or 'source'}{day}"
    yield plain
    for number in range(2, 10_000):
        yield f"{plain}-{number}"


def _values(article: ArticleText, fields: SourceFields | None) -> Iterator[tuple[str, str]]:
    assert fields is not None
    given = (
        (fields.publisher, article.publisher),
        (fields.title, article.title),
        (fields.url, article.url),
        (fields.published, article.published),
    )
    return ((name, " ".join(value.split())) for name, value in given if name and value)
