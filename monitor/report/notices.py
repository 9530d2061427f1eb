"""Mails that are no digest: to the operator, and to a reader about the subscription itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.model.comparison import Comparison, Significance, Standing
from monitor.model.digest import Notice
from monitor.model.message import Reason
from monitor.model.subscription import SubscriptionSpec
from monitor.model.text import shortened, visible
from monitor.model.tokens import READER
from monitor.render import Templates
from monitor.report.alike import in_kinds
from monitor.report.around import upcoming
from monitor.report.chart import quantity_words
from monitor.report.front import SUBJECT
from monitor.words.dates import day
from monitor.words.en.cadences import cadence_words
from monitor.words.en.values import counted

LINES: Final = 50
"""Lines of one mail; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSection:
    """A heading (may be empty) and the lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """What the notice templates see; `subscribed` is set where the footer lets one unsubscribe."""

    language: str
    headline: str
    opening: str
    sections: tuple[NoticeSection, ...]
    closing: str
    subscribed: bool


def operator_notice(
    new: Sequence[str], over: Sequence[str], templates: Templates, *, language: str = "en"
) -> Notice:
    """All that is new and all that is over, each in the one line that the log has too; many of one
    kind share one."""
    if len(new) == 1:
        headline = new[0]
    elif new:
        headline = f"{len(new)} things need a person"
    else:
        headline = f"Over: {over[0]}" if len(over) == 1 else f"{len(over)} troubles are over"
    return _notice(
        "operator",
        NoticeView(
            language=language,
            headline=visible(headline),
            opening="monitor needs a person."
            if new
            else "monitor needs nobody for these any more.",
            sections=(_section("New", in_kinds(new)), _section("Over", in_kinds(over))),
            closing="Each is told once, and once more when it is over; see monitor status.",
            subscribed=False,
        ),
        templates,
    )


def welcome(
    spec: SubscriptionSpec, situations: Sequence[Comparison], templates: Templates
) -> Notice:
    """`You now follow ...`: what one will get, and the present state of each situation in short.

    Each comparison is that of the version where the reader begins with the latest one.
    """
    names = ", ".join(f"“{visible(each, 100)}”" for each in spec.situations)
    facts = [
        f"How often: {cadence_words(spec.cadence, spec.zone)}.",
        f"What: findings that are {_from(spec.filter.minimum)}.",
    ]
    if spec.cadence != "at-once" and spec.alert_level is not None:
        facts.append(f"Without waiting: findings that are {_from(spec.alert_level)}.")
    return _notice(
        "welcome",
        NoticeView(
            language=spec.language,
            headline=f"You now follow {names}",
            opening="This is what you will get, and how things stand.",
            sections=(
                _section("Your subscription", facts),
                *(_present(each, spec.language) for each in situations),
            ),
            closing="The next mail comes when there is something to tell.",
            subscribed=True,
        ),
        templates,
    )


def trial_mail(address: str, transport: str, templates: Templates) -> Notice:
    """What `monitor mail test` sends; `transport` says by which way it went."""
    return _notice(
        "operator",
        NoticeView(
            language="en",
            headline="A test mail from monitor",
            opening=f"It was sent to {visible(address, 254)} by {visible(transport, 200)}.",
            sections=(),
            closing="If you can read this, mail works. Nobody else got it.",
            subscribed=False,
        ),
        templates,
    )


def _from(level: Significance) -> str:
    return level.word if level == max(Significance) else f"{level.word} or stronger"


def _present(about: Comparison, language: str) -> NoticeSection:
    """Who stands where, what comes next, and what the first digest will tell."""
    title = visible(about.title or about.situation, 200)
    lines = list(_positions(about.standings))
    lines += [f"Next: {each}" for each in upcoming(about, language)]
    if about.findings:
        count = counted(len(about.findings), "finding")
        lines.append(f"{count} since {day(about.old.as_of, language)} will be told first.")
    else:
        lines.append("You will be told what changes from here on.")
    return _section(f"{title}, as of {day(about.new.as_of, language)}", lines)


def _positions(standings: Sequence[Standing]) -> Iterator[str]:
    """`security guarantees: Ukraine asks 20–50 years; United States offers 15 years`."""
    by_issue: dict[str, list[str]] = {}
    for each in standings:
        quantity = quantity_words(each.interval) if each.interval else ""
        said = " ".join(part for part in (each.now, quantity) if part)
        if said:
            by_issue.setdefault(each.issue_label, []).append(f"{each.party_label} {said}")
    for issue, positions in by_issue.items():
        yield f"{issue}: {'; '.join(positions)}"


def _section(title: str, lines: Sequence[str]) -> NoticeSection:
    shown = tuple(visible(line) for line in lines[:LINES])
    more = len(lines) - LINES
    return NoticeSection(title=title, lines=(*shown, f"and {more} more") if more > 0 else shown)


def _notice(reason: Reason, view: NoticeView, templates: Templates) -> Notice:
    values = {"view": view, "reader": READER}
    return Notice(
        reason=reason,
        subject=shortened(view.headline, SUBJECT),
        text=templates.render("notice.txt", values, part="text"),
        html=templates.render("notice.html", values, part="html"),
    )
