"""What is said around findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from monitor.model.comparison import Significance
from monitor.words.en.values import counted

if TYPE_CHECKING:
    from monitor.cadence import Cadence

DAY_NAMES: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_REASONS: Final = {"alert": "Alert", "receipt": "Receipt", "manual": "Digest on request"}
_CADENCES: Final = {"hourly": "Hourly digest", "daily": "Daily digest", "weekly": "Weekly digest"}


def place(zone: str) -> str:
    """The place that names the zone says more than an abbreviation."""
    named = zone.rpartition("/")[2].replace("_", " ")
    return "UTC" if named in ("GMT", "UCT", "Zulu") else named


def banner(reason: str, every: str) -> str:
    return _REASONS.get(reason) or _CADENCES.get(every, "Digest")


def cadence(cadence: Cadence, place: str) -> str:
    """`daily at 07:00 Kyiv time`, for "you get this because"."""
    where = _time_of(place)
    match cadence.every:
        case "at-once":
            return "at once"
        case "hourly":
            return "hourly"
        case "daily":
            return f"daily at {cadence.at:%H:%M} {where}"
        case "weekly":
            return f"every {DAY_NAMES[cadence.weekday]} at {cadence.at:%H:%M} {where}"
        case "cron":
            return f"on the schedule {cadence.expression} ({where})"


def moment(date: str, clock: str, place: str) -> str:
    return f"{date}, {clock} {_time_of(place)}"


def _time_of(place: str) -> str:
    return place if place == "UTC" else f"{place} time"


def in_situations(total: int, names: str) -> str:
    return f"{total} findings in {names}"


def nothing_changed(names: str) -> str:
    return f"Nothing changed: {names}"


def nothing_to_tell() -> str:
    return "Nothing to tell."


def alert(headline: str) -> str:
    return f"Alert: {headline}"


def taken_back(headline: str) -> str:
    return f"Snapshot withdrawn: {headline}"


def compared(old: str, new: str | None) -> str:
    return f"Since {old}, as of {new}:" if new else f"Since {old}:"


def compared_short(title: str, old: str, new: str) -> str:
    return f"{title}: compared with {old}, as of {new}."


def nothing_newer(old: str) -> str:
    return f"Nothing newer than {old}, which you were told."


def undelivered(day: str) -> str:
    return f"This digest includes what could not be delivered on {day}."


def alerted(moment: str) -> str:
    return f"You were alerted to this on {moment}."


def no_longer_so(moment: str, sentence: str) -> str:
    return f"Alerted {moment}, and no longer so: {sentence}"


def withdrawn(day: str, reason: str, changed: bool | None) -> str:
    """`changed` says whether the digest tells a change in what the reader knows; None: nothing is
    known without it."""
    then = "What no longer holds is among the changes." if changed else "Nothing else changes."
    if changed is None:
        then = "Nothing is known without it until a full snapshot comes."
    why = f": {reason.rstrip('.')}" if reason else ""
    return f"The snapshot of {day} was withdrawn{why}. {then}"


def counts_again(day: str, changed: bool) -> str:
    then = "What is so again is among the changes." if changed else "Nothing else changes."
    return f"The snapshot of {day}, which was withdrawn, counts again. {then}"


def no_state(day: str) -> str:
    """In the place of what is compared with what."""
    return f"You were last told of {day}; what comes next is compared with that."


def axis(low: str, high: str) -> str:
    return f"from {low} to {high}"


def source(name: str, state: str, newest: str | None, looked: str | None, trouble: str) -> str:
    known = f"newest of {newest}" if newest else "nothing yet"
    seen = f", last looked at {looked}" if looked else ""
    return f"{name} is {state} ({known}{seen}){f': {trouble}' if trouble else ''}"


def checked(number: int, last: str) -> str:
    return f"{counted(number, 'source')} checked, the last one {last}"


def mute(what: str, hid: str, until: str | None, reason: str) -> str:
    end = f"until {until}" if until else "without an end"
    return f"“{what}” hid {hid or 'nothing'}, {end}{f' ({reason})' if reason else ''}"


def follows(names: str, cadence: str, minimum: Significance, only: str) -> str:
    chosen = f", only {only}" if only else ""
    level = "" if minimum is Significance.MINOR else f", from {minimum.word} up"
    return f"You follow {names}, {cadence}{level}{chosen}."


def baseline(day: str, how: str | None) -> str:
    return f"Against the baseline of {day}{f' ({how})' if how else ''}"


def same_baseline() -> str:
    return "It is what all of the above is compared with."


def nothing_differs() -> str:
    return "Nothing differs from it."


def since(day: str) -> str:
    return f"since {day}"


def until(day: str) -> str:
    return f"until {day}"


def count_only(number: int) -> str:
    return f"{number} more"


def another_source() -> str:
    return "another source"


def still(label: str, state: str, since: str | None) -> str:
    return f"{label} is still {state.replace('-', ' ')}{f', since {since}' if since else ''}"


def weighed(level: str, reasons: str) -> str:
    return f"Weighed as {level}: {_closed(reasons)}"


def reason(reasons: str) -> str:
    return f"Reason: {_closed(reasons)}"


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def unworded(path: str) -> str:
    return f"A change at {path} could not be put into words."


def unworded_rule(rule: str) -> str:
    return f"It was found by the rule {rule}."


def unworded_remark(rule: str, about: str) -> str:
    return f"A remark ({rule}) could not be put into words: {about}."
