"""Sentences on who belongs where."""

from __future__ import annotations

from monitor.model.comparison import MISSING
from monitor.model.said import Joined, Left, Memberships, Moved, Replaced, RoleChanged
from monitor.words.en.grammar import article, as_role, possessive
from monitor.words.en.values import listed, words


def replaced(said: Replaced) -> str:
    return f"{said.label} replaces {said.former} as {said.role} of {said.parent}"


def after_replaced(said: Replaced) -> str:
    if not said.former_stays:
        stays = f"{said.former} is no longer listed."
    elif said.former_role is None:
        stays = f"{said.former} stays; no role is stated."
    else:
        stays = f"{said.former} stays as {article(said.former_role)}."
    if said.was_listed and said.role_before not in (None, MISSING):
        return f"{stays} {said.label} was {article(said.role_before)} before."
    return stays


def joined(said: Joined) -> str:
    return f"{said.label} joins {said.parent}{as_role(said.role, single=said.single)}"


def left(said: Left) -> str:
    return f"{said.label} is no longer listed in {said.parent}"


def after_left(said: Left) -> str:
    """A role that only one can hold is worth a word."""
    return f"{said.label} was {said.role}." if said.single else ""


def role_changed(said: RoleChanged) -> str:
    if said.single:
        return f"{said.label} becomes {said.after} of {said.parent}"
    if said.before is None:
        return f"{said.label} is now named as {article(said.after)} of {said.parent}"
    if said.after is None:
        role = said.before if said.was_single else article(said.before)
        return f"{said.label} is no longer named as {role} of {said.parent}"
    before, after = words(said.before), words(said.after)
    return f"{possessive(said.label)} role in {said.parent} changes from {before} to {after}"


def moved(said: Moved) -> str:
    role = as_role(said.role, single=said.single)
    return f"{said.label} moves from {said.before} to {said.after}{role}"


def memberships(said: Memberships) -> str:
    """`Fay Moss joins 12 of 40 lists: …`, `Dana Fox leaves C01 and joins C02`."""
    if said.joined and said.left:
        return f"{said.label} leaves {listed(said.left)} and joins {listed(said.joined)}"
    places = said.joined or said.left
    many = f"{len(places)} of {said.size} {said.groups or 'lists'}: {listed(places)}"
    verb = "joins" if said.joined else "is no longer listed in"
    return f"{said.label} {verb} {many}"
