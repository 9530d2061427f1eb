"""What one source says instead of what is told, who it is, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import MISSING
from monitor.model.said import Claim
from monitor.words.clauses import PROSE, SPEAKS
from monitor.words.company import Rival
from monitor.words.en.grammar import small
from monitor.words.en.values import from_to, listed, quoted, words

NAMED: Final = 2
"""Who says so, as many as are named."""


def rival(claim: Claim, *, alone: bool = False) -> Rival:
    """`number 2` and `(here: 3)`; the value `alone` where its field would say nothing. A text
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
    return Rival(told, f" (here: {stands})" if stands else "")


def says(told: Rival, names: Sequence[str]) -> str:
    """`number 2, says The Bell (here: 3)`."""
    if not names:
        return f"{told.value}{told.stands}"
    return f"{told.value}, {verb(len(names))} {listed(names, limit=NAMED)}{told.stands}"


def gives(claim: Claim, names: Sequence[str], *, goes_on: bool = False) -> str:
    """`The Bell says 9–10 percent`, `The Bell and Fen News give the number as 2`; of several two
    by name. A text is quoted, and says what it is of."""
    value, field = words(claim.value), small(claim.field)
    if claim.stands is not MISSING and claim.value is not None:
        value = from_to(claim.stands, claim.value)[1]
    amount = isinstance(claim.value, dict) and bool(claim.value.get("unit"))
    if isinstance(claim.value, str) and len(value.split()) >= PROSE:
        value = value if value[0] in '"“«' else quoted(value.rstrip("."))
        told = value if goes_on else f"{verb(len(names))} {value}"
    elif amount or not field:
        told = f"{verb(len(names))} {value}"
    else:
        value = quoted(value) if isinstance(claim.value, str) and value == claim.value else value
        told = f"{'gives' if len(names) == 1 else 'give'} the {field} as {value}"
    if goes_on:
        return told
    who = f"{', '.join(names[:NAMED])} and others" if len(names) > NAMED else listed(names)
    return f"{who} {told}"


def verb(number: int) -> str:
    return "says" if number == 1 else "say"
