"""`monitor publication`: what facts cite."""

from __future__ import annotations

import getpass
import json
from typing import Any
from urllib.parse import urlsplit

import click

from monitor.cli.opened import now, opened, reading
from monitor.cli.table import table
from monitor.errors import MonitorError
from monitor.model.edtf import bounds
from monitor.model.text import visible, web_link
from monitor.pipeline.drafting.drafts import draft_of
from monitor.pipeline.drafting.placing import Act
from monitor.pipeline.drafting.publications import Known, add_publication, known_publications
from monitor.writing.articles import ArticleText

SITUATION = click.argument("situation")


@click.group(name="publication")
def command() -> None:
    """What facts cite: who published it, when, and where it can be read.

    \b
    Examples:
      monitor publication add ukraine-talks https://example.org/a --publisher Reuters
      monitor publication list ukraine-talks
    """


@command.command(name="add")
@SITUATION
@click.argument("url")
@click.option("--publisher", help="Who published it. Default: the host of URL.")
@click.option("--date", "published", help="Its day, as YYYY-MM-DD; without one it is undated.")
@click.option("--title", help="Its headline.")
def add(situation: str, url: str, **told: str | None) -> None:
    """Write the publication at URL into the draft of SITUATION, and say under which id facts cite
    it. One that is known by its address keeps its id. Nothing is fetched."""
    article = _publication(url, told)
    with opened(click.get_current_context()) as program:
        draft = draft_of(program, situation)
        act = Act(by=getpass.getuser(), now=now(), how="terminal")
        done = add_publication(program, draft, article, act)
    click.echo(f"{done.source}{': known already, nothing was changed' if done.known else ''}")


@command.command(name="list")
@SITUATION
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def list_all(situation: str, form: str) -> None:
    """The publications of SITUATION, with those of its draft."""
    with reading(click.get_current_context()) as program:
        known = known_publications(program, situation)
    if form == "json":
        click.echo(json.dumps([_object(one) for one in known], indent=2, ensure_ascii=False))
        return
    if not known:
        click.echo(f"{situation} has no publications")
    table([_row(one) for one in known])


def _publication(url: str, told: dict[str, str | None]) -> ArticleText:
    day = told["published"]
    if day is not None and bounds(day) is None:
        raise MonitorError(f"--date is {day!r}, want a date such as 2026-02-18")
    if web_link(url) is None:
        raise MonitorError(f"{visible(url, 200)!r} is no address, want https://...")
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return ArticleText(
        text="",
        url=url,
        publisher=told["publisher"] or host,
        published=day,
        title=told["title"],
    )


def _row(one: Known) -> tuple[str, ...]:
    found = one.publication
    drafted = "in the draft" if one.drafted else ""
    what = (found.title or "", found.url or "", drafted)
    rest = "  ".join(visible(text, 500) for text in what if text)
    return (one.source, found.published or "undated", visible(found.publisher or "", 60), rest)


def _object(one: Known) -> dict[str, Any]:
    found = one.publication
    return {
        "id": one.source,
        "publisher": found.publisher,
        "title": found.title,
        "url": found.url,
        "published": found.published,
        "drafted": one.drafted,
    }
