"""Sentences on entities and fields that no other rule explains."""

from __future__ import annotations

from monitor.compose.english.grammar import Arguments, gained_and_lost, in_parent, section, small
from monitor.compose.english.plans import planned
from monitor.compose.words import both, listed, words
from monitor.model.comparison import Json

# Several fields are told in one sentence up to so many, and so long; else they are only named.
FIELDS = 3
LENGTH = 160


def added(a: Arguments) -> str:
    if "count" in a:
        return f"{a['count']} new in {section(a)}: {listed(a['entries'], limit=6)}"
    if "issue" in a:
        return f"{a['party']} now says on {a['issue']}: {_stance(a)}"
    if a.get("state") is not None:
        return planned(a, str(a["state"]))
    return f"New in {section(a)}: {a['label']}"


def removed(a: Arguments) -> str:
    if "count" in a:
        return f"{a['count']} no longer in {section(a)}: {listed(a['entries'], limit=6)}"
    if "issue" in a:
        return f"{a['party']} is no longer listed with a position on {a['issue']}"
    return f"No longer in {section(a)}: {a['label']}"


def members(a: Arguments) -> str:
    """Who came or went with a group."""
    return f"Members: {listed(a['members'], limit=6)}." if a.get("members") else ""


def after_added(a: Arguments) -> str:
    if a.get("members"):
        return members(a)
    stated = "issue" in a and not (a.get("position") or a.get("quantity"))
    return "" if stated else str(a.get("text") or "")


def _stance(a: Arguments) -> str:
    quantity = words(a["quantity"]) if a.get("quantity") else ""
    position = str(a.get("position") or "")
    return " ".join(part for part in (position, quantity) if part) or str(a.get("text") or "stated")


def changed(a: Arguments) -> str:
    if "moved" in a:
        return _moved(a)
    subject = f"{in_parent(a)}: " if a["label"] else ""
    if a.get("position") and a.get("text"):
        return f"{a['label']} is now stated as “{a['position']}”: {a['text']}"
    if "prose" in a:
        return f"{subject}{small(a['field'])} is reworded"
    if "field" in a:
        return f"{subject}{_field(a, a['field'], within=bool(subject))}"
    told = [
        _field(detail, detail["label"]) for detail in a.get("details", ()) if "of" not in detail
    ]
    if told and len(told) <= FIELDS and sum(map(len, told)) <= LENGTH:
        return f"{subject}{'; '.join(told)}"
    fields = list(dict.fromkeys(small(name) for name in a["fields"]))
    return f"{subject}{listed(fields, limit=4)} changed"


def _moved(a: Arguments) -> str:
    """Entries of a list without keys that stand elsewhere in it; places count from 1."""
    where, names = section(a), listed(a["entries"])
    if not a["moved"]:
        return f"{a['count']} entries of {where} stand in another order ({names}, …)"
    (first, last), (now_first, now_last) = a["moved"]["from"], a["moved"]["to"]
    if first == now_first:
        return f"In {where}, {names} and others have changed places"
    if a["count"] == 1:
        return f"In {where}, {names} moves from place {first} to place {now_first}"
    return (
        f"In {where}, {a['count']} neighbours move together from places {first}–{last} to "
        f"{now_first}–{now_last} ({names})"
    )


def _field(a: Arguments, title: Json, *, within: bool = True) -> str:
    """One field before and after; `within` a sentence its title begins small."""
    name = small(title) if within else str(title)
    before, after = a.get("before"), a.get("after")
    if isinstance(before, list) and isinstance(after, list):
        return f"{name}: {gained_and_lost(before, after)}"
    if before is None:
        return f"{name} is now {words(after)}"
    if after is None:
        return f"{name} is no longer stated, before {words(before)}"
    old, new = both(before, after)
    return f"{name} changes from {old} to {new}"
