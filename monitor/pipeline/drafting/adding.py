"""An article for a draft: its publication is written in, its sentences beside it as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from monitor.collect.reader import read_document
from monitor.errors import ExtraMissing, SnapshotRefused
from monitor.kinds.kind import Collection, Kind, SourceFields
from monitor.model.comparison import Document
from monitor.model.latin import in_latin
from monitor.model.record import Record
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.program import Program
from monitor.store.records import Draft, NewArticle, Version
from monitor.writing.articles import ArticleText
from monitor.writing.cards import Card, cards_of
from monitor.writing.facts import facts
from monitor.writing.holding import hold
from monitor.writing.ladders import ladder_of
from monitor.writing.lines import Lines
from monitor.writing.placing import Placement
from monitor.writing.put import put
from monitor.writing.shown import Shower

_LETTERS: Final = 6
"""Of a publisher's name, in the id of its publication."""


class Added(Record):
    """`source` is the id under which facts cite the article; `text` the draft with it written in.
    `known` is whether the publication was there already, `cited` whether the kind has a list of
    publications at all."""

    source: str
    text: str
    known: bool
    cited: bool
    cards: tuple[Card, ...]


def add_article(program: Program, draft: Draft, article: ArticleText) -> Added:
    """Raises MonitorError where a draft is written so that nothing can be put in."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    state = _state(program, draft, base)
    listed = publications_of(kind)
    source, known = _identity(article, listed, state, _parsed(draft.text))
    text = draft.text
    if listed is not None and not known:
        values = dict(_values(article, listed.source))
        text = put(text, Placement(path=f"{listed.path}[{source}]", values=values), kind)
    found = cards_in(article, kind, state, None if listed is None else source)
    ladder, title = ladder_of(kind), article.title or article.publisher or "an article"
    shower = Shower(Lines(kind, {one.path: one for one in facts(kind, state)}), ladder, source)
    rows = "".join(f"{row}\n" for row in shower.article(found, title))
    return Added(
        source=source,
        text=f"{_ended(text)}\n{rows}",
        known=known,
        cited=listed is not None,
        cards=found,
    )


def _state(program: Program, draft: Draft, base: Version) -> Document:
    """With what the draft says already, from other articles: that is known. A draft with faults
    says nothing."""
    try:
        return check_draft(program, draft).document
    except SnapshotRefused:
        return program.comparing.state(base).document


def kept_of(added: Added, article: ArticleText, data: bytes) -> NewArticle:
    return NewArticle(
        source=added.source,
        data=data,
        text=article.text,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
    )


def cards_in(
    article: ArticleText, kind: Kind, state: Mapping[str, Any], source: str | None
) -> tuple[Card, ...]:
    """Raises ExtraMissing without the library that compares spellings."""
    try:
        from monitor.writing.reader import marked
    except ModuleNotFoundError as error:
        raise ExtraMissing("reading articles", "writing") from error

    known = facts(kind, state)
    read = marked(article.text, _day(article), kind, state)
    return cards_of([(one, hold(one, known)) for one in read], kind, state, source)


def publications_of(kind: Kind) -> Collection | None:
    """The list whose entries facts cite (`x-source`)."""
    for collection in kind.collections.values():
        if collection.source is not None and collection.keys:
            return collection
    return None


def _day(article: ArticleText) -> date | None:
    try:
        return date.fromisoformat(article.published or "")
    except ValueError:
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
        if fields.url and article.url and entry.get(fields.url) == article.url:
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


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
