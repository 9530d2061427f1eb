"""Sentences on who belongs where."""

from __future__ import annotations

from monitor.compose.english.grammar import Arguments, article, as_role, possessive
from monitor.compose.words import words


def replaced(a: Arguments) -> str:
    return f"{a['label']} replaces {a['former']} as {a['role']} of {a['parent']}"


def after_replaced(a: Arguments) -> str:
    if not a["former_stays"]:
        stays = f"{a['former']} is no longer listed."
    elif a["former_role"] is None:
        stays = f"{a['former']} stays; no role is stated."
    else:
        stays = f"{a['former']} stays as {article(a['former_role'])}."
    if a["was_listed"] and a["role_before"] is not None:
        return f"{stays} {a['label']} was {article(a['role_before'])} before."
    return stays


def joined(a: Arguments) -> str:
    return f"{a['label']} joins {a['parent']}{as_role(a)}"


def left(a: Arguments) -> str:
    return f"{a['label']} is no longer listed in {a['parent']}"


def after_left(a: Arguments) -> str:
    """A role that only one can hold is worth a word."""
    return f"{a['label']} was {a['role']}." if a.get("single") else ""


def role_changed(a: Arguments) -> str:
    if a["single"]:
        return f"{a['label']} becomes {a['after']} of {a['parent']}"
    if a["before"] is None:
        return f"{a['label']} is now named as {article(a['after'])} of {a['parent']}"
    if a["after"] is None:
        role = a["before"] if a.get("was_single") else article(a["before"])
        return f"{a['label']} is no longer named as {role} of {a['parent']}"
    before, after = words(a["before"]), words(a["after"])
    return f"{possessive(a['label'])} role in {a['parent']} changes from {before} to {after}"


def moved(a: Arguments) -> str:
    return f"{a['label']} moves from {a['before']} to {a['after']}{as_role(a)}"
