"""Text from a snapshot can do nothing to a digest or a mail, and no change can stop one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from monitor.mail.message import address, build, encode
from monitor.model.comparison import Provenance, Publication
from monitor.model.digest import Digest, SourceHealth
from monitor.model.record import replace
from monitor.model.said import Beside, Corrected, Joined, Said, Slipped
from monitor.model.subscription import SubscriptionSpec
from monitor.render import load_templates
from monitor.report.digest import BUDGET, make_digest
from monitor.report.notices import operator_notice, trial_mail, welcome
from tests.digests import (
    SENDER,
    SOURCES,
    as_read,
    comparison,
    digest_input,
    finding,
    joined,
    replaced,
    reworded,
    situation,
    standings,
    widened,
)

TEMPLATES = load_templates()

HOSTILE = [
    "<script>alert(1)</script>",
    '<a href="https://evil.example">click</a>',
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' style='background:url(https://evil.example)",
    "&lt;b&gt; &#60;b&#62; &amp;amp;",
    "[click](https://evil.example) **bold** `code`",
    "{{ 7*7 }} {% raw %} {{ reader.address }}",
    "</td></tr></table><h1>Forged</h1>",
    "<!--[if mso]> hidden <![endif]-->",
    "]]> <![CDATA[ x",
    "\r\nBcc: evil@example.org\r\n\r\nbody",
    "\x1eaddress\x1e \x1eunsubscribe\x1e",
    "=[q:unsubscribe]=\r\n=[Q:address]=",
    "15 \u202e03 >- 51",
    "Kostyu\u200bkov \u2066x\u2069 K\u043estyukov",
    "half \ud800 pair",
    "nul \x00 byte",
    "--=_boundary--",
    ".",
    "x" * 1_000_000,
]
"""The last stands in fifteen places of a digest at once; ten million once is a test of its own."""

PLAIN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "h1", "h2", "h3",
    "p", "b", "a", "del", "ins", "code", "ul", "li", "span",
}  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def _host(attributes: dict[str, str]) -> str | None:
    """Where a link leads; the scheme has to be one that a browser asks a server with."""
    link = attributes.get("href")
    if link is None or link.startswith("\x1e"):
        return None
    parts = urlsplit(link)
    assert parts.scheme in ("http", "https")
    return parts.hostname


def everywhere(text: str) -> Digest:
    """A digest with the text in every place where a snapshot or a person can put one."""
    source = Publication(id=text, publisher=text, title=text, url=text, published=text)
    told = comparison(
        replace(
            joined(text),
            id="a",
            path=text,
            provenance=Provenance(status=text, said_by=text, sources=(text, "afp")),
        ),
        replace(reworded(text, "something else"), id="b", collection=text),
        widened(),
        title=text,
        sources={text: source, **SOURCES},
        standings=tuple(replace(each, party_label=text, issue_label=text) for each in standings()),
    )
    health = SourceHealth(name=text, state="failing", checked_at=None, newest=text, trouble=text)
    return make_digest(
        digest_input(
            situation(told),
            health=(health,),
            pages_url="https://monitor.example.org",
            undelivered_since=text,
        ),
        TEMPLATES,
    )


def mailed(made: Any) -> bytes:
    addressed = address(
        "ana@example.org",
        body_key="b1",
        message_key="m1",
        made_at=datetime(2026, 2, 17, tzinfo=UTC),
        sender=SENDER,
        token="TOKEN",
    )
    return build(encode(made.subject, made.text, made.html, sender=SENDER), addressed.splice)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_is_never_a_tag_an_attribute_a_link_or_a_style(text: str) -> None:
    html = as_read(everywhere(text).html, "html")
    calm = Tags(as_read(everywhere("calm words").html, "html")).found
    styles = {attributes.get("style", "") for _, attributes in calm}
    for tag, attributes in Tags(html).found:
        assert tag in PLAIN_TAGS
        assert not [name for name in attributes if name.startswith("on")]
        assert _host(attributes) in (None, "example.org", "monitor.example.org")
        assert attributes.get("style", "") in styles
    assert [tag for tag, _ in Tags(html).found].count("h1") == 1


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_takes_no_control_character_into_any_part(text: str) -> None:
    made = everywhere(text)
    for part in (made.subject, as_read(made.text), as_read(made.html, "html")):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", part)
        part.encode("utf-8")
    assert len(made.html.encode()) <= BUDGET


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_is_never_a_header_or_another_part_of_the_mail(text: str) -> None:
    message = message_from_bytes(mailed(everywhere(text)), policy=policy.default)
    assert message["Bcc"] is None
    assert message["To"] == "ana@example.org"
    assert not message.defects
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_notices_are_as_safe_as_digests(text: str) -> None:
    spec = SubscriptionSpec(address="ana@example.org", name="desk", situations=(text,))
    told = comparison(title=text)
    for notice in (
        operator_notice([text], [text], TEMPLATES),
        welcome(spec, [told], TEMPLATES),
        trial_mail(text, text, TEMPLATES),
    ):
        message = message_from_bytes(mailed(notice), policy=policy.default)
        assert message["Bcc"] is None
        assert not message.defects
        assert {tag for tag, _ in Tags(notice.html).found} <= PLAIN_TAGS
        assert {_host(attributes) for _, attributes in Tags(notice.html).found} == {None}
        assert len(notice.subject) <= 60


def test_a_link_that_is_not_of_the_web_is_shown_as_text() -> None:
    bad = Publication(id="bad", publisher="Desk", url="javascript:alert(1)")
    told = replace(replaced(), provenance=Provenance(sources=("bad", "reuters")))
    made = make_digest(
        digest_input(situation(comparison(told, sources={"bad": bad, **SOURCES}))), TEMPLATES
    )
    html = as_read(made.html, "html")
    assert [a["href"] for tag, a in Tags(html).found if tag == "a"] == [
        "https://example.org/reuters/1?a=1&b=2",
        "https://monitor.example.org/r/TOKEN",
        "https://monitor.example.org/u/TOKEN",
    ]
    assert "Desk (javascript:alert(1))" in html


def test_text_that_would_turn_old_and_new_around_is_shown_with_its_marks() -> None:
    made = make_digest(
        digest_input(situation(comparison(reworded("15 days", "\u202e03 days"), title="T"))),
        TEMPLATES,
    )
    assert "⟨U+202E⟩03 days" in made.text
    assert "⟨U+202E⟩03" in made.html
    assert "\u202e" not in made.text + made.html


@pytest.mark.parametrize(
    "poison",
    [
        finding("no-such-rule", cast("Said", Corrected("2026-02-01"))),
        finding("slipped", Slipped("x", before=["2026-02-01"], after=[])),
        finding("joined", Joined("x", "y", "head", single=False), beside=Beside(details=(None,))),  # type: ignore[arg-type]
    ],
    ids=["no words for it", "half a date", "broken details"],
)
def test_a_finding_that_cannot_be_worded_is_a_line_of_its_own_and_the_digest_goes_out(
    poison: Any,
) -> None:
    made = make_digest(digest_input(situation(comparison(poison, widened()))), TEMPLATES)
    assert poison.id in made.shown
    for told in (" ".join(made.text.split()), made.html):
        assert f"A change at {poison.path} could not be put into words." in told
        assert "widens from 30–50 to 20–50 years" in " ".join(told.split())


def test_a_ten_megabyte_text_is_cut_and_says_its_length() -> None:
    made = make_digest(
        digest_input(situation(comparison(reworded("a b c", "x" * 10_000_000)))), TEMPLATES
    )
    assert "/10,000,000)" in made.text
    assert len(made.html.encode()) < BUDGET


def test_a_colour_or_class_can_come_from_no_snapshot() -> None:
    html = as_read(everywhere("red;background:url(x)").html, "html")
    classes = {a["class"] for _, a in Tags(html).found if "class" in a}
    assert "red;background:url(x)" not in " ".join(classes)
    assert all(re.fullmatch(r"[a-z ,-]+", each) for each in classes)
