"""A kept article as cards, and the words of one as evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.pipeline.drafting.adding import cards_in
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.drafting.placing import Cited, Placed
from monitor.pipeline.program import Program
from monitor.store.records import Article, Draft
from monitor.writing.articles import ArticleText
from monitor.writing.cards import Card
from monitor.writing.taking import Taken


def cards(program: Program, draft: Draft, article: Article) -> tuple[Card, ...]:
    """Held against the latest version. Raises ExtraMissing without the library that compares
    spellings."""
    latest = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(latest.kind_hash)
    read = ArticleText(
        text=article.text,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
    )
    return cards_in(read, kind, program.comparing.state(latest).document, article.source)


def cited_of(article: Article, card: Card) -> Cited:
    return Cited(
        article=article,
        card=card.number,
        quote=card.quote,
        first=card.place.start,
        last=card.place.end,
    )


def placed_of(program: Program, draft: Draft, taken: Sequence[Taken]) -> tuple[Placed, ...]:
    """What was taken back from an editor, each with the sentence under which it stood."""
    return tuple(_placed(program, draft, taken))


def _placed(program: Program, draft: Draft, taken: Sequence[Taken]) -> Iterator[Placed]:
    articles = {one.source: one for one in program.store.articles.of(draft.id)}
    known: dict[str, dict[int, Card]] = {}
    for one in taken:
        source = one.mark.source if one.mark is not None else None
        article = articles.get(source) if source is not None else None
        if article is None or one.mark is None or source is None:
            yield Placed(placement=one.placement, proposed=one.proposed)
            continue
        if source not in known:
            known[source] = {each.number: each for each in cards(program, draft, article)}
        card = known[source].get(one.mark.number)
        cited = cited_of(article, card) if card is not None else None
        yield Placed(placement=one.placement, cited=cited, proposed=one.proposed)
