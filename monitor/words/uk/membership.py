"""Sentences on who belongs where."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import Joined, Left, Memberships, Moved, Replaced, RoleChanged
from monitor.words.uk.grammar import as_role
from monitor.words.uk.values import listed, words


def replaced(said: Replaced) -> str:
    return f"{said.label} тепер {said.role}, {said.parent}; раніше — {said.former}"


def after_replaced(said: Replaced) -> str:
    if not said.former_stays:
        stays = f"{said.former}: у складі більше не значиться."
    elif said.former_role is None:
        stays = f"{said.former}: у складі й надалі, роль не вказано."
    else:
        stays = f"{said.former}: у складі й надалі, роль — {said.former_role}."
    if said.was_listed and said.role_before not in (None, MISSING):
        return f"{stays} {said.label}: попередня роль — {said.role_before}."
    return stays


def joined(said: Joined) -> str:
    return f"{said.parent}: до складу тепер входить {said.label}{as_role(said.role)}"


def left(said: Left) -> str:
    return f"{said.parent}: у складі більше не значиться {said.label}"


def after_left(said: Left) -> str:
    """A role that only one can hold is worth a word."""
    return f"Попередня роль: {said.role}." if said.single else ""


def role_changed(said: RoleChanged) -> str:
    if said.single:
        return f"{said.label} тепер {said.after}, {said.parent}"
    whose = f"{said.parent}, {said.label}"
    if said.before is None:
        return f"{whose}: тепер вказано роль «{said.after}»"
    if said.after is None:
        return f"{whose}: роль «{said.before}» більше не вказано"
    return f"{whose}: роль змінено, {words(said.before)} → {words(said.after)}"


def moved(said: Moved) -> str:
    return f"{said.label}: перехід, {said.before} → {said.after}{as_role(said.role)}"


def memberships(said: Memberships) -> str:
    if said.joined and said.left:
        left, joined = listed(said.left), listed(said.joined)
        return f"{said.label}: більше не значиться — {left}; тепер значиться — {joined}"
    places = said.joined or said.left
    groups = f"«{said.groups}»" if said.groups else "списки"
    verb = "тепер значиться" if said.joined else "більше не значиться"
    return f"{said.label} {verb}: {groups}, {len(places)} з {said.size} ({listed(places)})"
