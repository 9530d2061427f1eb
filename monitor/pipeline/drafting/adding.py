"""An article for a draft: its publication is written in, its sentences beside it as comments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from monitor.errors import ExtraMissing, SnapshotRefused
from monitor.kinds.kind import Kind
from monitor.model.comparison import Document
from monitor.model.record import Record
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.citing import cite, publications_of
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.program import Program
from monitor.store.records import Draft, NewArticle, Version
from monitor.writing.articles import ArticleText
from monitor.writing.cards import Card, cards_of
from monitor.writing.facts import facts
from monitor.writing.holding import hold
from monitor.writing.ladders import ladder_of
from monitor.writing.lines import Lines
from monitor.writing.shown import Shower


class Added(Record):
    """`source` is the id under which facts cite the article; `text` the draft with it written in.
    `known` is whether the publication was there already, `cited` whether the kind has a list of
    publications at all."""

    source: str
    text: str
    known: bool
    cited: bool
    cards: tuple[Card, ...]
    plain: str
    """The draft with the publication alone."""


def add_article(program: Program, draft: Draft, article: ArticleText) -> Added:
    """Raises MonitorError where a draft is written so that nothing can be put in."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    state = state_with(program, draft, base)
    listed = publications_of(kind)
    source, known, text = cite(draft.text, article, kind, state)
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
        plain=text,
    )


def state_with(program: Program, draft: Draft, base: Version) -> Document:
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


def _day(article: ArticleText) -> date | None:
    try:
        return date.fromisoformat(article.published or "")
    except ValueError:
        return None


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
