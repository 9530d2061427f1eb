"""The words of a card: values as readers see them, and what may be chosen beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.compare.labels import EntityLabels
from monitor.kinds.kind import Field
from monitor.model.text import visible
from monitor.web.draft_entries import Ground
from monitor.web.draft_fields import Choice
from monitor.web.reading import Asking
from monitor.writing.cards import Card

SPEAKERS: Final = 30
"""People that are offered as speakers: those whom the article names."""


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted names as the objects that they stand in."""
    made: dict[str, Any] = {}
    for name, value in values.items():
        *steps, last = name.split(".")
        at = made
        for step in steps:
            at = at.setdefault(step, {})
        at[last] = value
    return made


def value_words(asking: Asking, labels: EntityLabels, field: Field | None, value: Any) -> str:
    """A value as a reader sees it; "" for none."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        told = [value_words(asking, labels, field, one) for one in value]
        return asking.language.values.listed(told)
    if field is None:
        return asking.language.values.words(value)
    return _of_field(asking, labels, field, value)


def _of_field(asking: Asking, labels: EntityLabels, field: Field, value: Any) -> str:
    values = asking.language.values
    if field.ref is not None:
        return labels.ref(field.ref, value)
    if field.quantity is not None and isinstance(value, Mapping):
        names = field.quantity
        unit = value.get(names.unit or "")
        return values.interval(value.get(names.low), value.get(names.high), field.say(unit))
    if field.edtf and isinstance(value, str):
        return values.date_words(value)
    return str(values.words(field.say(value)))


def statuses(field: Field | None, chosen: str | None) -> Iterator[Choice]:
    if field is None or chosen is None:
        return
    for one in field.ladder or field.choices:
        yield Choice(value=one, title=visible(str(field.say(one)), 60), chosen=one == chosen)


def speakers_in(at: Ground, cards: Sequence[Card]) -> Iterator[Choice]:
    """Those whom the article names, once each, among whom somebody can say something."""
    said = {
        field.ref
        for one in at.kind.collections.values()
        if one.provenance is not None
        if (field := one.fields.get(one.provenance.said_by or "")) is not None
    }
    seen: dict[str, str] = {}
    for card in cards:
        for name in card.marks.names:
            for one in name.entities:
                if one.collection in said and len(seen) < SPEAKERS:
                    seen[one.key] = at.labels.ref(one.collection, one.key)
    for key, title in sorted(seen.items(), key=lambda item: item[1]):
        yield Choice(value=key, title=visible(title, 80))


def above(path: str) -> str:
    """The entry that holds another: without the last step."""
    depth = 0
    for at in range(len(path) - 1, -1, -1):
        depth += (path[at] == "]") - (path[at] == "[")
        if path[at] == "." and depth == 0:
            return path[:at]
    return path
