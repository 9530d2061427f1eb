"""Versions: who chose the baseline and why; choosing another; taking out and putting back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deciding import hrefs_of, text_of
from tests.pages import Site, site

PATH = "/situations/ukraine-talks/versions"
WHY = "agreed at the desk"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        yield found


def _decide(pages: Site, what: str, version: str = "", reason: str = WHY) -> int:
    form = {"what": what, "version": version, "reason": reason}
    return pages.ask(PATH, role="editor", form=form).status


def test_the_situation_leads_to_its_versions(pages: Site) -> None:
    assert PATH in hrefs_of(pages.sees("/situations/ukraine-talks", "reader"))


@pytest.mark.parametrize(
    ("what", "how", "said"),
    [("pin", "pinned", "baseline pinned"), ("advance", "advanced", "baseline advanced")],
)
def test_a_baseline_says_who_chose_it_and_why(pages: Site, what: str, how: str, said: str) -> None:
    assert _decide(pages, what, "2026-02-05") == 303
    pin = pages.program.store.versions.pin("ukraine-talks")
    text = text_of(pages.sees(PATH, "reader"))

    assert pin.how == how
    assert pin.version is not None
    assert pin.version.ref.as_of == "2026-02-05"
    assert f"5 February 2026 · {how} · editor , Friday, 12:00" in text
    assert WHY in text
    assert f"editor {said}: 5 February 2026" in text


def test_the_baseline_follows_again(pages: Site) -> None:
    _decide(pages, "pin", "2026-02-05")
    assert _decide(pages, "follow") == 303

    assert pages.program.store.versions.pin("ukraine-talks").how == "previous"
    assert "always the version before the latest" in pages.sees(PATH, "reader")


def test_a_snapshot_is_withdrawn_and_put_back(pages: Site) -> None:
    assert _decide(pages, "withdraw", "2026-02-20", "of another year") == 303
    latest = pages.program.store.versions.latest("ukraine-talks")
    html = pages.sees(PATH, "editor")
    assert latest is not None
    assert latest.ref.as_of == "2026-02-17"
    assert "of another year" in html
    assert 'value="put back"' in html

    assert _decide(pages, "put back", "2026-02-20", "it was this year") == 303
    latest = pages.program.store.versions.latest("ukraine-talks")
    decided = [one.what for one in pages.program.store.decisions.page(limit=5)]
    assert latest is not None
    assert latest.ref.as_of == "2026-02-20"
    assert decided == ["restored", "withdrawn"]


def test_who_only_reads_sees_no_form(pages: Site) -> None:
    html = pages.sees(PATH, "reader")
    form = {"what": "pin", "version": "2026-02-05", "reason": WHY}

    assert 'name="reason"' not in html
    assert pages.ask(PATH, role="reader", form=form).status == 403
    assert pages.program.store.decisions.count() == 0


@pytest.mark.parametrize(
    ("what", "version", "reason", "status"),
    [
        ("pin", "2026-02-05", " ", 400),
        ("pin", "1999-01-01", WHY, 404),
        ("withdraw", "1999-01-01", WHY, 404),
        ("put back", "2026-02-05", WHY, 409),
        ("burn", "2026-02-05", WHY, 400),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    pages: Site, what: str, version: str, reason: str, status: int
) -> None:
    before = pages.program.store.revisions.all()

    assert _decide(pages, what, version, reason) == status
    assert pages.program.store.revisions.all() == before
    assert pages.program.store.decisions.count() == 0


def test_each_version_leads_to_what_it_changed(pages: Site) -> None:
    steps = [to for to in hrefs_of(pages.sees(PATH, "reader")) if "/compare" in to]

    assert len(steps) >= 5
    assert pages.ask(steps[0], role="reader").status == 200


def test_versions_are_said_in_ukrainian(pages: Site) -> None:
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")

    assert "Закріпити як базову" in pages.sees(PATH, "editor")
