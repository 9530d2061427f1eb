"""The HTML uses only what mail clients render or drop without harm.

An allow-list of our own. What is on it is shown by Gmail, Outlook for Windows (which lays out with
Word's engine) and Apple Mail, or is ignored by the one that does not know it while the mail stays
readable; the reason stands beside whatever is ignored somewhere.
"""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
import tinycss2

from monitor.model.subscription import SubscriptionSpec
from monitor.render import load_templates
from monitor.report.digest import make_digest
from monitor.report.notices import operator_notice, welcome
from tests.digests import (
    against,
    as_read,
    comparison,
    digest_input,
    replaced,
    situation,
    talks,
    widened,
)

TEMPLATES = load_templates()

TAGS = {
    # The document; Gmail moves the content of body into a div of its own.
    "html", "head", "body", "title",
    "meta",  # charset, viewport; color-scheme is for Apple Mail, ignored elsewhere
    "style",  # an enhancement: each rule has its inline twin, or only serves dark mode and phones
    # Layout is tables, the only boxes that Word's engine sizes.
    "table", "tr", "td",
    "div",  # the preheader and the article around the card; no box depends on one
    # Text.
    "h1", "h2", "h3", "p", "b", "a", "code",
    "ul", "li", "span",  # Word's engine indents a list by its own measure, and it stays one
    "del", "ins",  # said by screen readers; the words around them say the same
}  # fmt: skip

ATTRIBUTES = {
    "lang", "dir", "role", "aria-label", "aria-hidden",  # for ears; ignored by eyes
    "width", "align", "cellpadding", "cellspacing",  # what Word's engine reads instead of CSS
    "class",  # only for the style element
    "style", "href", "charset", "name", "content",
}  # fmt: skip

PROPERTIES = {
    "background-color", "color", "font", "font-size", "line-height", "text-align",
    "text-decoration", "padding", "border", "border-left", "border-top", "border-bottom",
    "border-color", "width", "height",
    "padding-bottom", "padding-left", "padding-right",
    "margin",  # never negative and never auto, which Outlook drops
    "max-width",  # Outlook takes the width of the table in the conditional comment instead
    "max-height", "overflow", "display",  # hide the preheader; Outlook needs display alone
    "word-break",  # keeps a long word inside the card; where it is ignored the card grows
    "color-scheme",  # Apple Mail; elsewhere the client inverts or does not
}  # fmt: skip

VALUES_REFUSED = ("url(", "expression", "calc(", "var(", "@import", "position", "flex", "grid")

AT_RULES = {
    "media",  # phones and dark mode; Outlook for Windows ignores it
}


class Uses(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: list[str] = []
        self.sheet = ""
        self._in_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.styles += [value or "" for name, value in attrs if name == "style"]
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.sheet += data


def declared(declarations: str) -> set[str]:
    parsed = tinycss2.parse_declaration_list(declarations, skip_comments=True, skip_whitespace=True)
    assert [each.message for each in parsed if each.type == "error"] == []
    return {each.lower_name for each in parsed}


def ruled(rules: str) -> tuple[set[str], set[str]]:
    """At-rules and properties of a style sheet; Gmail drops a whole block for one error in it."""
    at_rules: set[str] = set()
    properties: set[str] = set()
    parsed = tinycss2.parse_stylesheet(rules, skip_comments=True, skip_whitespace=True)
    assert [each.message for each in parsed if each.type == "error"] == []
    for rule in parsed:
        content = tinycss2.serialize(rule.content)
        if rule.type == "at-rule":
            at_rules.add(rule.lower_at_keyword)
            inner_at_rules, inner = ruled(content)
            at_rules |= inner_at_rules
            properties |= inner
        else:
            properties |= declared(content)
    return at_rules, properties


def pages() -> list[str]:
    farther = against(talks(), "2026-01-24", replaced())
    part = situation(
        talks(),
        against_baseline=farther,
        baseline=farther.old,
        baseline_how="pinned",
        new_against_baseline=(replaced().id,),
    )
    other = situation(comparison(widened()))
    spec = SubscriptionSpec(address="a@example.org", name="desk", situations=("talks",))
    made = (
        make_digest(digest_input(part, other, undelivered_since="2026-02-12"), TEMPLATES),
        operator_notice(["new"], ["over"], TEMPLATES),
        welcome(spec, [talks()], TEMPLATES),
    )
    return [as_read(each.html, "html") for each in made]


@pytest.mark.parametrize("html", pages(), ids=["digest", "operator", "welcome"])
def test_it_uses_only_what_mail_clients_render_or_drop_without_harm(html: str) -> None:
    uses = Uses(html)
    at_rules, properties = ruled(uses.sheet)
    for style in uses.styles:
        properties |= declared(style)
    assert uses.tags <= TAGS
    assert uses.attributes <= ATTRIBUTES
    assert at_rules <= AT_RULES
    assert properties <= PROPERTIES
    assert not [value for value in VALUES_REFUSED if value in uses.sheet + "".join(uses.styles)]


@pytest.mark.parametrize("html", pages(), ids=["digest", "operator", "welcome"])
def test_the_style_element_is_small_enough_for_gmail_to_keep(html: str) -> None:
    assert 0 < len(Uses(html).sheet.encode()) < 8192


@pytest.mark.parametrize("html", pages(), ids=["digest", "operator", "welcome"])
def test_every_colour_of_text_stands_inline_and_again_for_dark_mode(html: str) -> None:
    uses = Uses(html)
    sheet = uses.sheet.partition("prefers-color-scheme:dark")[2]
    for name in ("page", "card", "ink", "soft", "quiet"):
        assert f".{name}{{" in sheet.replace(" ", "")
    coloured = [style for style in uses.styles if "font:" in style and "padding:" not in style]
    assert coloured
    assert all("color:" in style for style in coloured)


def test_the_preheader_comes_first_is_hidden_and_adds_to_the_subject() -> None:
    made = make_digest(digest_input(), TEMPLATES)
    body = made.html.partition("<body")[2].partition(">")[2].lstrip()
    assert body.startswith('<div style="display:none;')
    preheader = unescape(body.partition(">")[2].partition("<")[0])
    assert 40 <= len(preheader) <= 100
    assert not preheader.startswith(made.subject[:20])
