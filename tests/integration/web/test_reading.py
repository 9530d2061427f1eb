"""Reading: what is new, a comparison, a situation, a fact, an entity, an issue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.pages import Site, site


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages")) as found:
        yield found


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _hrefs(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', html)]


def test_what_is_new_comes_first(pages: Site) -> None:
    text = _text(pages.sees("/"))

    assert "What is new" in text
    assert "The third trilateral round took place" in text
    assert "critical and major" in text


def test_a_name_for_a_version_leads_on_to_an_address_that_stays(pages: Site) -> None:
    answer = pages.ask("/situations/ukraine-talks/compare?old=2026-02-15&new=latest", role="reader")

    assert answer.status == 302
    assert re.search(r"old=[0-9a-f]{12}&new=[0-9a-f]{12}", answer.headers["location"])
    assert pages.ask(answer.headers["location"], role="reader").status == 200


def test_a_comparison_has_its_steps_and_its_other_forms(pages: Site) -> None:
    asked = "/situations/ukraine-talks/compare?old=2026-02-15&new=2026-02-17&least=major"
    address = pages.ask(asked, role="reader").headers["location"]
    html = pages.sees(address)
    names = ("markdown", "json", "patch")
    forms = {name: to for to in _hrefs(html) for name in names if f"format={name}" in to}

    assert "least=major" in address
    assert "Previous step" in html
    assert "Next step" in html
    assert pages.sees(forms["markdown"]).startswith("# US-mediated talks")
    assert json.loads(pages.sees(forms["json"]))["findings"]
    patch = json.loads(pages.sees(forms["patch"]))
    assert {one["op"] for one in patch} <= {"add", "remove", "replace", "test"}


def test_side_by_side_every_change_has_a_row_with_its_history(pages: Site) -> None:
    address = pages.ask(
        "/situations/ukraine-talks/compare?old=2026-02-15&new=2026-02-17&side=1", role="reader"
    ).headers["location"]
    html = pages.sees(address)
    rows = [to for to in _hrefs(html) if "/history?" in to]

    assert rows
    for to in rows[:3]:
        assert pages.ask(to, role="reader").status == 200


def test_a_situation_says_who_stands_where_and_what_is_ahead(pages: Site) -> None:
    text = _text(pages.sees("/situations/ukraine-talks"))

    assert "Who stands where" in text
    assert "Delegations" in text
    assert "What changed since the baseline" in text


def test_a_situation_is_shown_as_it_stood_and_as_it_was_known(pages: Site) -> None:
    early = _text(pages.sees("/situations/ukraine-talks?as_of=2026-02-03"))
    unknown = pages.ask("/situations/ukraine-talks?known=2020-01-01", role="reader")
    document = json.loads(pages.sees("/situations/ukraine-talks/document?as_of=2026-02-03"))

    assert "2 February 2026 (4th)" in early
    assert unknown.status == 404
    assert document["rounds"]


@pytest.mark.parametrize("asked", ["as_of=nonsense", "known=2026-13-01"])
def test_what_is_no_day_is_no_page(pages: Site, asked: str) -> None:
    assert pages.ask(f"/situations/ukraine-talks?{asked}", role="reader").status == 404


def test_every_link_of_a_situation_leads_somewhere(pages: Site) -> None:
    every = _hrefs(pages.sees("/situations/ukraine-talks"))
    inside = {to for to in every if to.startswith("/situations/")}

    assert len(inside) > 20
    for to in sorted(inside)[::5]:
        assert pages.ask(to, role="reader").status in (200, 302), to


def test_a_fact_has_every_value_it_has_had(pages: Site) -> None:
    path = "delegations[russia].members[kostyukov].role"
    text = _text(pages.sees(f"/situations/ukraine-talks/history?path={path}"))

    assert "head" in text
    assert "member" in text


def test_an_entity_is_found_wherever_it_stands(pages: Site) -> None:
    text = _text(pages.sees("/situations/ukraine-talks/entity?path=people[medinsky]"))

    assert text.count("Vladimir Medinsky") >= 1
    assert "delegations[russia].members[medinsky]" in text


def test_an_issue_is_drawn_and_told(pages: Site) -> None:
    html = pages.sees("/situations/ukraine-talks/issues/security-guarantees")

    assert "<polyline" in html
    assert "asks 20–50 years" in _text(html)


@pytest.mark.parametrize(
    "path",
    [
        "/situations/nowhere",
        "/situations/ukraine-talks/compare?old=ffffffffffff",
        "/situations/ukraine-talks/history?path=",
        "/situations/ukraine-talks/history?path=nobody[x].y",
        "/situations/ukraine-talks/entity?path=people[nobody]",
        "/situations/ukraine-talks/issues/weather",
        "/situations/ukraine-talks/entity?path=%00",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(pages: Site, path: str) -> None:
    answer = pages.ask(path, role="reader", Accept="text/html")

    assert answer.status in (400, 404)
    assert "Traceback" not in answer.text


def test_text_of_a_snapshot_is_never_markup(pages: Site) -> None:
    path = "/situations/ukraine-talks/history?path=%3Cscript%3Ealert(1)%3C/script%3E"
    html = pages.ask(path, role="reader", Accept="text/html").text

    assert "<script>alert" not in html


def test_each_person_marks_what_she_has_seen(pages: Site) -> None:
    before = pages.sees("/", "editor")
    marks = re.search(r'name="marks" value="([0-9a-f,]+)"', before)
    assert marks is not None
    form = {"situation": "ukraine-talks", "marks": marks[1]}
    assert pages.ask("/seen", role="editor", form=form).status == 303

    assert marks[1] not in pages.sees("/", "editor")
    assert marks[1] in pages.sees("/", "admin")
    assert marks[1] in pages.sees("/?seen=1&show=all", "editor")


def test_what_is_seen_has_changed_all_the_same(pages: Site) -> None:
    every = re.findall(r'name="marks" value="([0-9a-f,]+)"', pages.sees("/?show=all", "editor"))
    form = {"situation": "ukraine-talks", "marks": ",".join(every)}
    pages.ask("/seen", role="editor", form=form)
    try:
        said = _text(pages.sees("/?show=serious", "editor"))
    finally:
        pages.ask("/seen", role="editor", form=form | {"undo": "1"})

    assert re.search(r"Nothing to show here since [^;]+; \d+ findings not shown\.", said)
    assert "othing changed" not in said


def test_all_is_seen_up_to_the_version_that_was_shown(pages: Site) -> None:
    version = re.search(r'name="version" value="([0-9a-f]+)"', pages.sees("/", "reader"))
    assert version is not None
    form = {"situation": "ukraine-talks", "version": version[1]}
    assert pages.ask("/seen/all", role="reader", form=form).status == 303

    assert "Nothing changed since 20 February 2026" in _text(pages.sees("/", "reader"))


def test_the_pages_speak_the_language_of_the_person(pages: Site) -> None:
    person = pages.program.store.people.find("admin")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")
    try:
        for path in ("/", "/situations", "/situations/ukraine-talks"):
            assert '<html lang="uk">' in pages.sees(path)
        assert "Хто на чому стоїть" in pages.sees("/situations/ukraine-talks")
    finally:
        pages.program.store.people.change(person.id, language="en")
