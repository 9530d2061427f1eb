"""One article of a draft with its cards: both panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.drafting.asking import proposals
from monitor.pipeline.drafting.cards import cards
from monitor.pipeline.drafting.keeping import VOICE
from monitor.pipeline.drafting.placing import decided
from monitor.pipeline.drafting.written import placement_of
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import Article, Draft
from monitor.web.draft_cards import (
    CardView,
    KnownView,
    card_views,
    entity_labels,
    known_view,
    proposed_views,
)
from monitor.web.draft_entries import ground
from monitor.web.draft_marks import Paragraph, paragraphs
from monitor.web.reading import Asking
from monitor.writing.cards import Card
from monitor.writing.copies import share
from monitor.writing.proposals import Folded

_HUNDRED: Final = 100


class Link(Record):
    title: str
    url: str
    here: bool = False


class Panels(Record):
    """`left` counts the cards that wait; `copied` says of which other articles it is a copy."""

    article: int
    title: str
    kept: str
    of: str
    marks: str
    left: int
    left_said: str
    others: tuple[Link, ...]
    paragraphs: tuple[Paragraph, ...]
    cards: tuple[CardView, ...]
    known: KnownView | None
    add_source: str
    facts_known: str
    proposed: tuple[CardView, ...]
    folded: tuple[tuple[str, str], ...]
    """Words and why they cannot be right."""
    folded_said: str
    silent: str
    copied: tuple[str, ...]


class Kept(Record):
    """An article as it was read, with the places that quotations lead to."""

    title: str
    about: str
    url: str
    read: str
    paragraphs: tuple[Paragraph, ...]


def panels(program: Program, asking: Asking, draft: Draft, number: str) -> Panels | None:
    """Of the article that was asked for, else the first; None where there is none."""
    articles = program.store.articles.of(draft.id)
    if not articles:
        return None
    words = asking.language.pages.drafting
    article = next((one for one in articles if str(one.id) == number), articles[0])
    found = cards(program, draft, article)
    at = ground(program, asking, draft)
    choices = decided(program, draft, article)
    views = card_views(asking, at, found, choices)
    waiting = frozenset(one.number for one in views if not one.state)
    known = known_view(at, found, choices)
    judged = proposals(program, draft, article)
    proposed = proposed_views(asking, at, found, judged, _taken(program, draft, article))
    folded = tuple(_folded(one) for one in judged if isinstance(one, Folded))
    shown = {one.number for one in views} | {
        one.number for one in found if not one.is_open and one.options
    }
    silent = len(found) - len(shown)
    return Panels(
        article=article.id,
        title=title_of(asking, article),
        kept=links.draft(draft.situation, f"articles/{article.id}"),
        of=words.article_of(articles.index(article) + 1, len(articles)),
        marks=words.marks(sum(map(_marks, found))),
        left=len(waiting),
        left_said=words.left(len(waiting)),
        others=tuple(
            Link(
                title=title_of(asking, one),
                url=links.draft(draft.situation, article=str(one.id)),
                here=one is article,
            )
            for one in articles
        ),
        paragraphs=paragraphs(article.text, found, waiting, entity_labels(at, found)),
        cards=views,
        known=known,
        add_source=words.add_source(known.left) if known is not None and known.left else "",
        facts_known=words.facts_known(len(known.titles)) if known is not None else "",
        proposed=proposed,
        folded=folded,
        folded_said=words.folded(len(folded)) if folded else "",
        silent=words.silent(silent) if silent else "",
        copied=tuple(_copied(asking, article, articles)),
    )


def kept(program: Program, asking: Asking, draft: Draft, article: Article) -> Kept:
    found = cards(program, draft, article)
    at = ground(program, asking, draft)
    return Kept(
        title=visible(article.title or title_of(asking, article), 300),
        about=title_of(asking, article),
        url=article.url if article.url and article.url.startswith(("https://", "http://")) else "",
        read=f"{asking.moment(article.added_at)}, {visible(article.added_by)}",
        paragraphs=paragraphs(article.text, found, frozenset(), entity_labels(at, found)),
    )


def _taken(program: Program, draft: Draft, article: Article) -> frozenset[str]:
    """Paths of what a model proposed and a person accepted."""
    return frozenset(
        placement_of(one.placement).path
        for one in program.store.placings.of(draft.id)
        if one.article == article.id and one.how == "model" and one.placement is not None
    )


def _folded(one: Folded) -> tuple[str, str]:
    said = one.proposal.quote or one.proposal.placement.path
    return visible(said, 300), visible(one.reason, 300)


def title_of(asking: Asking, article: Article) -> str:
    """As it is cited: publisher and day."""
    name = article.publisher or article.title or article.source or ""
    day = asking.day(article.published) if article.published else ""
    return visible(", ".join(one for one in (name, day) if one), 160)


def _marks(card: Card) -> int:
    found = card.marks
    return sum(map(len, (found.names, found.numbers, found.dates, found.quotes, found.statuses)))


def _copied(asking: Asking, article: Article, every: Sequence[Article]) -> list[str]:
    """Of those that were added before it."""
    said = []
    for other in every:
        if other.id >= article.id:
            break
        part = share(article.text, other.text)
        if part >= VOICE:
            title = title_of(asking, other)
            said.append(asking.language.pages.drafting.copied(round(part * _HUNDRED), title))
    return said
