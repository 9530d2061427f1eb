"""Review: what waits for a person, and what was decided by whom and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store.records import Decision
from tests.deciding import actions_of, hrefs_of, let_one_wait, text_of
from tests.pages import Site, site

REASON = {"reason": "the desk asked <b>twice</b>"}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        let_one_wait(found)
        yield found


def _form(pages: Site) -> str:
    (action,) = [one for one in actions_of(pages.sees("/review", "editor")) if "/review/" in one]
    return action


def test_what_waits_is_shown_with_what_it_would_change(pages: Site) -> None:
    html = pages.sees("/review", "editor")
    text = text_of(html)

    assert "1 June 2026" in text
    assert "It waits because" in text
    assert "compared with what counts now, 20 February 2026" in text
    assert "Kostyukov" in text
    for to in [one for one in hrefs_of(html) if "/compare" in one]:
        assert pages.ask(to, role="editor").status == 200


def test_the_menu_counts_what_waits(pages: Site) -> None:
    assert '<span class="count">1</span>' in pages.sees("/situations", "editor")


def test_a_reader_does_not_decide(pages: Site) -> None:
    form = {**REASON, "what": "release"}

    assert pages.ask("/review", role="reader").status == 403
    assert pages.ask(_form(pages), role="reader", form=form).status == 403
    assert len(pages.program.store.versions.held()) == 1


@pytest.mark.parametrize(
    ("what", "said", "latest"),
    [("release", "released", "2026-06-01"), ("reject", "rejected", "2026-02-20")],
)
def test_a_decision_keeps_who_and_why(pages: Site, what: str, said: str, latest: str) -> None:
    answer = pages.ask(_form(pages), role="editor", form={**REASON, "what": what})
    html = pages.sees("/review", "editor")
    newest = pages.program.store.versions.latest("ukraine-talks")

    assert answer.status == 303
    assert newest is not None
    assert newest.ref.as_of == latest
    assert "Nothing waits for a decision." in html
    assert f"editor {said}: 1 June 2026" in text_of(html)
    assert "the desk asked <b>twice</b>" in text_of(html)
    assert "<b>twice" not in html
    assert said in pages.sees("/decisions?situation=ukraine-talks", "reader")
    assert said not in pages.sees("/decisions?situation=nowhere", "reader")


def test_no_reason_is_no_decision(pages: Site) -> None:
    answer = pages.ask(
        _form(pages), role="editor", form={"reason": "  ", "what": "release"}, Accept="text/html"
    )

    assert answer.status == 400
    assert "Say why" in answer.text
    assert len(pages.program.store.versions.held()) == 1


def test_who_comes_second_is_told_so(pages: Site) -> None:
    action = _form(pages)
    pages.ask(action, role="editor", form={**REASON, "what": "reject"})
    answer = pages.ask(action, role="admin", form={**REASON, "what": "release"})

    assert answer.status == 404
    assert "does not wait" in answer.text
    assert pages.program.store.decisions.count() == 1


def test_many_decisions_are_paged(pages: Site) -> None:
    (decision,) = _decided(pages)
    for _ in range(30):
        pages.program.store.decisions.add(decision)
    first = pages.sees("/decisions?situation=ukraine-talks")
    last = pages.sees("/decisions?situation=ukraine-talks&page=2")

    assert first.count("<tr>") == 26
    assert last.count("<tr>") == 7
    assert "/decisions?situation=ukraine-talks&page=2" in hrefs_of(first)
    assert "All decisions" in pages.sees("/review")


def _decided(pages: Site) -> tuple[Decision, ...]:
    pages.ask(_form(pages), role="editor", form={**REASON, "what": "reject"})
    return pages.program.store.decisions.page(limit=1)


def test_review_is_said_in_ukrainian(pages: Site) -> None:
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")
    text = text_of(pages.sees("/review", "editor"))

    assert "Чекає на рішення" in text
    assert "Випустити" in text
