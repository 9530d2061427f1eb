"""The rules that turn changes into findings, in the order in which they run.

Families come first to last; what they leave is told by the plain rules. Remarks own no change.
"""

from __future__ import annotations

from monitor.compare.rules import (
    dispute,
    firmness,
    membership,
    period,
    plain,
    position,
    remark,
    text,
)
from monitor.compare.rules.rule import Family, Rule

FAMILIES: tuple[Family, ...] = (
    membership.FAMILY,
    period.FAMILY,
    position.FAMILY,
    firmness.FAMILY,
    dispute.FAMILY,
    text.FAMILY,
)

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        *(rule for family in FAMILIES for rule in family.rules),
        *plain.RULES,
        *remark.RULES,
    )
}
