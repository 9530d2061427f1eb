"""Digests sent: a list, and each byte for byte, for people who may read but not write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from monitor.model.digest import Digest
from monitor.pipeline.flow import Memory, one_pass
from tests.deciding import hrefs_of, text_of
from tests.pages import NOON, Site, site

SUBJECT = "A quiet <i>day</i> at the harbour"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages")) as found:
        yield found


def _digest(number: int, html: str = "<p>quiet</p>") -> Digest:
    return Digest(
        input_hash=f"{number:064x}",
        subject=SUBJECT,
        text="quiet \x1eunsubscribe\x1e\n",
        html=html,
        shown=(),
        left_out=0,
    )


def _add(pages: Site, number: int, html: str = "<p>quiet</p>") -> int:
    digests = pages.program.store.digests
    return digests.add(_digest(number, html), {}, b"body", now=NOON).id


@pytest.fixture(scope="module")
def sent(pages: Site) -> int:
    """The number of a digest that Ana was sent."""
    pages.program.store.nodes.start(now=NOON)
    for days in range(4):
        one_pass(pages.program, Memory(), NOON + timedelta(days=days))
    pages.program.store.nodes.stop(now=NOON)
    told = [one for one in pages.program.store.outbox.find() if one.digest is not None]
    assert told
    assert told[0].digest is not None
    return told[0].digest


def test_each_digest_is_listed_with_its_readers(pages: Site, sent: int) -> None:
    html = pages.sees("/digests", "reader")

    assert f"/digests/{sent}" in hrefs_of(html)
    assert "1 reader" in text_of(html)
    assert "ana@example.org" not in html


def test_a_digest_is_shown_as_it_was_sent(pages: Site, sent: int) -> None:
    stored = pages.program.store.digests.get(sent)
    html = pages.sees(f"/digests/{sent}", "reader")
    alone = pages.ask(f"/digests/{sent}/html", role="reader")
    plain = pages.ask(f"/digests/{sent}/text", role="reader")

    assert f'src="/digests/{sent}/html"' in html
    assert 'sandbox=""' in html
    assert stored.subject in text_of(html)
    assert stored.text.split("\x1e")[0][:200] in plain.text
    assert alone.text.partition("\x1e")[0][:2000] == stored.html.partition("\x1e")[0][:2000]
    assert "\x1e" not in alone.text
    assert "/u/" not in alone.text
    assert "/u/" not in plain.text


def test_a_mail_runs_nothing_and_loads_nothing(pages: Site) -> None:
    hostile = "<script>alert(1)</script><img src=https://elsewhere.example/x>"
    number = _add(pages, 7, hostile)
    around = pages.ask(f"/digests/{number}", role="reader")
    alone = pages.ask(f"/digests/{number}/html", role="reader")
    policy = alone.headers["Content-Security-Policy"]

    assert alone.text == hostile
    assert policy.startswith("sandbox;")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]
    assert "unsafe" not in around.headers["Content-Security-Policy"]
    assert "<script>alert" not in around.text
    assert "<i>day" not in around.text


def test_many_digests_are_paged(pages: Site) -> None:
    for number in range(100, 160):
        _add(pages, number)
    first = pages.sees("/digests", "reader")

    assert first.count("<tr>") == 26
    assert "/digests?page=2" in hrefs_of(first)
    assert pages.sees("/digests?page=3", "reader").count("<tr>") > 1


@pytest.mark.parametrize("number", ["0", "99999", "x", "1e3", "-1", "9" * 40, "%00"])
def test_what_is_no_digest_is_no_page(pages: Site, number: str) -> None:
    for path in ("", "/html", "/text"):
        assert pages.ask(f"/digests/{number}{path}", role="reader").status == 404


def test_digests_are_said_in_ukrainian(pages: Site) -> None:
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")

    assert "Читачі" in pages.sees("/digests", "editor")
