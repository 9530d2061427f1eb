"""What a digest says of itself: subject, title, what was hidden, what fails, why it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from monitor import cadence
from monitor.model.digest import DigestInput, SourceHealth
from monitor.model.subscription import Filter, Mute
from monitor.model.text import shortened, visible
from monitor.report.filters import active
from monitor.report.situation import situation_view
from monitor.report.told import Told
from monitor.report.view import DigestView, SituationView
from monitor.words.dates import day, local_date, moment
from monitor.words.en.cadences import cadence_words
from monitor.words.en.values import counted

SUBJECT: Final = 60
"""Visible characters of a subject; more is cut by clients, where the count would be lost."""

PREHEADER: Final = 100
LINES: Final = 20
"""Lines of one list in the footer."""

_BANNERS: Final = {"alert": "Alert", "receipt": "Receipt", "manual": "Digest on request"}
_CADENCES: Final = {"hourly": "Hourly digest", "daily": "Daily digest", "weekly": "Weekly digest"}


def digest_view(given: DigestInput, parts: Sequence[Told], kept: frozenset[str]) -> DigestView:
    """The whole digest with the findings in `kept`."""
    situations = tuple(situation_view(part, kept, given) for part in parts)
    total = sum(each.total for each in situations)
    headline, rest = _headlines(given, parts, situations)
    others = max(0, total - 1)
    room = SUBJECT - (len(f" (+{others})") if others else 0)
    banner = _BANNERS.get(given.reason) or _CADENCES.get(
        cadence.parse(given.cadence).every, "Digest"
    )
    return DigestView(
        language=given.language,
        reason=given.reason,
        banner=f"{banner} · {moment(given.due, given.zone, given.language)}",
        title=situations[0].title if len(situations) == 1 else f"{len(situations)} situations",
        preheader=shortened(" ".join(rest) or _compared(situations), PREHEADER),
        headline=shortened(headline.rstrip("."), room),
        others=others,
        situations=situations,
        undelivered=_day(given.undelivered_since, given.language),
        health=_health(given),
        checked=_checked(given),
        muted=_muted(given, parts),
        follows=_follows(given, situations),
        left_out=sum(each.left_out for each in situations),
    )


def _headlines(
    given: DigestInput, parts: Sequence[Told], situations: Sequence[SituationView]
) -> tuple[str, tuple[str, ...]]:
    """The sentence for the subject and those that follow it, strongest first."""
    order = {finding.id: -finding.significance for part in parts for finding in part.findings}
    findings = [
        finding for each in situations for section in each.sections for finding in section.findings
    ]
    findings.sort(key=lambda finding: order[finding.id])
    remarks = [
        remark for each in situations for section in each.sections for remark in section.remarks
    ]
    withdrawn = [line for each in situations for line in each.withdrawn]
    said = [finding.sentence for finding in findings] + remarks + withdrawn
    if not said:
        total = sum(each.total for each in situations)
        names = ", ".join(each.title for each in situations)
        return (f"{total} findings in {names}" if total else f"Nothing changed: {names}"), ()
    if given.reason == "alert":
        return f"Alert: {said[0]}", tuple(said[1:4])
    return said[0], tuple(said[1:4])


def _compared(situations: Sequence[SituationView]) -> str:
    return " ".join(
        f"{each.title}: compared with {each.old}, as of {each.new}." for each in situations
    )


def _health(given: DigestInput) -> tuple[str, ...]:
    """Sources that a reader should not trust to be up to date, and why."""
    troubled = [each for each in given.health if each.state != "fresh"]
    lines = [_source(each, given) for each in troubled[:LINES]]
    return _counted(lines, len(troubled))


def _source(source: SourceHealth, given: DigestInput) -> str:
    newest = f"newest of {day(source.newest, given.language)}" if source.newest else "nothing yet"
    looked = (
        f", last looked at {moment(source.checked_at, given.zone, given.language)}"
        if source.checked_at
        else ""
    )
    trouble = f": {visible(source.trouble, 200)}" if source.trouble else ""
    return f"{visible(source.name, 100)} is {source.state} ({newest}{looked}){trouble}"


def _checked(given: DigestInput) -> str | None:
    """`3 sources checked, the last one 17 February 2026, 06:10 Kyiv time`."""
    times = sorted(each.checked_at for each in given.health if each.checked_at)
    if not times:
        return None
    count = f"{counted(len(times), 'source')} checked"
    return f"{count}, the last one {moment(times[-1], given.zone, given.language)}"


def _muted(given: DigestInput, parts: Sequence[Told]) -> tuple[str, ...]:
    """One line per mute that holds, with how much it hid and until when."""
    hidden = [each for part in parts for each in part.selection.muted]
    mutes = active(given.mutes, local_date(given.due, given.zone))
    lines = []
    for mute in mutes[:LINES]:
        levels = Counter(each.finding.significance for each in hidden if each.mute == mute)
        said = ", ".join(f"{levels[level]} {level.word}" for level in sorted(levels, reverse=True))
        lines.append(_mute(mute, f"hid {said}" if said else "hid nothing", given.language))
    return _counted(lines, len(mutes))


def _mute(mute: Mute, hid: str, language: str) -> str:
    until = f"until {day(mute.until, language)}" if mute.until else "without an end"
    reason = f" ({visible(mute.reason, 120)})" if mute.reason else ""
    return f"“{visible(mute.what, 80)}” {hid}, {until}{reason}"


def _follows(given: DigestInput, situations: Sequence[SituationView]) -> str:
    names = ", ".join(f"“{each.name}”" for each in situations)
    when = cadence_words(given.cadence, given.zone)
    return f"{names}, {when}, from {given.filter.minimum.word} up{_only(given.filter)}"


def _only(wanted: Filter) -> str:
    named = (*wanted.collections, *wanted.parties, *wanted.issues, *wanted.entities)
    return f", only {', '.join(visible(each, 80) for each in named[:LINES])}" if named else ""


def _counted(lines: Sequence[str], total: int) -> tuple[str, ...]:
    more = total - len(lines)
    return (*lines, f"and {more} more") if more > 0 else tuple(lines)


def _day(when: str | None, language: str) -> str | None:
    return day(when, language) if when else None
