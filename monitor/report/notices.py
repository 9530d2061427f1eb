"""Mails that are no digest: to the operator, and to a reader about the subscription itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from monitor.model.comparison import Comparison, PartyStanding
from monitor.model.contents import Contents
from monitor.model.digest import Notice
from monitor.model.message import Reason
from monitor.model.record import NONE, Record
from monitor.model.subscription import SubscriptionSpec
from monitor.model.text import shortened, visible
from monitor.model.tokens import READER
from monitor.render import Templates
from monitor.report.alike import in_kinds
from monitor.report.around import running, upcoming
from monitor.report.chart import quantity_words
from monitor.report.front import SUBJECT
from monitor.words import ENGLISH, Language
from monitor.words import language as language_of
from monitor.words.dates import cadence_words, day
from monitor.words.language import Labels

FACTS: Final = 6
"""Plain values of a state that are told; its lists are all counted."""

NAME: Final = 80
FACT: Final = 200
"""Characters of a name and of a value."""

LINES: Final = 50
"""Lines of one mail; the others are counted."""


class NoticeSection(Record):
    """A heading (may be empty) and the lines below it."""

    title: str
    lines: tuple[str, ...]


class NoticeView(Record):
    """What the notice templates see; `subscribed` is set where the footer lets one unsubscribe."""

    language: str
    labels: Labels
    headline: str
    opening: str
    sections: tuple[NoticeSection, ...]
    closing: str
    subscribed: bool
    own_page: bool = False
    """Whether the footer leads to the reader's own page."""
    confirm: str = ""
    """What stands before the link that confirms an address, where there is one."""


def operator_notice(new: Sequence[str], over: Sequence[str], templates: Templates) -> Notice:
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
            language=ENGLISH.code,
            labels=ENGLISH.labels,
            headline=visible(headline),
            opening="monitor needs a person."
            if new
            else "monitor needs nobody for these any more.",
            sections=(
                _section(ENGLISH.labels.new, in_kinds(new), ENGLISH),
                _section(ENGLISH.labels.over, in_kinds(over), ENGLISH),
            ),
            closing="Each is told once, and once more when it is over; see monitor status.",
            subscribed=False,
        ),
        templates,
    )


def welcome(
    spec: SubscriptionSpec,
    situations: Sequence[Comparison],
    templates: Templates,
    *,
    held: Mapping[str, Contents] = NONE,
    own_page: bool = False,
) -> Notice:
    """`You now follow ...`: what one will get, and the present state of each situation in short.

    Each comparison is that of the version where the reader begins with the latest one. `held` is
    what states hold where nobody stands anywhere, by situation.
    """
    language = language_of(spec.language)
    names = ", ".join(language.values.quoted(visible(each, 100)) for each in spec.situations)
    letters = language.letters
    facts = [
        letters.how_often(cadence_words(spec.cadence, spec.zone, language)),
        letters.what(spec.filter.minimum),
    ]
    if spec.cadence != "at-once" and spec.alert_level is not None:
        facts.append(letters.without_waiting(spec.alert_level))
    return _notice(
        "welcome",
        NoticeView(
            language=language.code,
            labels=language.labels,
            headline=letters.you_follow(names),
            opening=letters.welcome_opening(),
            sections=(
                _section(language.labels.your_subscription, facts, language),
                *(_present(each, held.get(each.situation), language) for each in situations),
            ),
            closing=letters.welcome_closing(),
            subscribed=True,
            own_page=own_page,
        ),
        templates,
    )


def confirmation(spec: SubscriptionSpec, titles: Sequence[str], templates: Templates) -> Notice:
    """What asks whoever has the address whether she wants what somebody asked for."""
    language = language_of(spec.language)
    words = language.pages.readers
    names = ", ".join(language.values.quoted(visible(each, 100)) for each in titles)
    letters = language.letters
    facts = [
        letters.how_often(cadence_words(spec.cadence, spec.zone, language)),
        letters.what(spec.filter.minimum),
    ]
    return _notice(
        "confirm",
        NoticeView(
            language=language.code,
            labels=language.labels,
            headline=words.confirm_subject(names),
            opening=words.confirm_opening(),
            sections=(_section(language.labels.your_subscription, facts, language),),
            closing=words.confirm_closing(),
            subscribed=False,
            confirm=words.confirm_here(),
        ),
        templates,
    )


def trial_mail(address: str, transport: str, templates: Templates) -> Notice:
    """What `monitor mail test` sends; `transport` says by which way it went."""
    return _notice(
        "operator",
        NoticeView(
            language=ENGLISH.code,
            labels=ENGLISH.labels,
            headline="A test mail from monitor",
            opening=f"It was sent to {visible(address, 254)} by {visible(transport, 200)}.",
            sections=(),
            closing="If you can read this, mail works. Nobody else got it.",
            subscribed=False,
        ),
        templates,
    )


def _present(about: Comparison, held: Contents | None, language: Language) -> NoticeSection:
    """Who stands where or what there is, what comes next, and what the first digest will tell."""
    title = visible(about.title or about.situation, 200)
    lines = list(_positions(about.standings, language))
    if not lines and held is not None:
        lines += _holds(held, language)
    lines += [f"{language.labels.running}: {each}" for each in running(about, language)]
    lines += [language.letters.next(each) for each in upcoming(about, language)]
    if about.findings:
        since = day(about.old.as_of, language.code)
        lines.append(language.counts.first(len(about.findings), since))
    else:
        lines.append(language.letters.from_here_on())
    as_of = day(about.new.as_of, language.code)
    return _section(language.letters.as_of(title, as_of), lines, language)


def _positions(standings: Sequence[PartyStanding], language: Language) -> Iterator[str]:
    """`security guarantees: Ukraine asks 20–50 years; United States offers 15 years`."""
    by_issue: dict[str, list[str]] = {}
    for each in standings:
        quantity = quantity_words(each.interval, language) if each.interval else ""
        said = " ".join(part for part in (each.now, quantity) if part)
        if said:
            by_issue.setdefault(each.issue_label, []).append(f"{each.party_label} {said}")
    for issue, positions in by_issue.items():
        yield f"{issue}: {'; '.join(positions)}"


def _holds(held: Contents, language: Language) -> Iterator[str]:
    """`Members: 12 entries, such as Ana Reyes, Bo Lind and Cleo Tan`, `Seat: Brno`."""
    for name, value in held.facts[:FACTS]:
        words = language.values.words(value)
        yield f"{visible(name, NAME)}: {shortened(visible(words), FACT)}"
    for each in held.lists:
        names = language.values.listed([shortened(visible(name), NAME) for name in each.names])
        all_named = len(each.names) == each.count
        title = visible(each.title, NAME)
        yield language.letters.holds(title, each.count, names, all_named=all_named)


def _section(title: str, lines: Sequence[str], language: Language) -> NoticeSection:
    shown = tuple(visible(line) for line in lines[:LINES])
    more = len(lines) - LINES
    beyond = (language.counts.more(more),) if more > 0 else ()
    return NoticeSection(title=title, lines=(*shown, *beyond))


def _notice(reason: Reason, view: NoticeView, templates: Templates) -> Notice:
    values = {"view": view, "reader": READER}
    return Notice(
        reason=reason,
        subject=shortened(view.headline, SUBJECT),
        text=templates.render("notice.txt", values, part="text"),
        html=templates.render("notice.html", values, part="html"),
    )
