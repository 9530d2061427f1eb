"""What one source says instead of what is told, who it is, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import MISSING
from monitor.model.said import Claim
from monitor.words.clauses import PROSE, SPEAKS
from monitor.words.company import Rival
from monitor.words.uk.grammar import small
from monitor.words.uk.values import from_to, listed, quoted, words

NAMED: Final = 2
"""Who says so, as many as are named."""


def rival(claim: Claim, *, alone: bool = False) -> Rival:
    """`number 2` and `(тут: 3)`; the value `alone` where its field would say nothing. A text
    is quoted, and one of many words needs no field either."""
    value, stands = words(claim.value), ""
    # An amount says by its unit what it is of.
    alone = alone or (isinstance(claim.value, dict) and bool(claim.value.get("unit")))
    if claim.stands is not MISSING and claim.value is not None:
        stands, value = from_to(claim.stands, claim.value)
    elif isinstance(claim.value, str) and not alone and len(value.split()) >= PROSE:
        alone = len(value.split()) >= SPEAKS
        value = value if value[0] in '“"«' else quoted(value.rstrip("."))
    told = value if alone else f"{small(claim.field)} {value}"
    return Rival(told, f" (тут: {stands})" if stands else "")


def says(told: Rival, names: Sequence[str]) -> str:
    """`Номер 2, пише The Bell (тут: 3)`."""
    if not names:
        return f"{told.value}{told.stands}"
    return f"{told.value}, {verb(len(names))} {listed(names, limit=NAMED)}{told.stands}"


def gives(claim: Claim, names: Sequence[str], *, goes_on: bool = False) -> str:
    """`The Bell пише: 9–10 percent`; of several two by name. A text is quoted, and says
    what it is of."""
    value, field = words(claim.value), small(claim.field)
    if claim.stands is not MISSING and claim.value is not None:
        value = from_to(claim.stands, claim.value)[1]
    amount = isinstance(claim.value, dict) and bool(claim.value.get("unit"))
    prose = isinstance(claim.value, str) and len(value.split()) >= PROSE
    if prose:
        value = value if value[0] in '"“«' else quoted(value.rstrip("."))
    told = value if amount or prose or not field else f"{field} — {value}"
    if goes_on:
        return told
    who = f"{', '.join(names[:NAMED])} та інші" if len(names) > NAMED else listed(names)
    return f"{who} {verb(len(names))}: {told}"


def verb(number: int) -> str:
    return "пише" if number == 1 else "пишуть"
