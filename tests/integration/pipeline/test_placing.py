"""Sentences placed in a draft: its text, the evidence, what is taken back; of invented talks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.compare.history import fact_history
from monitor.errors import Conflict
from monitor.model.comparison import Comparison
from monitor.model.quotation import quotations_of
from monitor.model.record import replace
from monitor.pipeline.drafting.adding import add_article, kept_of
from monitor.pipeline.drafting.cards import cards, cited_of
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.drafts import draft_of, open_draft
from monitor.pipeline.drafting.evidence import Words, quotations
from monitor.pipeline.drafting.keeping import keep_article, known_already, voices
from monitor.pipeline.drafting.placing import Act, Placed, decided, place, put_aside, undo
from monitor.pipeline.drafting.previewing import Ahead
from monitor.pipeline.drafting.publishing import publish
from monitor.report.finding import WordingFaults
from monitor.report.report import make_report
from monitor.report.view import Report
from monitor.store.records import Article, Draft
from monitor.words import ENGLISH
from monitor.writing.articles import text_of
from monitor.writing.cards import Card
from monitor.writing.placing import Placement
from tests.integration.pipeline.test_articles import PAGE, RIVER
from tests.integration.pipeline.world import World


@pytest.fixture
def river(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path / "world", database_url)
    world.writes("river.yaml", RIVER)
    world.passes()
    open_draft(world.program, "river", as_of="2026-03-04", by="ana", now=world.now)
    yield world
    world.program.store.close()


RIVER_READER = """
[sources.river]
folder = "snapshots"

[hold]
early = "30d"

