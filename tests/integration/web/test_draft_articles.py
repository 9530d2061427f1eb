"""Articles of a draft in the browser: both panels, and what a person makes of each card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from monitor.pipeline.drafting.asking import ask
from tests.deciding import text_of
from tests.drafting import ARTICLE, DRAFT, add_an_article, draft_of, open_a_draft
from tests.models import base, model, proposal, says
from tests.pages import Answer, Site, site


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        open_a_draft(found)
        yield found


def form_with(html: str, words: str) -> dict[str, str]:
    """What the first form that has these words sends, but for its button."""
    for form in re.findall(r"<form.*?</form>", html, re.S):
        if words in form:
            sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
            for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
                chosen = re.search(r'value="([^"]*)" selected', body)
                sent[name] = chosen[1] if chosen else ""
            return {name: unescape(value) for name, value in sent.items()}
    raise AssertionError(f"no form with {words}")


def press(pages: Site, address: str, words: str, what: str, **changed: str) -> Answer:
    sent = form_with(pages.sees(address, "editor"), words)
    sent |= {"-what": what} | {name.replace("_", "-", 1): text for name, text in changed.items()}
    return pages.ask(f"{DRAFT}/articles/1", role="editor", form=sent, Accept="text/html")


def test_an_article_is_shown_with_its_marks_and_its_cards(pages: Site) -> None:
    address = add_an_article(pages)
    html = pages.sees(address, "editor")
    said = text_of(html)
    assert "Article 1 of 1: Harbour Times, 20 February 2026" in said
    assert "2 left to place" in said
    assert '<mark class="stranger">Oskar Lind</mark>' in html
    assert "joins the delegation of" in html
    assert 'href="#c1"' in html
    assert 'id="s1"' in html
    assert "Geneva → Istanbul" in said
    assert "a member of Ukraine's delegation" in said
    assert "Harbou" not in draft_of(pages).text.split("sources:")[0]
    assert "publisher: Harbour Times" in draft_of(pages).text


def test_a_card_is_accepted_with_its_quote_and_counted(pages: Site) -> None:
    address = add_an_article(pages)
    answer = press(pages, address, "Istanbul", "accept", _status="confirmed", _said_by="umerov")
    assert answer.headers["location"] == f"{address}#c2"
    text = draft_of(pages).text
    assert "city: Istanbul" in text
    assert "status: confirmed" in text
    assert "said_by: [umerov]" in text
    said = text_of(pages.sees(address, "editor"))
    assert "1 left to place" in said
    assert "accepted" in said
    [row] = pages.program.store.placings.of(draft_of(pages).id)
    assert (row.choice, row.card, row.how, row.decided_by) == ("accepted", 2, "browser", "editor")
    assert row.quote is not None
    assert row.quote.startswith("The fourth trilateral round")


def test_somebody_new_joins_a_delegation_with_one_button(pages: Site) -> None:
    address = add_an_article(pages)
    answer = press(pages, address, "a member of", "accept")
    assert answer.status == 303, text_of(answer.text)
    text = draft_of(pages).text
    assert "person: lind" in text
    assert "name: Oskar Lind" in text
    assert "fits the kind" in text_of(pages.sees(address, "editor"))


def test_what_was_decided_last_is_taken_back(pages: Site) -> None:
    address = add_an_article(pages)
    before = draft_of(pages).text
    press(pages, address, "Istanbul", "accept")
    assert draft_of(pages).text != before
    assert press(pages, address, 'data-key="u"', "undo").status == 303
    assert draft_of(pages).text == before
    assert "2 left to place" in text_of(pages.sees(address, "editor"))
    assert press(pages, address, 'data-key="u"', "undo").status == 409


@pytest.mark.parametrize(("what", "said"), [("reject", "rejected"), ("later", "for later")])
def test_a_card_is_put_aside_and_may_be_accepted_after_all(
    pages: Site, what: str, said: str
) -> None:
    address = add_an_article(pages)
    before = draft_of(pages).text
    assert press(pages, address, "Istanbul", what).status == 303
    assert draft_of(pages).text == before
    shown = text_of(pages.sees(address, "editor"))
    assert said in shown
    assert "1 left to place" in shown
    assert press(pages, address, "Istanbul", "accept").status == 303
    assert "city: Istanbul" in draft_of(pages).text


def test_another_value_than_the_article_has_may_be_written(pages: Site) -> None:
    address = add_an_article(pages)
    sent = form_with(pages.sees(address, "editor"), "Istanbul")
    assert sent["city"] == "Istanbul"
    sent |= {"-what": "accept", "city": "Ankara <b>"}
    assert pages.ask(f"{DRAFT}/articles/1", role="editor", form=sent).status == 303
    assert "city: Ankara <b>" in draft_of(pages).text
    assert "<b>" not in pages.sees(address, "editor").split("</header>")[1].split("<main")[0]


def test_what_is_known_gets_a_source_more(pages: Site) -> None:
    address = add_an_article(pages)
    assert "1 fact known" in text_of(pages.sees(address, "editor"))
    answer = press(pages, address, "add the source", "sources")
    assert answer.status == 303
    assert "Harbou" in draft_of(pages).text or "harbou0220" in draft_of(pages).text
    assert "add the source" not in pages.sees(address, "editor")


def test_who_decides_second_is_told_so_and_nothing_is_placed_twice(pages: Site) -> None:
    address = add_an_article(pages)
    sent = form_with(pages.sees(address, "editor"), "Istanbul") | {"-what": "accept"}
    assert pages.ask(f"{DRAFT}/articles/1", role="editor", form=sent).status == 303
    second = pages.ask(f"{DRAFT}/articles/1", role="editor", form=sent, Accept="text/html")
    assert second.status == 409
    assert "meanwhile" in text_of(second.text)
    assert len(pages.program.store.placings.of(draft_of(pages).id)) == 1


def test_a_card_that_was_made_up_is_refused(pages: Site) -> None:
    address = add_an_article(pages)
    sent = form_with(pages.sees(address, "editor"), "Istanbul")
    before = draft_of(pages).text
    for wrong in ({"-card": "77"}, {"-path": "rounds[other]"}, {"-option": "44"}):
        form = sent | {"-what": "accept"} | wrong
        assert pages.ask(f"{DRAFT}/articles/1", role="editor", form=form).status == 409
    form = sent | {"-what": "accept", "-status": "surely"}
    assert pages.ask(f"{DRAFT}/articles/1", role="editor", form=form).status == 409
    assert pages.ask(f"{DRAFT}/articles/9", role="editor", form=form).status == 404
    assert pages.ask(f"{DRAFT}/articles/1", role="reader", form=form).status == 403
    assert draft_of(pages).text == before


def test_the_kept_article_stays_after_publishing(pages: Site) -> None:
    address = add_an_article(pages)
    press(pages, address, "Istanbul", "accept")
    edition = str(draft_of(pages).edition)
    assert pages.ask(f"{DRAFT}/publish", role="editor", form={"edition": edition}).status == 200
    html = pages.sees(f"{DRAFT}/articles/1", "editor")
    assert 'id="s2"' in html
    assert " ".join(ARTICLE.split()) in text_of(html.replace("<mark", " <mark")) or "Oskar" in html
    assert pages.ask("/drafts/other/articles/1", role="editor").status == 404


def test_a_copy_of_another_article_is_said(pages: Site) -> None:
    add_an_article(pages)
    second = add_an_article(pages, f"{ARTICLE}\nMore of it.", publisher="River Post")
    said = text_of(pages.sees(second, "editor"))
    assert "Article 2 of 2" in said
    assert "one voice, not two" in said
    assert add_an_article(pages) == f"{DRAFT}?article=1"


def test_an_article_is_uploaded_as_a_file(pages: Site) -> None:
    page = f"<html><body><article><p>{ARTICLE}</p></article></body></html>"
    parts = {"form_key": pages.form_key("editor"), "publisher": "River Post", "text": ""}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    body += (
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n'
        f"Content-Type: text/html\r\n\r\n{page}\r\n--x--\r\n"
    )
    answer = pages.ask(
        f"{DRAFT}/articles",
        method="POST",
        role="editor",
        body=body,
        Content_Type="multipart/form-data; boundary=x",
    )
    assert answer.status == 303, text_of(answer.text)
    assert "Oskar Lind" in pages.sees(answer.headers["location"], "editor")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "  "}, "Paste its text or choose a file."),
        ({"text": ARTICLE, "published": "last week"}, "This is no date."),
        ({"text": "%PDF-1.4 ..."}, "a PDF; give its text"),
    ],
)
def test_what_is_no_article_is_said_and_what_was_typed_stays(
    pages: Site, given: dict[str, str], said: str
) -> None:
    form = {"title": "Kept <b>"} | given
    answer = pages.ask(f"{DRAFT}/articles", role="editor", form=form, Accept="text/html")
    assert answer.status == 400
    assert said in text_of(answer.text)
    assert "Kept &lt;b&gt;" in answer.text


def test_markup_in_an_article_is_words(pages: Site) -> None:
    text = "Oskar <script>alert(1)</script> Lind joins the delegation of Ukraine.\u202e Evil."
    html = pages.sees(add_an_article(pages, text), "editor")
    assert "<script>alert" not in html
    assert "\u202e" not in html


def test_what_a_model_proposes_is_a_card_and_what_cannot_be_right_is_folded(
    tmp_path: Path,
) -> None:
    words = "The fourth trilateral round is announced for Istanbul, Rustem Umerov said on Friday."
    true = proposal("rounds[trilateral-4]", {"city": "Istanbul"}, words, status="announced")
    lie = proposal("rounds[trilateral-4]", {"city": "Oslo"}, "It will be held in Oslo")
    with model() as server:
        config = f'\n[draft.model]\nurl = "{base(server)}"\nname = "scribe-1"\nkey_env = ""\n'
        with site(tmp_path, config=config) as pages:
            open_a_draft(pages)
            address = add_an_article(pages)
            assert "proposed by the model" not in pages.sees(address, "editor")
            server.says(says([true, lie]))
            draft = draft_of(pages)
            [article] = pages.program.store.articles.of(draft.id)
            ask(pages.program, draft, article, now=pages.now)
            html = pages.sees(address, "editor")
            assert "proposed by the model" in html
            assert "1 proposal of the model folded" in text_of(html)
            assert "“It will be held in Oslo” : no such words" in text_of(html)
            answer = press(pages, address, 'value="proposed"', "proposed")
            assert answer.headers["location"] == f"{address}#m0"
            assert "city: Istanbul" in draft_of(pages).text
            [row] = pages.program.store.placings.of(draft.id)
            assert (row.how, row.quote, row.decided_by) == ("model", words, "editor")


def test_the_cards_are_said_in_ukrainian(pages: Site) -> None:
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")
    said = text_of(pages.sees(add_an_article(pages), "editor"))
    assert "Стаття 1 з 1" in said
    assert "прийняти" in said
    assert "інакше" in said
