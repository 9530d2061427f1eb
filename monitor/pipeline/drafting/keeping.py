"""Articles as they are kept for a draft, and which of them speak with one voice."""

from __future__ import annotations

from monitor.model.record import Record
from monitor.pipeline.drafting.placing import Act
from monitor.pipeline.program import Program
from monitor.store.records import Article, Draft, NewArticle
from monitor.writing.copies import share

VOICE = 0.3
"""Of an article's words, from where on it is said to copy another."""


class Voice(Record):
    """An article of the same draft of which another has so much word for word, from 0 to 1."""

    article: Article
    share: float


def known_already(program: Program, draft: Draft, data: bytes) -> Article | None:
    """The article of the draft that has the same bytes."""
    for one in program.store.articles.of(draft.id):
        if program.store.articles.data(one.id) == data:
            return one
    return None


def keep_article(
    program: Program, draft: Draft, text: str, article: NewArticle, act: Act
) -> tuple[Draft, Article]:
    """The draft with what was read of an article, and the article itself, in one step. Raises
    Conflict when somebody saved the draft meanwhile."""
    with program.store.transaction() as tx:
        saved = tx.drafts.save(draft, text, by=act.by, now=act.now)
        return saved, tx.articles.add(draft.id, article, by=act.by, now=act.now)


def voices(program: Program, draft: Draft, text: str) -> tuple[Voice, ...]:
    """Those of the draft that a text copies, or that copy one agency with it; most first."""
    found = [
        Voice(article=one, share=share(text, one.text))
        for one in program.store.articles.of(draft.id)
    ]
    return tuple(sorted((one for one in found if one.share >= VOICE), key=lambda one: -one.share))
