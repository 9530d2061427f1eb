"""What a digest says of itself: subject, title, what was hidden, what fails, why it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor import cadence
from monitor.model.digest import DigestInput, SourceHealth
from monitor.model.subscription import Filter, Mute
from monitor.model.text import shortened, visible
from monitor.model.tuples import NamedTuple
from monitor.report.filters import active
from monitor.report.finding import WordingFaults, count_views, in_words
from monitor.report.ranking import in_turn
from monitor.report.shortening import subject
from monitor.report.situation import situation_view
from monitor.report.told import Told
from monitor.report.view import DigestView, SituationView
from monitor.words import Language
from monitor.words import language as language_of
from monitor.words.dates import cadence_words, day, local_date, moment

SUBJECT: Final = 60
"""Visible characters that a subject aims at; clients cut what is longer, and the count with it."""

PREHEADER: Final = 100
LINES: Final = 20
"""Lines of one list in the footer."""


def digest_view(given: DigestInput, parts: Sequence[Told], kept: frozenset[str]) -> DigestView:
    """The whole digest with the findings in `kept`."""
    language = language_of(given.language)
    situations = tuple(situation_view(part, kept, given) for part in parts)
    total = sum(each.total for each in situations)
    others = max(0, total - 1)
    room = SUBJECT - (len(f" (+{others})") if others else 0)
    head = _head(parts, situations, language, room)
    every = cadence.parse(given.cadence).every
    banner = language.frame.banner(given.reason, every)
    several = language.counts.situations(len(situations))
    undelivered = given.undelivered_since
    return DigestView(
        language=given.language,
        labels=language.labels,
        reason=given.reason,
        banner=f"{banner} · {_due(given, every, language)}",
        title=situations[0].title if len(situations) == 1 else several,
        preheader=head.preheader,
        headline=language.frame.alert(head.subject) if given.reason == "alert" else head.subject,
        others=others,
        situations=situations,
        undelivered=language.frame.undelivered(day(undelivered, language.code))
        if undelivered
        else None,
        health=_health(given, language),
        checked=_checked(given, language),
        muted=_muted(given, parts, language),
        follows=_follows(given, situations, language),
        left_out=sum(each.left_out for each in situations),
        own_page=bool(given.public_url),
    )


def _due(given: DigestInput, every: str, language: Language) -> str:
    """The hour of a daily or weekly digest stands at its end, with its cadence."""
    if given.reason == "digest" and every in ("daily", "weekly"):
        return language.values.date_words(local_date(given.due, given.zone))
    return moment(given.due, given.zone, language)


class _Head(NamedTuple):
    """What stands before a mail is opened."""

    subject: str
    preheader: str


def _head(
    parts: Sequence[Told], situations: Sequence[SituationView], language: Language, room: int
) -> _Head:
    """What matters most in its shortest true form, and what follows it."""
    shown = {
        view.id: view for each in situations for part in each.sections for view in part.findings
    }
    told = in_turn(each for part in parts for each in part.findings if each.id in shown)
    lines = [*(shown[each.id].short for each in told), *_beside_findings(situations)]
    rest = " ".join(lines[1:4]) or _compared(situations, language)
    if told:
        first = told[0]
        part = next(part for part in parts if first in part.findings)
        newer = part.input.comparison.new
        # Whoever was told of a snapshot is to see at once that its reversal is no news.
        frame = language.frame.taken_back if _takes_back(part) else str
        # Its words were found missing, if they were, when its section was made.
        faults, room = WordingFaults(newer.situation), room - len(frame(""))
        headline = frame(subject(first, language, newer.as_of[:4], faults, room))
    else:
        headline = shortened(_first_line(lines, situations, language).rstrip("."), room)
    return _Head(headline, shortened(rest, PREHEADER))


def _takes_back(part: Told) -> bool:
    return any(not each.again for each in part.input.withdrawn)


def _first_line(
    lines: Sequence[str], situations: Sequence[SituationView], language: Language
) -> str:
    """Of a digest that shows no finding."""
    if lines:
        return lines[0]
    total = sum(each.total for each in situations)
    names = ", ".join(each.title for each in situations)
    if total:
        return language.frame.in_situations(total, names)
    return language.frame.nothing_changed(names)


def _beside_findings(situations: Sequence[SituationView]) -> list[str]:
    remarks = [line for each in situations for part in each.sections for line in part.remarks]
    return [*remarks, *(line for each in situations for line in each.withdrawn)]


def _compared(situations: Sequence[SituationView], language: Language) -> str:
    compared = language.frame.compared_short
    return " ".join(compared(each.title, each.old, each.new) for each in situations)


def _health(given: DigestInput, language: Language) -> tuple[str, ...]:
    """Sources that a reader should not trust to be up to date, and why."""
    troubled = [each for each in given.health if each.state != "fresh"]
    lines = [_source(each, given, language) for each in troubled[:LINES]]
    return _counted(lines, len(troubled), language)


def _source(source: SourceHealth, given: DigestInput, language: Language) -> str:
    return language.frame.source(
        visible(source.name, 100),
        source.state,
        day(source.newest, language.code) if source.newest else None,
        moment(source.checked_at, given.zone, language) if source.checked_at else None,
        visible(source.trouble or "", 200),
    )


def _checked(given: DigestInput, language: Language) -> str | None:
    """`3 sources checked, the last one 17 February 2026, 06:10 Kyiv time`."""
    times = sorted(each.checked_at for each in given.health if each.checked_at)
    if not times:
        return None
    return language.frame.checked(len(times), moment(times[-1], given.zone, language))


def _muted(given: DigestInput, parts: Sequence[Told], language: Language) -> tuple[str, ...]:
    """One line per mute that holds, with how much it hid and until when."""
    hidden = [each for part in parts for each in part.selection.muted]
    mutes = active(given.mutes, local_date(given.due, given.zone))
    lines = []
    for mute in mutes[:LINES]:
        own = [each.finding for each in hidden if each.mute == mute]
        lines.append(_mute(mute, in_words(count_views(own, language)), language))
    return _counted(lines, len(mutes), language)


def _mute(mute: Mute, hid: str, language: Language) -> str:
    until = day(mute.until, language.code) if mute.until else None
    what, reason = visible(mute.what, 80), visible(mute.reason, 120)
    return language.frame.mute(what, hid, until, reason)


def _follows(given: DigestInput, situations: Sequence[SituationView], language: Language) -> str:
    names = ", ".join(language.values.quoted(each.name) for each in situations)
    when = cadence_words(given.cadence, given.zone, language)
    return language.frame.follows(names, when, given.filter.minimum, _only(given.filter))


def _only(wanted: Filter) -> str:
    named = (*wanted.collections, *wanted.parties, *wanted.issues, *wanted.entities)
    return ", ".join(visible(each, 80) for each in named[:LINES])


def _counted(lines: Sequence[str], total: int, language: Language) -> tuple[str, ...]:
    more = total - len(lines)
    return (*lines, language.counts.more(more)) if more > 0 else tuple(lines)
