"""Drafts in the browser: opened, written as text, previewed, published, given up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deciding import hrefs_of, text_of
from tests.drafting import DRAFT, SMALLER, TALKS, draft_of, open_a_draft
from tests.pages import Answer, Site, site


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        yield found


def saved(pages: Site, written: str, edition: int) -> Answer:
    form = {"text": written.replace("\n", "\r\n"), "edition": str(edition)}
    return pages.ask(f"{DRAFT}/text", role="editor", form=form, Accept="text/html")


def test_a_draft_goes_from_its_opening_to_a_version(pages: Site) -> None:
    assert "No draft is open." in text_of(pages.sees("/drafts", "editor"))
    start = open_a_draft(pages)
    assert "it says nothing new yet" in text_of(pages.sees(DRAFT, "editor"))

    assert saved(pages, start + SMALLER, 1).status == 303
    assert draft_of(pages).text == start + SMALLER
    said = text_of(pages.sees(DRAFT, "editor"))
    assert "Draft for 20 February 2026" in said
    assert "nobody is told yet" in said
    assert "1 reader follows it" in said
    assert "checked: fits the kind" in said

    done = pages.ask(f"{DRAFT}/publish", role="editor", form={"edition": "2"})
    assert done.status == 200
    assert "20 February 2026" in text_of(done.text)
    assert "No draft is open." in text_of(pages.sees("/drafts", "editor"))
    last = pages.program.store.drafts.last(TALKS)
    assert last is not None
    assert (last.ending, last.ended_by) == ("published", "editor")


def test_what_readers_would_get_is_shown_whole(pages: Site) -> None:
    saved(pages, open_a_draft(pages) + SMALLER, 1)
    html = pages.sees(f"{DRAFT}/preview", "editor")
    assert "1 of 1 reader would get a digest" in text_of(html)
    [frame] = [one for one in html.split('"') if "/preview/html?" in one][:1]
    whole = pages.ask(frame, role="editor")
    assert whole.status == 200
    assert "sandbox" in whole.headers["content-security-policy"]
    assert "seven" in whole.text or "7" in whole.text
    assert pages.ask(f"{DRAFT}/preview/html?reader=99", role="editor").status == 404


def test_each_fault_is_said_with_its_line_and_what_was_written_stays(pages: Site) -> None:
    written = open_a_draft(pages) + "delegation: []\nstances:\n  - {party: mars, issue: peace}\n"
    assert saved(pages, written, 1).status == 303
    html = pages.sees(f"{DRAFT}/text", "editor")
    assert f"line {written.splitlines().index('delegation: []') + 1}" in text_of(html)
    assert "did you mean delegations?" in text_of(html)
    assert "delegation: []" in html
    assert " disabled" in html
    answer = pages.ask(f"{DRAFT}/publish", role="editor", form={"edition": "2"})
    assert answer.status == 409
    assert pages.program.store.drafts.of(TALKS) is not None


def test_of_two_who_save_the_second_sees_both_texts(pages: Site) -> None:
    start = open_a_draft(pages)
    assert saved(pages, start + "# hers\n", 1).status == 303
    second = saved(pages, start + "# <mine>\n", 1)
    assert second.status == 409
    assert "# &lt;mine&gt;" in second.text
    assert "# hers" in second.text
    assert "was saved by editor meanwhile" in text_of(second.text)
    assert saved(pages, start + "# both\n", 2).status == 303
    assert draft_of(pages).text.endswith("# both\n")


def test_what_was_saved_meanwhile_is_not_published_unseen(pages: Site) -> None:
    saved(pages, open_a_draft(pages) + SMALLER, 1)
    answer = pages.ask(f"{DRAFT}/publish", role="editor", form={"edition": "1"})
    assert answer.status == 409
    assert "meanwhile" in answer.text
    assert pages.ask(f"{DRAFT}/discard", role="editor", form={"edition": "1"}).status == 409
    assert pages.program.store.drafts.of(TALKS) is not None


def test_discarding_is_asked_for_once_more(pages: Site) -> None:
    start = open_a_draft(pages)
    assert "Discard this draft?" in pages.sees(f"{DRAFT}/discard", "editor")
    assert draft_of(pages).text == start
    done = pages.ask(f"{DRAFT}/discard", role="editor", form={"edition": "1"})
    assert "The draft is discarded." in done.text
    assert pages.program.store.drafts.of(TALKS) is None


def test_an_older_day_opens_no_draft(pages: Site) -> None:
    form = {"situation": TALKS, "as_of": "2026-01-01"}
    answer = pages.ask("/drafts", role="editor", form=form)
    assert answer.status == 400
    assert "later than 2026-01-01" in answer.text


def test_opening_twice_leads_to_the_one_that_is_open(pages: Site) -> None:
    start = open_a_draft(pages)
    assert open_a_draft(pages, "2026-02-25") == start


@pytest.mark.parametrize("part", ["", "/text", "/preview", "/discard", "/publish"])
def test_readers_see_no_draft(pages: Site, part: str) -> None:
    open_a_draft(pages)
    if part != "/publish":
        assert pages.ask(DRAFT + part, role="reader").status == 403
    if part in ("/text", "/discard", "/publish"):
        assert pages.ask(DRAFT + part, role="reader", form={"edition": "1"}).status == 403
        answer = pages.ask(DRAFT + part, role="editor", form={"edition": "1"}, keyed=False)
        assert answer.status == 403


def test_where_none_is_open_the_list_offers_to_open_it(pages: Site) -> None:
    answer = pages.ask(DRAFT, role="editor")
    assert answer.headers["location"] == f"/drafts?situation={TALKS}"
    assert 'value="ukraine-talks" selected' in pages.sees(answer.headers["location"], "editor")
    assert pages.ask(f"{DRAFT}/text", role="editor").status == 404
    assert "/drafts" in hrefs_of(pages.sees("/", "editor"))
    assert "/drafts" not in hrefs_of(pages.sees("/", "reader"))


def test_the_draft_is_said_in_ukrainian(pages: Site) -> None:
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")
    saved(pages, open_a_draft(pages) + SMALLER, 1)
    said = text_of(pages.sees(DRAFT, "editor"))
    assert "ще нікого не сповіщено" in said
    assert "Оприлюднити: 20 лютого 2026" in said
