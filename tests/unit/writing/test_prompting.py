"""What a model is asked about an article."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.writing.facts import facts
from monitor.writing.prompting import Article, Question, question_of
from monitor.writing.reader import marked
from tests.harbour import ARTICLE, DAY, STATE
from tests.talks import KIND


def asked(text: str = ARTICLE, most: int = 32_000, state: dict[str, Any] = STATE) -> Question:
    found = marked(text, DAY, KIND, state)
    article = Article(text=text, published="2026-03-03", found=found)
    return question_of(article, KIND, state, facts(KIND, state), most=most)


def crowd(number: int) -> dict[str, Any]:
    """The harbour with so many people whom no article names."""
    people = [{"id": f"p{one}", "name": f"Person{one} Nobody"} for one in range(number)]
    return {**STATE, "people": [*people, *STATE["people"]]}


def test_the_article_stands_between_lines_that_nobody_can_foresee() -> None:
    rules, text = asked().messages("c0ffee")
    assert rules["role"] == "system"
    assert "two lines that hold c0ffee" in rules["content"]
    assert text["role"] == "user"
    before, inside, after = text["content"].split("=== ARTICLE c0ffee ===")
    assert inside.strip() == ARTICLE.strip()
    assert "Redland will have" not in before
    assert after == "\n"


def test_a_boundary_that_the_article_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="holds the boundary"):
        asked("Redland said c0ffee.").messages("c0ffee")


def test_the_same_question_has_one_digest_whatever_its_boundary() -> None:
    first = asked()
    first.messages("aa")
    assert first.digest == asked().digest
    assert first.digest != asked(ARTICLE + "x").digest
    assert first.digest != asked(state=crowd(1)).digest
    assert "c0ffee" not in first.before


def test_it_names_the_lists_their_fields_and_how_they_are_written() -> None:
    before = asked().before
    assert "\ndelegations[party].members[person]" in before
    assert "  role (one of head, member, expert)" in before
    assert '  size ({"min": N, "max": N, "unit": WORD of years' in before
    assert "  starts (date)" in before
    assert "  party (id of parties)" in before
    assert "STATUS: one of denied, claimed, reported, expected, announced, confirmed" in before
    for name in ("sources[", "disputed", "single_source", "x-removed"):
        assert name not in before


def test_it_names_the_ids_with_what_they_are_called() -> None:
    before = asked().before
    assert "parties: red = Redland; blue = Blueland" in before
    assert "holm = Vera Holm" in before
    assert "round-2 = the second round (Velm, 2026-03-10, 2026-03-12)" in before


def test_of_many_ids_those_that_the_article_names_come_first() -> None:
    question = asked(state=crowd(3000), most=16_000)
    assert len(str(question.messages("c0ffee")).encode()) < 17_000
    assert "brandt = Ilya Brandt" in question.before
    assert "p2999" not in question.before
    assert "more, which this article hardly names)" in question.before
    assert question.asked == question.of


def test_of_a_long_article_the_beginning_is_asked_about() -> None:
    question = asked(ARTICLE * 100)
    assert 10_000 < question.asked < question.of
    assert question.article.endswith((".", "smiled."))
    assert len(question.before.encode()) + len(question.article.encode()) < 32_000


def test_letters_of_several_octets_are_counted_as_such() -> None:
    question = asked("Переговори тривають у Велмі. " * 2000)
    assert len(str(question.before + question.article).encode()) < 32_000


def test_a_question_without_room_for_the_article_is_refused() -> None:
    with pytest.raises(ValueError, match="no room for an article"):
        asked(most=5000)


def test_what_lists_are_for_is_said_where_there_is_room() -> None:
    assert "Who is in the team, and as what." in asked(most=200_000).before
    assert "Who is in the team, and as what." not in asked(most=9000).before
