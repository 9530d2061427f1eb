"""Which findings a reader sees, and why not the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from monitor.model.comparison import Change, Comparison, Finding, Remark
from monitor.model.paths import Place, change_place, has_id, lies_under, read_place
from monitor.model.record import Record
from monitor.model.subscription import Filter, Mute


class Verdict(Record):
    """Whether a reader sees a finding, and why, in words that follow "shown: " or "hidden: "."""

    shown: bool
    why: str
    mute: Mute | None = None


class Muted(Record):
    """A finding that one mute hides; it would have been shown."""

    finding: Finding
    mute: Mute


class Filtered(Record):
    """A finding outside the reader's filter."""

    finding: Finding
    why: str


class Selection(Record):
    """Every finding of a comparison is in exactly one of `shown`, `muted`, `filtered`."""

    shown: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    muted: tuple[Muted, ...]
    filtered: tuple[Filtered, ...]


def select(comparison: Comparison, wanted: Filter, mutes: Sequence[Mute], today: str) -> Selection:
    """`today` is the reader's local date, `YYYY-MM-DD`; a mute holds through its last day."""
    changes = _changes(comparison)
    shown: list[Finding] = []
    muted: list[Muted] = []
    filtered: list[Filtered] = []
    for finding in comparison.findings:
        verdict = _judge(finding, changes, wanted, mutes, today)
        if verdict.shown:
            shown.append(finding)
        elif verdict.mute:
            muted.append(Muted(finding=finding, mute=verdict.mute))
        else:
            filtered.append(Filtered(finding=finding, why=verdict.why))
    remarks = tuple(
        each for each in comparison.remarks if _judge(each, changes, wanted, mutes, today).shown
    )
    return Selection(
        shown=tuple(shown), remarks=remarks, muted=tuple(muted), filtered=tuple(filtered)
    )


def judge(
    said: Finding | Remark,
    comparison: Comparison,
    wanted: Filter,
    mutes: Sequence[Mute],
    today: str,
) -> Verdict:
    """The filter first, so that a mute answers only for what the reader would have seen."""
    return _judge(said, _changes(comparison), wanted, mutes, today)


def active(mutes: Iterable[Mute], today: str) -> tuple[Mute, ...]:
    """Those that have not run out."""
    return tuple(mute for mute in mutes if mute.until is None or today <= mute.until[:10])


def _changes(comparison: Comparison) -> Mapping[str, Change]:
    return {change.id: change for change in comparison.changes}


def _judge(
    said: Finding | Remark,
    changes: Mapping[str, Change],
    wanted: Filter,
    mutes: Sequence[Mute],
    today: str,
) -> Verdict:
    places = _places(said, changes)
    refusal = _refusal(said, places, wanted)
    if refusal:
        return Verdict(shown=False, why=refusal)
    for mute in active(mutes, today):
        if _covers(mute.what, said, places):
            return Verdict(shown=False, why=f"muted as {mute.what!r}{_terms(mute)}", mute=mute)
    return Verdict(shown=True, why=f"{said.significance.word} and inside the filter")


def _places(said: Finding | Remark, changes: Mapping[str, Change]) -> tuple[Place, ...]:
    """Where a finding is listed, what it names, and where each of its changes stands: it is listed
    under one collection and may own changes of several."""
    ids = said.changes if isinstance(said, Finding) else said.about
    own = (changes[each] for each in ids if each in changes)
    paths = (said.collection, said.path) if isinstance(said, Finding) else (said.collection,)
    read = (read_place(path) for path in (*paths, *said.entities))
    return (
        *(place for place in read if place is not None),
        *(change_place(one.collection, one.key, one.field) for one in own),
    )


def _refusal(said: Finding | Remark, places: tuple[Place, ...], wanted: Filter) -> str | None:
    if said.significance < wanted.minimum:
        return (
            f"{said.significance.word} is below {wanted.minimum.word}, the least this reader wants"
        )
    named: Mapping[str, tuple[tuple[str, ...], bool]] = {
        "collections": (
            wanted.collections,
            any(_under(one, places) for one in wanted.collections),
        ),
        "parties": (wanted.parties, not set(wanted.parties).isdisjoint(said.parties)),
        "issues": (wanted.issues, not set(wanted.issues).isdisjoint(said.issues)),
        "entities": (wanted.entities, any(_names(one, places) for one in wanted.entities)),
    }
    for what, (names, passes) in named.items():
        if names and not passes:
            return f"not about any of the {what} this reader follows ({', '.join(names)})"
    return None


def _covers(what: str, said: Finding | Remark, places: tuple[Place, ...]) -> bool:
    return (
        what == said.rule
        or what in said.parties
        or what in said.issues
        or _under(what, places)
        or _names(what, places)
    )


def _under(path: str, places: tuple[Place, ...]) -> bool:
    above = read_place(path)
    return above is not None and any(lies_under(place, above) for place in places)


def _names(wanted: str, places: tuple[Place, ...]) -> bool:
    """`people[medinsky]` names itself and what lies below; `medinsky` any entity with that id."""
    if _under(wanted, places):
        return True
    return "[" not in wanted and any(has_id(place, wanted) for place in places)


def _terms(mute: Mute) -> str:
    until = f" until {mute.until[:10]}" if mute.until else ""
    return f"{until}: {mute.reason}" if mute.reason else until
