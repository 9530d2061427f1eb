"""What a model proposes for a draft, asked by a command and told in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

import click

from monitor.cli.opened import warn
from monitor.errors import Conflict, ModelUnavailable
from monitor.pipeline.drafting.asking import Subject, Told, ask, written
from monitor.pipeline.program import Program
from monitor.store.records import Draft
from monitor.words.en.values import counted
from monitor.writing.passages import plain

Save: TypeAlias = Callable[[Program, Draft, str], Draft]


def proposals_of(program: Program, draft: Draft, subject: Subject, save: Save) -> Told | None:
    """Asked and written into the draft as comments; None where the model cannot be asked, which is
    said: the article is there all the same."""
    try:
        told = ask(program, draft, subject)
    except (Conflict, ModelUnavailable) as error:
        warn([str(error)])
        return None
    text = written(program, draft, subject, told)
    if text != draft.text:
        save(program, draft, text)
    return told


def say_told(told: Told, *, folded: bool) -> None:
    """How many are shown, how many are not and why; each of these with `folded`."""
    open_ = sum(bool(one.unsaid) for one in told.shown)
    known = sum(one.known for one in told.shown)
    parts = [f"{len(told.shown)} shown"]
    parts += [f"{open_} not all in their words"] if open_ else []
    parts += [f"{known} known already"] if known else []
    click.echo(f"{counted(len(told.judged), 'proposal')} of {told.model}: {', '.join(parts)}")
    if told.asked < told.of:
        click.echo(f"it was asked about the first {told.asked} of {told.of} letters", err=True)
    if told.again:
        click.echo(f"it was asked twice: {told.again}", err=True)
    if told.folded:
        _say_folded(told, each=folded)


def _say_folded(told: Told, *, each: bool) -> None:
    reasons = Counter(one.reason for one in told.folded)
    whys = "; ".join(f"{number} {reason}" for reason, number in reasons.most_common())
    more = "" if each else " (--folded lists them)"
    click.echo(f"{len(told.folded)} folded: {whys}{more}")
    for one in told.folded if each else ():
        path = one.proposal.placement.path or "nothing that can be read"
        quote = f": “{plain(one.proposal.quote)}”" if one.proposal.quote.strip() else ""
        click.echo(f"  {_visible(f'{path}: {one.reason}{quote}')}")


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
