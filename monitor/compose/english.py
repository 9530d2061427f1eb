"""English sentences: one function per rule, from a finding's arguments to words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from monitor.compose.words import date_range, date_words, listed, words
from monitor.model.comparison import Json

Arguments: TypeAlias = Mapping[str, Json]


def _replaced(a: Arguments) -> str:
    return f"{a['label']} replaces {a['former']} as {a['role']} of {a['parent']}"


def _after_replaced(a: Arguments) -> str:
    if not a["former_stays"]:
        stays = f"{a['former']} is no longer listed."
    elif a["former_role"] is None:
        stays = f"{a['former']} stays; no role is stated."
    else:
        stays = f"{a['former']} stays as {_article(a['former_role'])}."
    if a["was_listed"] and a["role_before"] is not None:
        return f"{stays} {a['label']} was {_article(a['role_before'])} before."
    return stays


def _joined(a: Arguments) -> str:
    return f"{a['label']} joins {a['parent']}{_as_role(a)}"


def _left(a: Arguments) -> str:
    return f"{a['label']} is no longer listed in {a['parent']}"


def _role_changed(a: Arguments) -> str:
    if a["single"]:
        return f"{a['label']} becomes {a['after']} of {a['parent']}"
    before, after = words(a["before"]), words(a["after"])
    return f"{_of(a['label'])} role in {a['parent']} changes from {before} to {after}"


def _moved(a: Arguments) -> str:
    return f"{a['label']} moves from {a['before']} to {a['after']}{_as_role(a)}"


def _cancelled(a: Arguments) -> str:
    return f"{a['label']} is {str(a['state']).replace('-', ' ')}"


def _took_place(a: Arguments) -> str:
    when = _when(a)
    return f"{a['label']} took place{', ' if when else ''}{when}"


def _slipped(a: Arguments) -> str:
    return f"{a['label']} slips from {date_range(*a['before'])} to {date_range(*a['after'])}"


def _brought_forward(a: Arguments) -> str:
    before, after = date_range(*a["before"]), date_range(*a["after"])
    return f"{a['label']} is brought forward from {before} to {after}"


def _moves(verb: str) -> Callable[[Arguments], str]:
    def sentence(a: Arguments) -> str:
        subject = a["label"] if "issue" in a else f"{a['label']}: {_small(a['field'])}"
        return f"{subject} {verb} from {words(a['before'])} to {words(a['after'])}"

    return sentence


def _firmed(a: Arguments) -> str:
    if "dates" in a:
        return _planned(a, str(a["after"]))
    return f"{_in_parent(a)}: now {a['after']}, before {a['before']}"


def _weakened(a: Arguments) -> str:
    if "dates" in a:
        return f"{a['label']} is now only {a['after']}, before {a['before']}"
    return f"{_in_parent(a)}: now only {a['after']}, before {a['before']}"


def _disputed(a: Arguments) -> str:
    return f"Sources disagree on {_in_parent(a)}: {listed([_small(f) for f in a['fields']])}"


def _settled(a: Arguments) -> str:
    fields = listed([_small(f) for f in a["fields"]])
    if a["remaining"] > 0:
        return f"Fewer sources disagree on {_in_parent(a)}: {fields}"
    return f"Sources no longer disagree on {_in_parent(a)}: {fields}"


def _said(a: Arguments) -> str:
    said = [f"{s['source'] or 'another source'}: {words(s['value'])}" for s in a["said"]]
    return f"{listed(said)}."


def _reworded(a: Arguments) -> str:
    if "issue" in a:
        return f"{a['label']} is restated: {a['after']}"
    return f"{a['label']}: {_small(a['field'])} is reworded"


def _added(a: Arguments) -> str:
    if "count" in a:
        return f"{a['count']} new in {_section(a)}: {listed(a['entries'], limit=6)}"
    if "issue" in a:
        return f"{a['party']} now says on {a['issue']}: {_stance(a)}"
    if a.get("state") is not None:
        return _planned(a, str(a["state"]))
    return f"New in {_section(a)}: {a['label']}"


def _removed(a: Arguments) -> str:
    if "count" in a:
        return f"{a['count']} no longer in {_section(a)}: {listed(a['entries'], limit=6)}"
    if "issue" in a:
        return f"{a['party']} is no longer listed with a position on {a['issue']}"
    return f"No longer in {_section(a)}: {a['label']}"


def _after_whole(a: Arguments) -> str:
    stated = "issue" in a and not (a.get("position") or a.get("quantity"))
    return "" if stated else str(a.get("text") or "")


def _changed(a: Arguments) -> str:
    subject = f"{_in_parent(a)}: " if a["label"] else ""
    if "field" not in a:
        fields = list(dict.fromkeys(_small(name) for name in a["fields"]))
        return f"{subject}{listed(fields, limit=4)} changed"
    field = str(a["field"])
    field = _small(field) if subject else field
    if isinstance(a["before"], list) and isinstance(a["after"], list):
        return f"{subject}{field}: {_members(a['before'], a['after'])}"
    if a["before"] is None:
        return f"{subject}{field} is now {words(a['after'])}"
    if a["after"] is None:
        return f"{subject}{field} is no longer stated, before {words(a['before'])}"
    return f"{subject}{field} changes from {words(a['before'])} to {words(a['after'])}"


def _members(before: list[Json], after: list[Json]) -> str:
    """What a list gained and lost; a mere reordering is said as such."""
    gained = [words(member) for member in after if member not in before]
    lost = [words(member) for member in before if member not in after]
    parts = [f"{listed(gained)} added"] if gained else []
    parts += [f"{listed(lost)} removed"] if lost else []
    return "; ".join(parts) or "now in another order"


def _small(title: Json) -> str:
    """A field's title within a sentence; a path or a name with capitals inside stays."""
    text = str(title)
    return text[:1].lower() + text[1:] if text[1:].islower() or " " in text else text


