"""Mails that are no digest: to the operator, and to a reader about the subscription itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.compose import cadence
from monitor.compose.dates import day
from monitor.compose.front import SUBJECT
from monitor.compose.text import shortened, visible
from monitor.compose.tokens import READER
from monitor.model.comparison import Comparison, Significance, VersionRef
from monitor.model.digest import Notice
from monitor.model.message import Reason
from monitor.model.subscription import SubscriptionSpec
from monitor.render import Templates

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
    """All that is new and all that is over, each in the one line that the log has too."""
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
            sections=(_section("New", new), _section("Over", over)),
            closing="Each is told once, and once more when it is over; see monitor status.",
            subscribed=False,
        ),
        templates,
    )


def welcome(
    spec: SubscriptionSpec, situations: Sequence[Comparison | VersionRef], templates: Templates
) -> Notice:
    """`You now follow ...`: with what, how often, from where, and the present state in short.

    A comparison tells what the first digest has to add; a version alone stands for itself.
    """
    names = ", ".join(f"“{visible(each, 100)}”" for each in spec.situations)
    alerts = (
        f"At once: findings that are {_from(spec.alert_level)}."
        if spec.alert_level is not None
        else "At once: nothing; every finding waits for the digest."
    )
    facts = (
        f"How often: {cadence.words(spec.cadence, spec.zone)}.",
        f"What: findings that are {_from(spec.filter.minimum)}.",
        alerts,
    )
    present = [_present(each, spec.language) for each in situations]
    return _notice(
        "welcome",
        NoticeView(
            language=spec.language,
            headline=f"You now follow {names}",
            opening="This is what you will get, and where it begins.",
            sections=(_section("Your subscription", facts), _section("Now", present)),
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


def _present(about: Comparison | VersionRef, language: str) -> str:
    if isinstance(about, VersionRef):
        return f"{visible(about.title or about.situation)}: as of {day(about.as_of, language)}."
    title = visible(about.title or about.situation)
    plans = [visible(each.label, 120) for each in about.upcoming[:3]]
    ahead = f" Ahead: {'; '.join(plans)}." if plans else ""
    return f"{title}: as of {day(about.new.as_of, language)}.{ahead}"


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
