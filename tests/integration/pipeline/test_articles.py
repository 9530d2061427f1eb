"""Articles that are added to a draft, of talks that nobody holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.model.record import replace
from monitor.pipeline.drafting.adding import add_article
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.drafts import open_draft
from monitor.store.records import Draft
from monitor.writing.articles import ArticleText, text_of
from tests.integration.pipeline.world import World

RIVER = """
kind: negotiation
situation: river
as_of: 2026-03-01
title: The river talks
parties:
  - {id: red, name: Redland}
  - {id: blue, name: Blueland}
people:
  - {id: stahl, name: Igor Stahl, voice: person, party: red}
  - {id: brandt, name: Ilya Brandt, voice: person, party: red}
issues:
  - {id: dam, name: the dam}
delegations:
  - party: red
    status: announced
    sources: [seed]
    size: {min: 4, max: 4, unit: persons}
    members:
      - {person: stahl, role: head, status: announced, sources: [seed]}
sources:
  - {id: seed, publisher: Harbour Times, url: "https://harbour.example/1"}
"""

PAGE = b"""<!doctype html><html><head><title>River talks</title>
<meta property="og:site_name" content="Harbour Times">
<meta property="article:published_time" content="2026-03-03T10:00:00Z">
<link rel="canonical" href="https://harbour.example/2"></head>
<body><nav>Home</nav><article><h1>River talks</h1>
<p>The delegation of Redland will have six members, its spokesman Ilya Brandt said on Tuesday.
Igor Stahl, who led the earlier rounds, remains in the team of
Redland.</p>
<p>Deputy minister Oskar Lind joins for the first time. The mood was good, and nobody left
early although it rained for hours on the second day.</p>
</article><footer>Cookies</footer></body></html>"""


@pytest.fixture
def river(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    world = World(tmp_path / "world", sqlite_url)
    world.writes("river.yaml", RIVER)
    world.passes()
    yield world
    world.close()


def opened(world: World) -> Draft:
    return open_draft(world.program, "river", as_of="2026-03-04", by="ina", now=world.now)


def test_a_page_says_of_itself_what_is_cited(river: World) -> None:
    draft = opened(river)
    added = add_article(river.program, draft, text_of(PAGE, name="page.html"))
    assert (added.source, added.known) == ("harbou0303", False)
    checked = check_draft(river.program, replace(draft, text=added.text))
    [cited] = [one for one in checked.document["sources"] if one["id"] == "harbou0303"]
    assert cited["url"] == "https://harbour.example/2"
    assert cited["published"] == "2026-03-03"


def test_its_sentences_stand_below_as_comments(river: World) -> None:
    added = add_article(river.program, opened(river), text_of(PAGE, name="page.html"))
    sorts = [one.sort for one in added.cards]
    assert [one for one in sorts if one != "unplaced"] == ["differs", "known", "new"]
    assert "# [harbou0303:2 announced by brandt on 2026-03-03] differs: “The" in added.text
    assert "#     Tuesday = 2026-03-03" in added.text
    assert "\n#delegations[red]: {size: 6, status: announced, said_by: brandt}\n" in added.text
    comments = added.text.partition("# harbou0303")[2].splitlines()
    assert all(line.startswith("#") for line in comments[1:] if line)


def test_an_address_that_is_cited_already_keeps_its_id(river: World) -> None:
    article = ArticleText(text="Nothing new.\n", url="https://harbour.example/1")
    added = add_article(river.program, opened(river), article)
    assert (added.source, added.known) == ("seed", True)


def test_a_second_article_of_a_day_gets_an_id_of_its_own(river: World) -> None:
    draft = opened(river)
    article = ArticleText(text="One.\n", publisher="Harbour Times", published="2026-03-03")
    first = add_article(river.program, draft, article)
    draft = river.program.store.drafts.save(draft, first.text, by="ina", now=river.now)
    second = add_article(river.program, draft, replace(article, text="Two.\n"))
    assert (first.source, second.source) == ("harbou0303", "harbou0303-2")
    check_draft(river.program, replace(draft, text=second.text))


def test_an_undated_article_of_nobody_can_be_cited(river: World) -> None:
    added = add_article(
        river.program, opened(river), ArticleText(text="It rained.\n", publisher="Листок")
    )
    assert added.source == "listok"


@pytest.mark.parametrize(
    "hostile",
    [
        "# x\nkind: evil",
        "a: [",
        "“x”\n---\nkind: evil",
        "\tx: !!y",
        "b\x07\x85kind: evil",
        "c\u2028d: e",
    ],
)
def test_the_words_of_an_article_stay_comments(river: World, hostile: str) -> None:
    draft = opened(river)
    article = ArticleText(text=f"{hostile} said Igor Stahl.\n", publisher=hostile, title=hostile)
    added = add_article(river.program, draft, article)
    checked = check_draft(river.program, replace(draft, text=added.text))
    assert checked.snapshot.kind.name == "negotiation"
    assert len(checked.document["sources"]) == 2
