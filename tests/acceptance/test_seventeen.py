"""A whole day of the talks, 17 February 2026, from eighteen articles to the digest: what somebody
does at an editor in a terminal makes the version that stands in the shipped file, and her keys are
counted.

Going to a sentence counts 6 keys, deleting the sign before a line 2, pasting a line that stands
further up 8, going to a word that is written over 4, going to the end of a line 3; each character
that is written counts one, the return after a line too. Against that stands the same step written
by hand as a partial snapshot, each character and each return one key, its indentation none.
"""

from __future__ import annotations

import html
import os
import pty
import re
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from monitor.collect.merging import merge
from monitor.collect.snapshot import read_snapshot
from monitor.kinds.canonical import canonical
from tests.acceptance.seventeen.by_hand import by_hand, typed
from tests.acceptance.site import Site
from tests.talks import KIND, full

HERE = Path(__file__).parent / "seventeen"
BEFORE, DAY = "2026-02-15", "2026-02-17"
ANA, BEN = "ana@example.org", "ben@example.org"
CONFIG = f"""
[sources.talks]
folder = "snapshots"
[web]
enabled = false
[[subscriptions]]
address = "{ANA}"
situations = ["ukraine-talks"]
cadence = "at-once"
[[subscriptions]]
address = "{BEN}"
situations = ["ukraine-talks"]
cadence = "at-once"
collections = ["rounds"]
minimum = "major"
"""
PAGE = """<!doctype html><html><head><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{publisher}">
<meta property="article:published_time" content="{date}T09:00:00Z">{link}</head>
<body><nav>Home</nav><article><h1>{title}</h1>
{paragraphs}</article><footer>About us</footer></body></html>
"""
MISSPELT = ("-> gruenbaum ~", "-> gruenbaun ~")
CORRECTED = "!delegations[usa].members[gruenbaun ~ gruenbaun -> gruenbaum\n"


class Article(NamedTuple):
    name: str
    meta: dict[str, str]
    paragraphs: list[str]

    def page(self) -> str:
        meta = {name: html.escape(value) for name, value in self.meta.items()}
        link = f'<link rel="canonical" href="{meta["url"]}">' if "url" in meta else ""
        paragraphs = "".join(f"<p>{html.escape(one)}</p>\n" for one in self.paragraphs)
        return PAGE.format(**meta, link=link, paragraphs=paragraphs)


class Written(NamedTuple):
    """What came of the day at the desk."""

    site: Site
    said: dict[str, str]
    keys: int
    lines: int
    by_hand: EmailMessage
    by_form: EmailMessage


def articles() -> Iterator[Article]:
    for block in (HERE / "articles.txt").read_text(encoding="utf-8").split("\n== "):
        head, _, body = block.removeprefix("== ").partition("\n\n")
        name, *rows = head.splitlines()
        meta = dict(row.split(": ", 1) for row in rows)
        meta["title"] = meta["title"].removeprefix('"').removesuffix('"')
        yield Article(name, meta, body.strip().split("\n\n"))


def a_desk(folder: Path) -> Site:
    """The shipped snapshots up to the day before, told to a reader."""
    site = Site(folder)
    site.configures(CONFIG)
    site.has_talks_until(BEFORE)
    site.monitor("run", "--once")
    return site


def edits(site: Site, text: str, code: int = 0) -> str:
    """`monitor draft edit` at a terminal, with a person for an editor."""
    (site.folder / "edits.txt").write_text(text, encoding="utf-8")
    editor = site.folder / "editor"
    command = f"{sys.executable} {HERE / 'person.py'} edits.txt count"
    editor.write_text(f'#!/bin/sh\nexec {command} "$1"\n')
    editor.chmod(0o700)
    controller, terminal = pty.openpty()
    try:
        with pytest.MonkeyPatch.context() as patch, os.fdopen(terminal) as stdin:
            patch.setattr(sys, "stdin", stdin)
            for name in ("VISUAL", "EDITOR"):
                patch.setenv(name, str(editor))
            return site.monitor("draft", "edit", "ukraine-talks", code=code)
    finally:
        os.close(controller)


