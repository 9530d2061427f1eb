"""Sentences on who belongs where."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import MISSING, Json, Missing
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
from monitor.words.en.grammar import article, as_role, exactly, in_letters, possessive, some
from monitor.words.en.values import date_words, from_to, listed, words

FEW = 3
"""Names that stand in the shortest form of a sentence."""


def replaced(said: Replaced) -> str:
    return f"{said.label} replaces {said.former} as {said.role} of {said.parent}"


def after_replaced(said: Replaced) -> str:
    parts = [_former(said)]
    if said.was_listed and said.role_before not in (None, MISSING):
        role = said.role_before if said.led is True else article(said.role_before)
        parts.append(f"{said.label} was {role} before.")
    if said.left is not MISSING and said.left != said.former_joins:
        parts.append(f"{said.label} leaves {said.left}{_there(said)}{_back(said)}.")
    elif said.left is not MISSING and said.left_role is not MISSING:
        parts.append(f"{said.label} was {article(said.left_role)} there.")
    if said.formerly is not MISSING:
        parts.append(f"{said.label} was {_formerly(said.formerly)} before.")
    if said.returned is not MISSING and not _back(said):
        parts.append(f"{said.label} returns, last listed on {date_words(said.returned)}.")
    return " ".join(parts)


def _there(said: Replaced) -> str:
    """What somebody was in the group that they leave."""
    return "" if said.left_role is MISSING else f", {article(said.left_role)} there so far"


def _back(said: Replaced) -> str:
    """That somebody comes back from the group that they leave."""
    if said.returned is MISSING or said.left in (MISSING, said.former_joins):
        return ""
    pause = "" if said.left_role is MISSING else ","
    return f"{pause} and returns, last listed here on {date_words(said.returned)}"


def _former(said: Replaced) -> str:
    if said.former_joins is not MISSING:
        joins = "joins" if said.former_returned is MISSING else "returns to"
        exchanged = f", which {said.label} leaves" if said.left == said.former_joins else ""
        return f"{said.former} {joins} {said.former_joins}{exchanged}."
    if not said.former_stays:
        stays = f"{said.former} is no longer listed."
    elif said.former_role is None:
        stays = f"{said.former} stays; no role is stated."
    elif said.former_leads is True:
        stays = f"{said.former} stays, as {said.former_role}."
    else:
        stays = f"{said.former} stays as {article(said.former_role)}."
    return stays


def joined(said: Joined) -> str:
    verb = "joins" if said.returned is MISSING else "returns to"
    role = as_role(said.role, single=said.single)
    once = "" if said.formerly is MISSING else f", formerly {_formerly(said.formerly)},"
    return f"{said.label}{once} {verb} {said.parent}{role}{_besides(said.size)}"


def _formerly(once: Formerly) -> str:
    return f"{once.role} of {once.parent}"


def after_joined(said: Joined) -> str:
    if said.returned is MISSING:
        return ""
    return f"Last listed on {date_words(said.returned)}."


def left(said: Left) -> str:
    return f"{said.label} is no longer listed in {said.parent}{_besides(said.size)}"


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
    if said.returned is not MISSING:
        return f"{said.label} returns to {said.after} from {said.before}{role}"
    if said.led is True:
        return f"{said.label}, {said.role_before} of {said.before}, moves to {said.after}{role}"
    return f"{said.label} moves from {said.before} to {said.after}{role}"


def memberships(said: Memberships) -> str:
    """`Fay Moss joins 12 of 40 lists: …`, `Dana Fox leaves C01 and joins C02`."""
    if said.joined and said.left:
        return f"{said.label} leaves {listed(said.left)} and joins {listed(said.joined)}"
    places = said.joined or said.left
    many = f"{len(places)} of {said.size} {said.groups or 'lists'}: {listed(places)}"
    verb = "joins" if said.joined else "is no longer listed in"
    return f"{said.label} {verb} {many}"


def succeeded(said: Succeeded) -> str:
    """`Ben Moor replaces Ana Ruiz in 9 of 10 boards: North, South, …`."""
    many = f"{len(said.places)} of {said.size} {said.groups or 'lists'}"
    return f"{said.label} replaces {said.former} in {many}: {listed(said.places)}"


def many_moved(said: ManyMoved) -> str:
    if len(said.labels) == len(said.before) == len(said.after) > 1:
        one, other = said.labels
        first, second = map(_as_list, said.after)
        places = f"{one} is now in {first}, {other} in {second}"
        return f"{one} and {other} change places: {places}"
    if len(said.labels) > 1:
        return f"{some(_texts(said.labels))} move from {said.before[0]} to {said.after[0]}"
    return f"{said.labels[0]} leaves {listed(said.before)} and joins {listed(said.after)}"


def _as_list(name: str) -> str:
    """A list that is called by a word of no name is quoted: `in full` is something else."""
    word, bracket, rest = name.partition(" (")
    return f"“{word}”{bracket}{rest}" if word[:1].islower() and " " not in word else name


def recomposed(said: Recomposed) -> str:
    """`Red's delegation goes from five to four: Ash and Birch are no longer listed, Dale joins`."""
    told = [
        f"{some(_named(members))} {one if len(members) == 1 else many}"
        for members, one, many in (
            (said.left, "is no longer listed", "are no longer listed"),
            (said.returned, "returns", "return"),
            (said.joined, "joins", "join"),
        )
        if members
    ]
    return f"{said.parent}{_sizes(said.size)}: {', '.join(told)}"


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
            ("No longer listed", _named(said.left)),
            ("Returning", _named(said.returned)),
            ("Joining", _named(said.joined)),
        )
        if some(names) != listed(names)
    ]


def _sizes(size: Size | Missing) -> str:
    """What a group becomes, behind its name."""
    if size is MISSING:
        return ""
    if size.before in (None, MISSING):
        return f", now {_number(size.after)}"
    if size.after in (None, MISSING):
        return f", before {_number(size.before)}"
    return f" goes {_from_to(size)}"


def _besides(size: Size | Missing) -> str:
    """The same in a sentence on somebody else."""
    if size is MISSING:
        return ""
    if size.before in (None, MISSING):
        return f"; it now has {_number(size.after)}"
    if size.after in (None, MISSING):
        return f"; it had {_number(size.before)} before"
    return f"; it goes {_from_to(size)}"


def _from_to(size: Size) -> str:
    """`from five to four`, without a unit: what is counted is who belongs to the group."""
    before, after = exactly(size.before), exactly(size.after)
    if isinstance(before, int) and isinstance(after, int):
        return f"from {in_letters(before)} to {in_letters(after)}"
    old, new = from_to(size.before, size.after)
    return f"from {old} to {new}"


def _number(size: Json | Missing) -> str:
    return in_letters(size) if isinstance(size, int) else words(size)


def _named(members: Sequence[Member]) -> list[str]:
    """A role that is not the usual one stands in brackets, and what they headed before."""
    return [f"{member.label}{_known(member)}" for member in members]


def _known(member: Member) -> str:
    told = [] if member.role is MISSING else [str(member.role)]
    told += [] if member.formerly is MISSING else [f"formerly {_formerly(member.formerly)}"]
    return f" ({', '.join(told)})" if told else ""


def _texts(labels: Sequence[Json]) -> list[str]:
    return [str(label) for label in labels]