def _planned(a: Arguments, state: str) -> str:
    """`Third round announced: Geneva, 17–18 February 2026`; what the label says is not repeated."""
    label = str(a["label"])
    facts = [fact for fact in map(words, _facts(a)) if fact not in label]
    if when := _when(a):
        facts.append(when)
    return f"{label} {state.replace('-', ' ')}{': ' if facts else ''}{', '.join(facts)}"


def _facts(a: Arguments) -> list[Json]:
    """What is short and now stated: of a new entity its facts, else what changed beside a state."""
    if "facts" in a:
        found = [fact["value"] for fact in a["facts"]]
    else:
        details = a.get("details", ())
        found = [d.get("after") for d in details if "fact" in d and "of" not in d]
    short = [value for value in found if isinstance(value, str) and len(value) <= 40]
    return [value for value in short if value not in a["dates"]][:3]


def _when(a: Arguments) -> str:
    return date_range(*a["dates"]) if any(a["dates"]) else ""


def _stance(a: Arguments) -> str:
    quantity = words(a["quantity"]) if a.get("quantity") else ""
    position = str(a.get("position") or "")
    return " ".join(part for part in (position, quantity) if part) or str(a.get("text") or "stated")


def _section(a: Arguments) -> str:
    return f"{a['section']} of {a['parent']}" if a.get("parent") else str(a["section"])


def _in_parent(a: Arguments) -> str:
    return f"{a['label']} in {a['parent']}" if a.get("parent") else str(a["label"])


def _as_role(a: Arguments) -> str:
    if a.get("role") is None:
        return ""
    return f" as {a['role']}" if a.get("single") else f" as {_article(a['role'])}"


def _article(noun: Json) -> str:
    return f"{'an' if str(noun)[:1].lower() in 'aeiou' else 'a'} {noun}"


def _of(name: Json) -> str:
    return f"{name}'" if str(name).endswith("s") else f"{name}'s"


def _closer(a: Arguments) -> str:
    return f"{_distance(a)} narrows: {_sizes(a)}{_record(a)}"


def _further(a: Arguments) -> str:
    return f"{_distance(a)} widens: {_sizes(a)}{_record(a)}"


def _overlap(a: Arguments) -> str:
    return f"{listed(a['parties'])} now meet on {a['issue']}: {_sizes(a)}"


def _distance(a: Arguments) -> str:
    mover, others = a["moved"], [party for party in a["parties"] if party not in a["moved"]]
    if not others:
        return f"The distance between {listed(a['parties'])} on {a['issue']}"
    return f"{_of(mover[0])} distance to {others[0]} on {a['issue']}"


