"""Sentences on names, and on what happened in many places."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import MISSING, Json
from monitor.model.excerpt import around
from monitor.model.said import (
    Churned,
    EachChanged,
    Emptied,
    Everywhere,
    Exchanged,
    NameChanged,
    Rekeyed,
    Renumbered,
    Respelled,
    SameField,
    SameName,
)
from monitor.model.text import cut
from monitor.words.en.fields import SHOWN, field
from monitor.words.en.grammar import changes, entries_of, is_, section, small
from monitor.words.en.values import both, listed, number, quoted, words
from monitor.words.named_ids import ids, other_ids

_SHOWN = 80
# Of several with other values of one field, so many are told.
EACH = 6


def emptied(said: Emptied) -> str:
    where = said.section or "The whole document"
    what = "fields" if said.fields is True else "entries"
    gone = f"{number(said.number)} of {number(said.size)} {what} are gone"
    return f"{where} lost nearly everything: {gone}"


def exchanged(said: Exchanged) -> str:
    where = said.section or "The whole document"
    gone = f"{number(said.gone)} of {number(said.size)} entries are gone"
    return f"{where} holds hardly anything it held before: {gone}, {number(said.come)} are new"


def renumbered(said: Renumbered) -> str:
    subject = entries_of(said.section, number(said.number))
    if said.how == "renamed":
        return f"{subject} are listed under other names: {_examples(said.examples)}"
    if said.how == "rewritten":
        keys = f"{said.key_before} is now {said.key_after}"
        return f"{subject} have ids that are written otherwise, as {keys}"
    text = f"{subject} have other ids"
    named = f" ({_examples(said.examples)})" if said.examples else ""
    return f"{text}, as {said.key_before} is now {said.key_after}{named}"


def name_changed(said: NameChanged) -> str:
    return f"{said.before} is now called {said.after}"


def rekeyed(said: Rekeyed) -> str:
    if said.before != said.after:
        old, new = ids(said)
        under = f" (id {new}, before {old})" if old else ""
        return f"{said.before} is now listed as {said.after}{under}"
    old, new = other_ids(said)
    return f"{said.after} has another id ({new}, before {old})"


def after_rekeyed(said: Rekeyed) -> str:
    reasons = {
        "judged": "They were judged to be the same.",
        "alias": "One of the two entries gives the other name as well.",
        "form": "Only the way in which the id is written is another.",
        "values": "What else is said of both is the same.",
        "similar": f"The names are alike ({said.score}) and so is what is said of both.",
    }
    return reasons.get(said.how, "")


def respelled(said: Respelled) -> str:
    places = f", in {said.number} places" if said.number > 1 else ""
    before, after = around(said.before, said.after, SHOWN)
    if max(len(said.before), len(said.after)) > SHOWN:
        return f"{quoted(cut(before, SHOWN))} is now written {quoted(cut(after, SHOWN))}{places}"
    return f"{before} is now written {after}{places}"


def everywhere(said: Everywhere) -> str:
    return _in_many(said) if said.values is MISSING else _of_few(said, said.values)


def _of_few(said: Everywhere, values: Sequence[Json]) -> str:
    """`Fleet: wifi is now stated, yes for Gannet and Puffin, no for Tern`."""
    where = said.section[:1].upper() + said.section[1:]
    name = is_(small(said.field))
    come = said.what in ("appeared", "filled")
    now = "now stated," if come else "no longer stated; before:"
    found: dict[str, list[str]] = {}
    for label, value in zip(said.examples, values, strict=True):
        found.setdefault(words(value), []).append(label)
    told = ", ".join(f"{value} for {listed(labels)}" for value, labels in found.items())
    return f"{where or f'{number(said.number)} entries'}: {name} {now} {told}"


def _in_many(said: Everywhere) -> str:
    many = number(said.number)
    if said.size is not MISSING:
        many = f"{many} of {number(said.size)}"
    entries, name = entries_of(said.section, many), small(said.field)
    subject, is_now = f"{entries}: {name}", f"{entries}: {is_(name)}"
    if said.also is not MISSING:
        is_now = f"{entries}: {listed([name, *map(small, said.also)])} are"
    if said.what == "cleared":
        return f"{is_now} no longer stated ({_those(said)})"
    if said.what == "filled":
        return f"{is_now} now stated ({_those(said)})"
    if said.what == "appeared":
        text = f"{is_now} new"
    elif said.what == "disappeared":
        text = f"{is_now} gone"
    elif said.step is not MISSING:
        text = f"{is_now} {number(abs(said.step))} {'higher' if said.step > 0 else 'lower'}"
    elif said.what == "members":
        text = f"{entries}: {field(said.field, *_sides(said))}"
    elif said.what == "edit":
        text = f"{subject} {_edited(str(said.before), str(said.after))}"
    else:
        old, new = both(said.before, said.after)
        text = f"{entries}: {changes(name)} from {old} to {new}"
    return f"{text} ({_those(said)})"


def churned(said: Churned) -> str:
    """`60 of 60 entries: updated and etag changed, as in Row 0: updated from … to …`."""
    subject = entries_of(said.section, f"{number(said.number)} of {number(said.size)}")
    each = said.example
    old, new = (cut(text, _SHOWN) for text in both(each.before, each.after))
    field = f"{small(each.field)} " if len(said.fields) > 1 else ""
    fields = listed([small(name) for name in said.fields], limit=6)
    return f"{subject}: {fields} changed, as in {each.label} ({field}from {old} to {new})"


def each_changed(said: EachChanged) -> str:
    """`Stops of 101: time changes of A from 07:00 to 06:50 and B from 08:10 to 08:00`."""
    told = [
        f"{each.label} from {old} to {new}"
        for each in said.entries[:EACH]
        for old, new in [both(each.before, each.after)]
    ]
    more = len(said.entries) - len(told)
    more_told = [f"{more} more"] if more else []
    where = section(said.section, said.parent)
    return f"{where}: {changes(said.field)} of {listed([*told, *more_told])}"


def same_name(said: SameName) -> str:
    places = _in_places(said.groups, said.places)
    old, new = said.id_before, said.id_after
    if said.before == said.after:
        return f"{said.after} has another id ({new}, before {old}), {places}"
    under = "" if new is MISSING else f" (id {new}, before {old})"
    return f"{said.before} is now {said.after}{under}, {places}"


def same_field(said: SameField) -> str:
    places = _in_places(said.groups, said.places)
    old, new = (cut(text, _SHOWN) for text in both(said.before, said.after))
    return f"{said.label}: {changes(small(said.field))} from {old} to {new}, {places}"


def _in_places(groups: str | None, places: Sequence[str]) -> str:
    return f"in {len(places)} {groups or 'lists'} ({listed(places)})"


def _examples(labels: Sequence[str]) -> str:
    return f"{', '.join(str(label) for label in labels)} and others"


def _sides(said: Everywhere) -> tuple[Json, Json]:
    before, after = said.before, said.after
    return None if before is MISSING else before, None if after is MISSING else after


def _those(said: Everywhere) -> str:
    """Some of the entries; a few of them all."""
    if said.number <= len(said.examples):
        return listed(said.examples)
    return _examples(said.examples)


def _edited(cut: str, put: str) -> str:
    if not put:
        return f"lost “{cut}”"
    return f"gained “{put}”" if not cut else f"has “{put}” for “{cut}”"
