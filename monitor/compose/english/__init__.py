"""English: one function per rule, from a finding's or remark's arguments to words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.compose.english import claims, entries, many, membership, plans, remarks
from monitor.compose.english.grammar import Arguments, followed

__all__ = ["ASIDES", "REMARKS", "SENTENCES", "followed"]

SENTENCES: Mapping[str, Callable[[Arguments], str]] = {
    "emptied": many.emptied,
    "renamed": many.renamed,
    "respelled": many.respelled,
    "everywhere": many.everywhere,
    "replaced": membership.replaced,
    "moved": membership.moved,
    "role-changed": membership.role_changed,
    "joined": membership.joined,
    "left": membership.left,
    "cancelled": plans.cancelled,
    "took-place": plans.took_place,
    "slipped": plans.slipped,
    "brought-forward": plans.brought_forward,
    "widened": claims.moves("widens"),
    "narrowed": claims.moves("narrows"),
    "shifted": claims.moves("moves"),
    "hardened": claims.moves("hardens"),
    "softened": claims.moves("softens"),
    "stance-shifted": claims.moves("changes"),
    "firmed": claims.firmed,
    "weakened": claims.weakened,
    "disputed": claims.disputed,
    "settled": claims.settled,
    "reworded": claims.reworded,
    "added": entries.added,
    "removed": entries.removed,
    "changed": entries.changed,
}

ASIDES: Mapping[str, Callable[[Arguments], str]] = {
    "renamed": many.after_renamed,
    "replaced": membership.after_replaced,
    "left": membership.after_left,
    "disputed": claims.said,
    "settled": claims.said,
    "added": entries.after_added,
    "removed": entries.members,
}

REMARKS: Mapping[str, Callable[[Arguments], str]] = {
    "converged": remarks.closer,
    "diverged": remarks.further,
    "overlap": remarks.overlap,
    "reversed": remarks.reversed,
    "returned": remarks.returned,
    "corrected": remarks.corrected,
    "lapsed": remarks.lapsed,
    "kind-changed": remarks.kind_changed,
}