def _sizes(a: Arguments) -> str:
    unit = a["unit"] or ("step" if a["after"] == 1 else "steps")
    return f"{words(a['before'])} → {words(a['after'])} {'days' if unit == 'date' else unit}"


def _record(a: Arguments) -> str:
    return f", the {a['record']} so far" if "record" in a else ""


def _reversed(a: Arguments) -> str:
    return f"{a['label']} is back where it stood on {date_words(a['as_of'])}"


def _returned(a: Arguments) -> str:
    undone = date_words(a["undone"])
    return f"This is the state of {date_words(a['as_of'])} again; what {undone} changed is undone"


def _corrected(a: Arguments) -> str:
    return f"The state of {date_words(a['as_of'])} was corrected"


def _lapsed(a: Arguments) -> str:
    return f"{a['label']} was {a['state']} for {_when(a)}; nothing is known of it since"


def _kind_changed(a: Arguments) -> str:
    return f"The form of these snapshots has changed since {date_words(a['as_of'])}"


REMARKS: Mapping[str, Callable[[Arguments], str]] = {
    "converged": _closer,
    "diverged": _further,
    "overlap": _overlap,
    "reversed": _reversed,
    "returned": _returned,
    "corrected": _corrected,
    "lapsed": _lapsed,
    "kind-changed": _kind_changed,
}


def _emptied(a: Arguments) -> str:
    where = a["section"] or "The whole document"
    return f"{where} lost nearly everything: {a['count']} of {a['size']} entries are gone"


def _renamed(a: Arguments) -> str:
    if a["how"] == "name":
        return f"{a['before']} is now called {a['after']}"
    if a["before"] != a["after"]:
        return f"{a['before']} is now listed as {a['after']}"
    return f"{a['after']} has another id: {a['key_before']} is now {a['key_after']}"


def _after_renamed(a: Arguments) -> str:
    reasons = {
        "judged": "They were judged to be the same.",
        "alias": "One lists the other's name as its own.",
        "similar": f"The names are alike ({a.get('score')}) and so is what is said of both.",
    }
    return reasons.get(str(a["how"]), "")


def _respelled(a: Arguments) -> str:
    places = f", in {a['count']} places" if a["count"] > 1 else ""
    return f"{a['before']} is now written {a['after']}{places}"


def _everywhere(a: Arguments) -> str:
    subject = f"{a['count']} entries of {a['section']}: {_small(a['field'])}"
    if a["what"] == "appeared":
        text = f"{subject} is new"
    elif a["what"] == "disappeared":
        text = f"{subject} is gone"
    elif a["what"] == "edit":
        text = f"{subject} {_edited(str(a['before']), str(a['after']))}"
    else:
        text = f"{subject} changes from {words(a['before'])} to {words(a['after'])}"
    return f"{text} ({', '.join(str(label) for label in a['examples'])} and others)"


def _edited(cut: str, put: str) -> str:
    if not put:
        return f"lost “{cut}”"
    return f"gained “{put}”" if not cut else f"has “{put}” for “{cut}”"


SENTENCES: Mapping[str, Callable[[Arguments], str]] = {
    "emptied": _emptied,
    "renamed": _renamed,
    "respelled": _respelled,
    "everywhere": _everywhere,
    "replaced": _replaced,
    "moved": _moved,
    "role-changed": _role_changed,
    "joined": _joined,
    "left": _left,
    "cancelled": _cancelled,
    "took-place": _took_place,
    "slipped": _slipped,
    "brought-forward": _brought_forward,
    "widened": _moves("widens"),
    "narrowed": _moves("narrows"),
    "shifted": _moves("moves"),
    "hardened": _moves("hardens"),
    "softened": _moves("softens"),
    "stance-shifted": _moves("changes"),
    "firmed": _firmed,
    "weakened": _weakened,
    "disputed": _disputed,
    "settled": _settled,
    "reworded": _reworded,
    "added": _added,
    "removed": _removed,
    "changed": _changed,
}

ASIDES: Mapping[str, Callable[[Arguments], str]] = {
    "renamed": _after_renamed,
    "replaced": _after_replaced,
    "disputed": _said,
    "settled": _said,
    "added": _after_whole,
}
