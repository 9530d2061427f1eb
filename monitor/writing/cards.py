"""The sentences of an article as cards: what a person may make of each, with everything filled in
that the article and the situation say. Nothing is made of it by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monitor.kinds.kind import Kind
from monitor.model.record import Record
from monitor.writing.holding import Held, Sort
from monitor.writing.marks import Place, Sentence
from monitor.writing.offering import Maker
from monitor.writing.option import Option

__all__ = ["Card", "Option", "cards_of"]


class Card(Record):
    """A sentence with its `number` in the article, from 1; `quote` are its words, with single
    spaces, `known` the paths of the facts that it is about."""

    number: int
    sort: Sort
    place: Place
    quote: str
    options: tuple[Option, ...]
    marks: Sentence
    known: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether it says something that we do not have."""
        return self.sort in ("differs", "new")


def cards_of(
    found: Sequence[tuple[Sentence, Held]], kind: Kind, state: Mapping[str, Any], source: str | None
) -> tuple[Card, ...]:
    """In the order of the text. What one card offers is not offered by a later one again.

    `source` is the id under which the article is cited; None in a kind without publications.
    """
    maker = Maker(kind, state, source)
    return tuple(
        Card(
            number=number,
            sort=held.sort,
            place=sentence.place,
            quote=" ".join(sentence.text.split()),
            options=maker.options(sentence, held),
            marks=sentence,
            known=tuple(one.path for one in held.facts),
        )
        for number, (sentence, held) in enumerate(found, 1)
    )
