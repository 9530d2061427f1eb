"""The rules that turn changes into findings, in the order in which they run.

Families come first to last; what they leave is told by the plain rules. Remarks own no change.
"""

from __future__ import annotations

from monitor.compare.rules import (
    called,
    dispute,
    emptied,
    everywhere,
    firmness,
    fresh,
    membership,
    order,
    period,
    places,
    plain,
    position,
    remark,
    renamed,
    retyped,
    reused,
    spelled,
    text,
)
from monitor.compare.rules.rule import Family, Rule

FIRST: tuple[Family, ...] = (emptied.FAMILY, reused.FAMILY)
"""What says that entries are gone as a whole, or are others: no number of these has shifted."""

FAMILIES: tuple[Family, ...] = (
    fresh.FAMILY,
    places.FAMILY,
    renamed.FAMILY,
    emptied.OTHERS,
    retyped.FAMILY,
    spelled.FAMILY,
    everywhere.FAMILY,
    order.FAMILY,
    membership.FAMILY,
    firmness.DENIALS,
    period.FAMILY,
    position.FAMILY,
    firmness.PLANS,
    text.FAMILY,
    firmness.CLAIMS,
    dispute.FAMILY,
    called.NAMES,
)

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        *(rule for family in (*FIRST, *FAMILIES) for rule in family.rules),
        *plain.RULES,
        *remark.RULES,
    )
}