def the_day(site: Site) -> dict[str, str]:
    """From the articles to what is published; what each command said."""
    said = {"open": site.monitor("draft", "open", "ukraine-talks", "--as-of", DAY)}
    for article in articles():
        (site.folder / f"{article.name}.html").write_text(article.page(), encoding="utf-8")
        how = [f"--{name}={article.meta[name]}" for name in ("publisher", "title")]
        file = f"{article.name}.html"
        said[article.name] = site.monitor("draft", "add", "ukraine-talks", file, *how)
    said["offered"] = site.monitor("draft", "show", "ukraine-talks")
    told = (HERE / "edits.txt").read_text(encoding="utf-8")
    said["fault"] = edits(site, told.replace(*MISSPELT), code=2)
    said["at fault"] = site.monitor("draft", "show", "ukraine-talks")
    said["edit"] = edits(site, CORRECTED)
    said["text"] = site.monitor("draft", "show", "ukraine-talks")
    said["check"] = site.monitor("draft", "check", "ukraine-talks")
    said["preview"] = site.monitor("draft", "preview", "ukraine-talks")
    said["publish"] = site.monitor("draft", "publish", "ukraine-talks")
    site.monitor("run", "--once")
    return said


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    site = a_desk(tmp_path_factory.mktemp("desk"))
    other = a_desk(tmp_path_factory.mktemp("other"))
    other.gets(DAY)
    other.monitor("run", "--once")
    said = the_day(site)
    counted = [row.split() for row in (site.folder / "count").read_text().splitlines()]
    return Written(
        site=site,
        said=said,
        keys=sum(int(keys) for keys, _ in counted),
        lines=sum(int(lines) for _, lines in counted),
        by_hand=other.mail(ANA)[-1],
        by_form=site.mail(ANA)[-1],
    )


def text_of(message: EmailMessage, form: str = "plain") -> str:
    body = message.get_body((form,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html_of(message: EmailMessage) -> str:
    return html.unescape(text_of(message, "html"))


def findings_in(message: EmailMessage) -> list[str]:
    """Its words from the headlines to the sources, whose numbers follow the ids of publications."""
    told = text_of(message).partition("IN SHORT")[2].partition("\nSOURCES\n")[0]
    assert told
    return re.sub(r"\[\d+\]", "", told).split()


def named_alike(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: named_alike(each, ids) for name, each in value.items()}
    if isinstance(value, list):
        return [named_alike(each, ids) for each in value]
    return ids.get(value, value) if isinstance(value, str) else value


def publications(state: Any) -> dict[str, str]:
    """Their ids by their addresses; the one without an address by its title."""
    return {one.get("url", one["title"]): one["id"] for one in state["sources"]}


def in_any_order(value: Any) -> Any:
    """Lists of names, whose order follows the ids of publications."""
    if isinstance(value, dict):
        return {name: in_any_order(each) for name, each in value.items()}
    if isinstance(value, list):
        told = [in_any_order(each) for each in value]
        return sorted(told, key=repr)
    return value


def test_the_state_is_that_of_the_file_written_by_hand(written: Written) -> None:
    files = (written.site.folder / "snapshots" / "ukraine-talks").glob(f"*{DAY}*.yaml")
    [file] = files
    said = read_snapshot(file.read_bytes(), name=file.name, kind_of=lambda _: KIND)
    ours, theirs = canonical(merge(full(BEFORE), said, KIND), KIND), full(DAY)
    ids, wanted = publications(ours), publications(theirs)
    assert ids.keys() == wanted.keys()
    alike = named_alike(ours, {ids[address]: wanted[address] for address in ids})
    assert in_any_order(alike) == in_any_order(theirs)


def test_a_fault_is_shown_with_its_line_and_then_corrected(written: Written) -> None:
    fault = written.said["fault"]
    assert "did you mean gruenbaum?" in fault
    line = int(re.search(r":(\d+)(?::\d+)?: delegations", fault)[1])  # type: ignore[index]
    row = written.said["at fault"].splitlines()[line - 1]
    assert row == "delegations[usa].members[gruenbaun]: {x-removed: true}"
    assert "saved, 1 placed; nobody is told yet" in written.said["edit"]


def test_the_digest_says_what_that_of_the_file_says(written: Written) -> None:
    assert written.by_form["Subject"] == written.by_hand["Subject"]
    assert written.by_form["Subject"].startswith("The third trilateral round is under way: ")
    assert findings_in(written.by_form) == findings_in(written.by_hand)


def test_a_digest_leads_to_the_words_of_an_article(written: Written) -> None:
    [message] = written.site.mail(BEN)[1:]
    words = "“The third trilateral round has begun, Rustem Umerov announced.” (UNN)"
    link = (
        "https://unn.ua/en/news/new-round-of-ukraine-us-russia-talks-starts-in-geneva-umerov"
        "#:~:text=The%20third%20trilateral%20round,begun%2C%20Rustem%20Umerov%20announced."
    )
    assert f"\n  {words}" in text_of(message)
    assert re.search(rf'<a href="{re.escape(link)}"[^>]*>{re.escape(words)}</a>', html_of(message))


def test_the_keys_are_fewer_than_by_hand(written: Written) -> None:
    text = by_hand(full(BEFORE), full(DAY), KIND)
    said = read_snapshot(text.encode(), name="by hand", kind_of=lambda _: KIND)
    assert canonical(merge(full(BEFORE), said, KIND), KIND) == full(DAY)
    keys, lines = typed(text)
    assert (keys, lines) == (14519, 159)
    assert (written.keys, written.lines) == (5778, 18)
    assert written.keys <= 0.4 * keys
