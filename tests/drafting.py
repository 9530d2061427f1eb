"""What the pages of drafts are tried with: a draft of the talks in which something is written."""

from __future__ import annotations

from monitor.store.records import Draft
from tests.pages import Site

TALKS = "ukraine-talks"
DRAFT = f"/drafts/{TALKS}"

SMALLER = """\
delegations:
  - party: russia
    size: {min: 7, max: 7, unit: persons}
"""


def draft_of(pages: Site) -> Draft:
    draft = pages.program.store.drafts.of(TALKS)
    assert draft is not None
    return draft


def open_a_draft(pages: Site, day: str = "2026-02-20") -> str:
    """The text that it begins with."""
    answer = pages.ask("/drafts", role="editor", form={"situation": TALKS, "as_of": day})
    assert (answer.status, answer.headers["location"]) == (303, DRAFT)
    return draft_of(pages).text


def write_a_draft(pages: Site) -> None:
    text = open_a_draft(pages) + SMALLER
    answer = pages.ask(f"{DRAFT}/text", role="editor", form={"text": text, "edition": "1"})
    assert answer.status == 303


ARTICLE = """\
Oskar Lind, a deputy minister, joins the delegation of Ukraine for the first time.

The fourth trilateral round is announced for Istanbul, Rustem Umerov said on Friday. Steve Witkoff
leads the delegation of the United States. The mood was good.
"""


def add_an_article(pages: Site, text: str = ARTICLE, **said: str) -> str:
    """The address of its panels."""
    form = {"publisher": "Harbour Times", "published": "2026-02-20"} | said | {"text": text}
    answer = pages.ask(f"{DRAFT}/articles", role="editor", form=form)
    assert answer.status == 303, answer.text
    return str(answer.headers["location"])
