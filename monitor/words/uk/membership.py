"""Sentences on who belongs where."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import MISSING, Missing
from monitor.model.said import (
    Formerly,
    Joined,
    Left,
    ManyMoved,
    Member,
    Memberships,
    Moved,
    Recomposed,
    Replaced,
    RoleChanged,
    Size,
    Succeeded,
)
from monitor.words.uk.grammar import as_role, exactly, some
from monitor.words.uk.values import date_words, listed, words

FEW = 3
"""Names that stand in the shortest form of a sentence."""


def replaced(said: Replaced) -> str:
    return f"{said.label} тепер {said.role}, {said.parent}; раніше — {said.former}"


def after_replaced(said: Replaced) -> str:
    parts = [_former(said)]
    if said.was_listed and said.role_before not in (None, MISSING):
        parts.append(f"{said.label}: попередня роль — {said.role_before}.")
    if said.left is not MISSING:
        role = "" if said.left_role is MISSING else f" ({said.left_role})"
        parts.append(f"{said.label}: раніше у складі — {said.left}{role}.")
    if said.formerly is not MISSING:
        parts.append(f"{said.label}: раніше {_formerly(said.formerly)}.")
    if said.returned is not MISSING:
        parts.append(f"{said.label}: повернення, востаннє у складі {date_words(said.returned)}.")
    return " ".join(parts)


def _former(said: Replaced) -> str:
    if said.former_joins is not MISSING:
        how = "тепер" if said.former_returned is MISSING else "знову"
        return f"{said.former}: {how} у складі — {said.former_joins}."
    if not said.former_stays:
        stays = f"{said.former}: у складі більше не значиться."
    elif said.former_role is None:
        stays = f"{said.former}: у складі й надалі, роль не вказано."
    else:
        stays = f"{said.former}: у складі й надалі, роль — {said.former_role}."
    return stays


def joined(said: Joined) -> str:
    verb = "до складу тепер входить" if said.returned is MISSING else "до складу повертається"
    return f"{said.parent}{_sizes(said.size)}: {verb} {_newcomer(said)}"


def _newcomer(said: Joined) -> str:
    if said.formerly is MISSING:
        return f"{said.label}{as_role(said.role)}"
    role = "" if said.role is None else f"роль: {said.role}; "
    return f"{said.label} ({role}раніше {_formerly(said.formerly)})"


def _formerly(once: Formerly) -> str:
    return f"{once.role}, {once.parent}"


def after_joined(said: Joined) -> str:
    if said.returned is MISSING:
        return ""
    return f"Востаннє у складі {date_words(said.returned)}."


def left(said: Left) -> str:
    return f"{said.parent}{_sizes(said.size)}: у складі більше не значиться {said.label}"


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
    how = "перехід" if said.returned is MISSING else "повернення"
    before = f"{said.before} ({said.role_before})" if said.led is True else said.before
    return f"{said.label}: {how}, {before} → {said.after}{as_role(said.role)}"


def memberships(said: Memberships) -> str:
    if said.joined and said.left:
        left, joined = listed(said.left), listed(said.joined)
        return f"{said.label}: більше не значиться — {left}; тепер значиться — {joined}"
    places = said.joined or said.left
    groups = f"«{said.groups}»" if said.groups else "списки"
    verb = "тепер значиться" if said.joined else "більше не значиться"
    return f"{said.label} {verb}: {groups}, {len(places)} з {said.size} ({listed(places)})"


def succeeded(said: Succeeded) -> str:
    """`Замість Ana Ruiz — Ben Moor, у 9 з 10 (boards): North, South, …`."""
    groups = f" ({said.groups})" if said.groups else ""
    many = f"{len(said.places)} з {said.size}{groups}"
    return f"Замість {said.former} — {said.label}, у {many}: {listed(said.places)}"


def many_moved(said: ManyMoved) -> str:
    if len(said.labels) == len(said.before) == len(said.after) > 1:
        one, other = said.labels
        places = f"{one} тепер — {said.after[0]}, {other} — {said.after[1]}"
        return f"{one} та {other} помінялися місцями: {places}"
    names = [str(label) for label in said.labels]
    return f"{some(names)}: перехід, {listed(said.before)} → {listed(said.after)}"


def recomposed(said: Recomposed) -> str:
    """`Делегація, 5 → 4: більше не значаться Ash та Birch; до складу тепер входить Dale`."""
    told = [
        f"{one if len(members) == 1 else many} {some(_named(members))}"
        for members, one, many in (
            (said.left, "більше не значиться", "більше не значаться"),
            (said.returned, "до складу повертається", "до складу повертаються"),
            (said.joined, "до складу тепер входить", "до складу тепер входять"),
        )
        if members
    ]
    return f"{said.parent}{_sizes(said.size)}: {'; '.join(told)}"


def resized(said: Recomposed) -> str:
    """Of more than a few, only what they make of the group, where that can be said."""
    number = len(said.left) + len(said.joined) + len(said.returned)
    told = said.size is not MISSING and number > FEW
    return f"{said.parent}{_sizes(said.size)}" if told else ""


def everybody(said: Recomposed) -> list[str]:
    """Lists that a sentence does not hold, in full."""
    return [
        f"{verb}: {listed(names, limit=len(names))}"
        for verb, names in (
            ("Більше не значаться", _named(said.left)),
            ("Повертаються", _named(said.returned)),
            ("До складу тепер входять", _named(said.joined)),
        )
        if some(names) != listed(names)
    ]


def _sizes(size: Size | Missing) -> str:
    """What a group becomes, behind its name."""
    if size is MISSING:
        return ""
    if size.before in (None, MISSING):
        return f", тепер {words(size.after)}"
    if size.after in (None, MISSING):
        return f", раніше {words(size.before)}"
    return f", {_from_to(size)}"


def _from_to(size: Size) -> str:
    """`5 → 4`, without a unit: what is counted is who belongs to the group."""
    sides = exactly(size.before), exactly(size.after)
    if not all(isinstance(side, int) for side in sides):
        sides = size.before, size.after
    before, after = (words(side) for side in sides)
    return f"{before} → {after}"


def _named(members: Sequence[Member]) -> list[str]:
    """A role that is not the usual one stands in brackets, and what they headed before."""
    return [f"{member.label}{_known(member)}" for member in members]


def _known(member: Member) -> str:
    told = [] if member.role is MISSING else [str(member.role)]
    told += [] if member.formerly is MISSING else [f"раніше {_formerly(member.formerly)}"]
    return f" ({'; '.join(told)})" if told else ""