[[subscriptions]]
address = "ben@example.org"
situations = ["river"]
cadence = "at-once"
"""


def act(river: World, by: str = "ana") -> Act:
    return Act(by=by, now=river.now, how="browser")


def draft(river: World) -> Draft:
    return draft_of(river.program, "river")


def adds(river: World, page: bytes = PAGE) -> Article:
    read = text_of(page, name="page")
    added = add_article(river.program, draft(river), read)
    kept = kept_of(added, read, page)
    return keep_article(river.program, draft(river), added.text, kept, act(river))[1]


def sized(river: World, article: Article) -> Card:
    [found] = [
        one
        for one in cards(river.program, draft(river), article)
        if any("size" in option.placement.values for option in one.options)
    ]
    return found


def accepts(river: World, article: Article, card: Card) -> Draft:
    option = card.options[0]
    placed = Placed(placement=option.placement, cited=cited_of(article, card))
    return place(river.program, draft(river), [placed], act(river))


def test_an_article_is_kept_with_its_bytes_and_its_text(river: World) -> None:
    article = adds(river)

    assert river.program.store.articles.data(article.id) == PAGE
    assert river.program.store.articles.of(draft(river).id) == (article,)
    assert river.program.store.articles.get(article.id).text == text_of(PAGE, name="x").text
    assert (article.source, article.publisher) == ("harbou0303", "Harbour Times")


def test_the_same_bytes_are_known(river: World) -> None:
    article = adds(river)

    assert known_already(river.program, draft(river), PAGE) == article
    assert known_already(river.program, draft(river), PAGE + b"\n") is None


def test_an_article_that_copies_another_is_one_voice_with_it(river: World) -> None:
    article = adds(river)
    own = "The ferry was late again, and the harbour master blamed the fog on the lower river."

    assert [one.article for one in voices(river.program, draft(river), article.text)] == [article]
    assert voices(river.program, draft(river), own) == ()


def test_what_is_accepted_stands_in_the_draft_with_the_words_it_rests_on(river: World) -> None:
    article = adds(river)
    card = sized(river, article)

    saved = accepts(river, article, card)

    assert "min: 6" in saved.text
    assert decided(river.program, saved, article) == {card.number: "accepted"}
    assert quotations(river.program.store, "river") == ()


def test_evidence_is_known_once_the_draft_is_published(river: World) -> None:
    article = adds(river)
    saved = accepts(river, article, sized(river, article))
    publish(river.program, saved, by="ben", now=river.now)

    [said] = quotations_of(
        quotations(river.program.store, "river"), "delegations[red].size", ["harbou0303"]
    )

    assert said.quote.startswith("The delegation of Redland will have six members")
    assert " ".join(article.text[said.first : said.last].split()) == said.quote
    assert (said.by, said.at, said.how) == ("ana", river.now, "browser")


def test_evidence_of_one_field_or_publication_is_none_of_another(river: World) -> None:
    article = adds(river)
    publish(river.program, accepts(river, article, sized(river, article)), by="b", now=river.now)
    known = quotations(river.program.store, "river")

    assert quotations_of(known, "delegations[red]", ["harbou0303"])
    assert not quotations_of(known, "delegations[red].members[stahl].role", ["harbou0303"])
    assert not quotations_of(known, "delegations[red].aim", ["harbou0303"])
    assert not quotations_of(known, "delegations[blue].size", ["harbou0303"])
    assert not quotations_of(known, "delegations[red].size", ["seed"])


def test_what_was_decided_last_can_be_taken_back_one_by_one(river: World) -> None:
    article = adds(river)
    card = sized(river, article)
    before = draft(river).text
    accepts(river, article, card)
    put_aside(river.program, article, 7, "rejected", act(river))

    undo(river.program, draft(river), act(river))
    after_one = decided(river.program, draft(river), article)
    undo(river.program, draft(river), act(river))

    assert after_one == {card.number: "accepted"}
    assert draft(river).text == before
    assert decided(river.program, draft(river), article) == {}
    with pytest.raises(Conflict, match="nothing was decided"):
        undo(river.program, draft(river), act(river))


def test_what_was_written_on_since_is_not_taken_back(river: World) -> None:
    article = adds(river)
    saved = accepts(river, article, sized(river, article))
    more = f"{saved.text}# a remark\n"
    river.program.store.drafts.save(saved, more, by="ben", now=river.now)

    with pytest.raises(Conflict, match="written on since"):
        undo(river.program, draft(river), act(river))

    assert draft(river).text == more


def test_of_two_who_place_at_once_the_second_is_told_and_leaves_no_evidence(river: World) -> None:
    article = adds(river)
    seen = draft(river)
    accepts(river, article, sized(river, article))
    other = Placed(placement=Placement(path="people[vera]", values={"name": "Vera Holm"}))

    with pytest.raises(Conflict, match="was saved by ana meanwhile"):
        place(river.program, seen, [other], act(river, by="ben"))

    assert len(river.program.store.placings.of(seen.id)) == 1


def test_a_sentence_that_was_left_may_be_accepted_after_all(river: World) -> None:
    article = adds(river)
    card = sized(river, article)
    put_aside(river.program, article, card.number, "later", act(river))
    river.now += timedelta(minutes=1)

    accepts(river, article, card)

    assert decided(river.program, draft(river), article) == {card.number: "accepted"}


def test_several_at_once_are_taken_back_together(river: World) -> None:
    before = draft(river).text
    many = [
        Placed(placement=Placement(path="people[vera]", values={"name": "Vera Holm"})),
        Placed(placement=replace(Placement(path="people[oskar]"), values={"name": "Oskar Lind"})),
    ]
    place(river.program, draft(river), many, act(river))

    undo(river.program, draft(river), act(river))

    assert draft(river).text == before


def published(river: World) -> None:
    article = adds(river)
    publish(
        river.program,
        accepts(river, article, sized(river, article)),
        by="ben",
        now=river.now,
    )


def comparison(river: World) -> Comparison:
    old, new = river.program.store.versions.history("river")
    return river.program.comparing.between(old, new)


def made(river: World) -> Report:
    between = comparison(river)
    return make_report(
        between,
        between.findings,
        between.remarks,
        names=("a", "b"),
        language=ENGLISH,
        failed=WordingFaults("river"),
    )


def test_a_comparison_shows_the_words_and_where_they_stand(river: World) -> None:
    published(river)

    told = made(river)
    [finding] = [one for section in told.sections for one in section.findings if one.quotes]

    [quote] = finding.quotes
    assert quote.text.startswith("“The delegation of Redland will have six members")
    assert quote.text.endswith("(Harbour Times)")
    assert quote.url is not None
    assert quote.url.startswith("https://harbour.example/2#:~:text=The%20delegation%20of%20Redland")


def test_words_are_shown_only_of_what_they_say(river: World) -> None:
    """Written anew by hand, a value cites the publication still, and rests on its words no more."""
    published(river)
    ended = river.program.store.drafts.last("river")
    assert ended is not None
    [article] = river.program.store.articles.of(ended.id)
    river.now += timedelta(days=1)
    by_hand = open_draft(river.program, "river", as_of="2026-03-06", by="ana", now=river.now)
    text = (
        f"{by_hand.text}\ndelegations:\n  - party: red\n    sources: [seed, {article.source}]\n"
        "    size: {min: 9, max: 9, unit: persons}\n"
    )
    saved = river.program.store.drafts.save(by_hand, text, by="ana", now=river.now)
    publish(river.program, saved, by="ana", now=river.now)

    first, second, third = river.program.store.versions.history("river")
    between = river.program.comparing.between
    assert [one.source for one in between(first, second).quotations] == [article.source]
    assert between(second, third).quotations == ()
    path, kind = "delegations[red].size", river.program.kinds.by_hash(third.kind_hash)
    states = [river.program.comparing.state(one) for one in (first, second, third)]
    words = Words(quotations(river.program.store, "river"), states, kind)
    values = fact_history(states, kind, path)
    assert [len(words.under(path, one)) for one in values] == [0, 1, 0]


def test_a_preview_shows_the_words_that_readers_then_get(river: World) -> None:
    river.restarts(config=RIVER_READER)
    river.passes()
    article = adds(river)
    mandate = Placement(
        path="delegations[red]", values={"mandate": "To sign."}, sources=(str(article.source),)
    )
    placed = Placed(placement=mandate, cited=cited_of(article, sized(river, article)))
    accepted = place(river.program, draft(river), [placed], act(river))
    assert quotations(river.program.store, "river") == ()

    ahead = Ahead(river.program, check_draft(river.program, accepted), river.now)
    [foreseen] = ahead.all(ahead.readers())
    assert foreseen.digest is not None
    assert "“The delegation of Redland" in foreseen.digest.text
    assert "#:~:text=The%20delegation%20of%20Redland" in foreseen.digest.html
    river.mail()

    publish(river.program, accepted, by="ben", now=river.now)
    [mail] = [mail for mail in river.hears() if mail.to == "ben@example.org"]
    assert "“The delegation of Redland" in mail.text


def test_who_said_what_was_there_says_nothing_of_another_value(river: World) -> None:
    """The article names nobody; its number is no word of the one who gave the old number."""
    article = adds(river)
    publish(river.program, accepts(river, article, sized(river, article)), by="b", now=river.now)
    river.now += timedelta(days=2)
    open_draft(river.program, "river", as_of="2026-03-06", by="ana", now=river.now)
    said = b"six members, its spokesman Ilya Brandt said on Tuesday."
    page = PAGE.replace(said, b"nine members.").replace(b"harbour.example/2", b"harbour.example/3")
    other = adds(river, page)
    card = sized(river, other)
    option = next(one for one in card.options if "size" in one.placement.values)

    placed = Placed(placement=option.placement, cited=cited_of(other, card))
    saved = place(river.program, draft(river), [placed], act(river))

    assert check_draft(river.program, saved).document["delegations"][0].get("said_by") is None
    assert "min: 9" in saved.text
