"""Sentences on names, and on what happened in many places."""

from __future__ import annotations

from monitor.compose.english.grammar import Arguments, small
from monitor.compose.words import both


def emptied(a: Arguments) -> str:
    where = a["section"] or "The whole document"
    return f"{where} lost nearly everything: {a['count']} of {a['size']} entries are gone"


def renamed(a: Arguments) -> str:
    if a["how"] == "renumbered":
        text = f"{a['count']} entries of {a['section']} have other ids"
        named = f" ({_examples(a)})" if a["examples"] else ""
        return f"{text}, as {a['key_before']} is now {a['key_after']}{named}"
    if a["how"] == "name":
        return f"{a['before']} is now called {a['after']}"
    if a["before"] != a["after"]:
        return f"{a['before']} is now listed as {a['after']}"
    return f"{a['after']} has another id: {a['key_before']} is now {a['key_after']}"


def after_renamed(a: Arguments) -> str:
    reasons = {
        "judged": "They were judged to be the same.",
        "alias": "One lists the other's name as its own.",
        "similar": f"The names are alike ({a.get('score')}) and so is what is said of both.",
    }
    return reasons.get(str(a["how"]), "")


def respelled(a: Arguments) -> str:
    places = f", in {a['count']} places" if a["count"] > 1 else ""
    return f"{a['before']} is now written {a['after']}{places}"


def everywhere(a: Arguments) -> str:
    subject = f"{a['count']} entries of {a['section']}: {small(a['field'])}"
    if a["what"] == "appeared":
        text = f"{subject} is new"
    elif a["what"] == "disappeared":
        text = f"{subject} is gone"
    elif a["what"] == "edit":
        text = f"{subject} {_edited(str(a['before']), str(a['after']))}"
    else:
        old, new = both(a["before"], a["after"])
        text = f"{subject} changes from {old} to {new}"
    return f"{text} ({_examples(a)})"


def _examples(a: Arguments) -> str:
    return f"{', '.join(str(label) for label in a['examples'])} and others"


def _edited(cut: str, put: str) -> str:
    if not put:
        return f"lost “{cut}”"
    return f"gained “{put}”" if not cut else f"has “{put}” for “{cut}”"
