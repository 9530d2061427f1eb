"""What a model answered is kept by its question, and a day's tokens are counted."""

from __future__ import annotations

from datetime import timedelta

from monitor.model.record import replace
from monitor.store import Store
from monitor.store.records import NewAnswer, NewArticle
from tests.integration.store.world import NOW, TALKS, situation


def answered(store: Store) -> NewAnswer:
    """An answer to be added, to a question about an article."""
    situation(store)
    draft = store.drafts.open(TALKS, "text", base=None, by="ina", now=NOW)
    new = NewArticle(source="a1", data=b"It rained.", text="It rained.")
    article = store.articles.add(draft.id, new, by="ina", now=NOW)
    return NewAnswer(
        article=article.id, model="m", question="q", tokens=30, answer="A", outcome="answered"
    )


def test_the_last_answer_to_a_question_is_found_by_it(store: Store) -> None:
    one = answered(store)
    assert store.answers.get(one.article, "m", "q") is None
    store.answers.add(one, now=NOW)
    store.answers.add(replace(one, answer="B\0"), now=NOW)
    store.answers.add(replace(one, answer=None, outcome="it was away"), now=NOW)
    found = store.answers.get(one.article, "m", "q")
    assert found is not None
    assert (found.answer, found.asked_at) == ("B\N{REPLACEMENT CHARACTER}", NOW)
    for other in ((one.article, "m", "r"), (one.article, "n", "q"), (one.article + 1, "m", "q")):
        assert store.answers.get(*other) is None


def test_tokens_are_counted_from_a_moment_on(store: Store) -> None:
    one = answered(store)
    assert store.answers.spent(since=NOW) == 0
    store.answers.add(replace(one, tokens=7), now=NOW - timedelta(seconds=1))
    store.answers.add(one, now=NOW)
    store.answers.add(replace(one, tokens=12), now=NOW + timedelta(hours=1))
    assert store.answers.spent(since=NOW) == 42
