"""What a model proposes for a draft, asked by a command and told in a terminal."""

from __future__ import annotations

import getpass
from collections import Counter

import click

from monitor.cli.opened import now, opened, warn
from monitor.cli.table import when
from monitor.errors import Conflict, ModelUnavailable, NotFound
from monitor.model.nearest import suggestion_or_all
from monitor.model.text import visible
from monitor.pipeline.drafting.asking import Told, ask, written
from monitor.pipeline.drafting.drafts import draft_of
from monitor.pipeline.program import Program
from monitor.store.records import Article, Draft
from monitor.words.en.values import counted
from monitor.writing.passages import plain

_MOST = 5
"""Reasons that are told in a line."""


@click.command(name="ask")
@click.argument("situation")
@click.argument("source", required=False)
@click.option("--again", is_flag=True, help="Ask anew what was answered before.")
@click.option("--folded", is_flag=True, help="List what it proposed and cannot be right.")
@click.pass_context
def command(
    ctx: click.Context, situation: str, source: str | None, again: bool, folded: bool
) -> None:
    """Ask the model of [draft.model] what an article of the draft says.

    Without SOURCE it is the last one that was added. What it proposes is held against the words of
    the article, and stands below them in the draft as lines of comment; nothing is taken in before
    you delete the # of a line.

    \b
    Examples:
      monitor draft ask ukraine-talks
      monitor draft ask ukraine-talks reuters0217 --folded
    """
    with opened(ctx) as program:
        draft = draft_of(program, situation)
        article = _article(program, draft, source)
        told = ask(program, draft, article, now=now(), anew=again)
        _write(program, draft, article, told)
    say_told(told, folded=folded)


def proposals_of(program: Program, draft: Draft, article: Article) -> Told | None:
    """Asked and written into the draft as comments; None where the model cannot be asked, which is
    said: the article is there all the same."""
    try:
        told = ask(program, draft, article, now=now())
    except (Conflict, ModelUnavailable) as error:
        warn([str(error)])
        return None
    _write(program, draft, article, told)
    return told


def _article(program: Program, draft: Draft, source: str | None) -> Article:
    """Raises NotFound, with the nearest that there is."""
    known = program.store.articles.of(draft.id)
    found = [one for one in known if source is None or one.source == source]
    if not found:
        if source is None:
            raise NotFound(
                f"the draft of {draft.situation} has no article; "
                f"monitor draft add {draft.situation} ARTICLE adds one"
            )
        names = [one.source for one in known if one.source]
        raise NotFound(f"no article {source} in the draft{suggestion_or_all(source, names)}")
    return found[-1]


def _write(program: Program, draft: Draft, article: Article, told: Told) -> None:
    text = written(program, draft, article, told)
    if text != draft.text:
        program.store.drafts.save(draft, text, by=getpass.getuser(), now=now())


def say_told(told: Told, *, folded: bool) -> None:
    """How many are shown, how many are not and why; each of these with `folded`."""
    open_ = sum(bool(one.unsaid) for one in told.shown)
    known = sum(one.known for one in told.shown)
    parts = [f"{len(told.shown)} shown"]
    parts += [f"{open_} not all in their words"] if open_ else []
    parts += [f"{known} known already"] if known else []
    click.echo(f"{counted(len(told.judged), 'proposal')} of {told.model}: {', '.join(parts)}")
    if told.kept is not None:
        click.echo(f"answered on {when(told.kept)}; --again asks anew", err=True)
    if told.asked < told.of:
        click.echo(f"it was asked about the first {told.asked} of {told.of} letters", err=True)
    if told.again:
        click.echo(f"it was asked twice: {told.again}", err=True)
    if told.folded:
        _say_folded(told, each=folded)


def _say_folded(told: Told, *, each: bool) -> None:
    reasons = Counter(one.reason for one in told.folded)
    whys = [f"{number} {visible(reason, 100)}" for reason, number in reasons.most_common(_MOST)]
    whys += [f"{len(reasons) - _MOST} other reasons"] if len(reasons) > _MOST else []
    more = "" if each else " (--folded lists them)"
    click.echo(f"{len(told.folded)} folded: {'; '.join(whys)}{more}")
    for one in told.folded if each else ():
        path = one.proposal.placement.path or "nothing that can be read"
        quote = f": “{plain(one.proposal.quote)}”" if one.proposal.quote.strip() else ""
        click.echo(f"  {visible(f'{path}: {one.reason}{quote}')}")
