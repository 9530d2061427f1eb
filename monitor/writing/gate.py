"""What stands between a model and a person: nothing that an article does not say passes unmarked.

A model proposes relations. Its words are data, never orders: what it names is looked up, what it
quotes is searched for letter by letter, and nothing of it is accepted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from monitor.collect.yaml_writing import write_flow
from monitor.kinds.kind import Kind
from monitor.model.record import replace
from monitor.writing.facts import facts
from monitor.writing.marking import Reader
from monitor.writing.marks import Named, Place
from monitor.writing.passages import Folded as FoldedText
from monitor.writing.passages import breaks_words, plain
from monitor.writing.placing import Placement
from monitor.writing.proposals import Folded, Proposal, Shown
from monitor.writing.quoted import Marked
from monitor.writing.references import Level, entities, levels
from monitor.writing.refusing import Refusing
from monitor.writing.tokens import tokens
from monitor.writing.weighing import Made, Weighing

__all__ = ["Folded", "Gate", "Proposal", "Shown"]

_WORDS: Final = 3
"""Words that a quotation has at least; fewer say nothing of a relation."""
_LETTERS: Final = 700
_SENTENCES: Final = 3
"""What a quotation may be at most; a passage carries everything and shows nothing."""


class Gate:
    """Of one article and one state; asked with all proposals of an answer, or one by one."""

    def __init__(
        self,
        text: str,
        kind: Kind,
        state: Mapping[str, Any],
        reader: Reader,
        *,
        published: date | None = None,
    ) -> None:
        self._text = text
        self._folded = FoldedText(text)
        self._marked = Marked(text, published, reader)
        self._kind = kind
        self._state = state
        self._facts = facts(kind, state)
        self._refusing = Refusing(kind, entities(kind, state))

    def judge_all(self, proposals: Sequence[Proposal]) -> tuple[Shown | Folded, ...]:
        """In their order. One that is said twice is judged once; one that another brings an entity
        for may name it, and two that contradict each other say so."""
        made = self._made(proposals)
        judged: list[Shown | Folded] = []
        seen: list[Proposal] = []
        for one in proposals:
            if one in seen:
                judged.append(Folded(proposal=one, reason="said twice"))
                continue
            seen.append(one)
            judged.append(self.judge(one, made))
        return tuple(_contradicted(judged))

    def judge(self, proposal: Proposal, made: Made | None = None) -> Shown | Folded:
        """`made` are the names of entities that other proposals bring in."""
        made = made or {}
        places, reason = self._find(proposal.quote)
        if reason:
            return Folded(proposal=proposal, reason=reason)
        placement = proposal.placement
        at = levels(placement.path, self._kind, self._state)
        if reason := self._refusing.fault(placement, at, frozenset(made)) or self._double(
            placement, at
        ):
            return Folded(proposal=proposal, reason=reason)
        known = _is_known(placement, at[-1])
        if known and _is_cited(placement, at[-1]):
            return Folded(proposal=proposal, reason="we have this already, from this article")
        judged = [self._weigh(proposal, at, one, made) for one in places]
        best = min(judged, key=lambda one: len(one.unsaid) + len(one.doubts))
        return replace(best, known=known)

    def _find(self, quote: str) -> tuple[list[Place], str | None]:
        """Where it stands, or why it is no quotation."""
        found = self._folded.places(quote)
        if not found:
            return [], "no such words in the article"
        if len(tokens(quote)) < _WORDS:
            return [], "its quotation is too short to say anything"
        whole = [one for one in found if not breaks_words(self._text, one)]
        if not whole:
            return [], "its quotation breaks off within a word or a number"
        over = len(self._marked.quoted(whole[0]).sentences)
        if len(plain(quote)) > _LETTERS or over > _SENTENCES:
            return [], f"its quotation is a passage of {over} sentences"
        return whole, None

    def _double(self, placement: Placement, at: Sequence[Level]) -> str | None:
        """Whether a new entry has the name of one that we know."""
        level = at[-1]
        if level.entry is not None or not level.is_own or "." in level.collection.path:
            return None
        for value in placement.values.values():
            named = self._marked.marks_of(value) if isinstance(value, str) else ()
            for one in (each for sentence in named for each in sentence.names):
                same = [each for each in one.entities if each.collection == level.collection.path]
                if len(same) == 1 and plain(str(value)) == plain(one.text):
                    return f"{value} is {level.collection.path}[{same[0].key}]"
        return None

    def _weigh(self, proposal: Proposal, at: Sequence[Level], place: Place, made: Made) -> Shown:
        weighing = Weighing(self._marked, self._marked.quoted(place), self._facts, made)
        lacks = self._refusing.required(proposal.placement) if at[-1].entry is None else ()
        return Shown(
            proposal=proposal,
            place=place,
            unsaid=weighing.unsaid(proposal.placement, at),
            doubts=weighing.doubts(proposal.placement, at),
            missing=lacks,
        )

    def _made(self, proposals: Sequence[Proposal]) -> dict[Named, str]:
        """The entities that proposals which are fit bring in, with what they are called."""
        found: dict[Named, str] = {}
        for one in proposals:
            at = levels(one.placement.path, self._kind, self._state)
            if len(at) != 1 or at[0].entry is not None or not at[0].is_own:
                continue
            names = [value for value in one.placement.values.values() if isinstance(value, str)]
            shown = self.judge(one)
            if names and isinstance(shown, Shown):
                [key] = at[0].key.values()
                found[Named(at[0].collection.path, key)] = names[0]
        return found


def _is_known(placement: Placement, level: Level) -> bool:
    """Whether what it says, status and speakers included, is what we hold."""
    if level.entry is None:
        return False
    said: dict[str, Any] = dict(placement.values)
    fields = level.collection.provenance
    if fields is not None and fields.firmness and placement.status is not None:
        said[fields.firmness] = placement.status
    if any(level.held(name) != value for name, value in said.items()):
        return False
    held = level.held(fields.said_by or "") if fields is not None else None
    return set(placement.said_by) <= _listed(held)


def _is_cited(placement: Placement, level: Level) -> bool:
    fields = level.collection.provenance
    held = level.held(fields.sources or "") if fields is not None else None
    return set(placement.sources) <= _listed(held)


def _listed(value: Any) -> set[str]:
    """Of a field that may have place for one."""
    if isinstance(value, list):
        return set(map(str, value))
    return set() if value is None else {str(value)}


def _contradicted(judged: Sequence[Shown | Folded]) -> Iterator[Shown | Folded]:
    """Each that is shown with what others say of the same field instead."""
    shown = [one.proposal.placement for one in judged if isinstance(one, Shown)]
    for one in judged:
        if isinstance(one, Folded):
            yield one
            continue
        mine = one.proposal.placement
        others = [
            f"another proposal has {name}: {write_flow(other.values[name])}"
            for other in shown
            if other.path == mine.path and other is not mine
            for name, value in mine.values.items()
            if name in other.values and other.values[name] != value
        ]
        yield replace(one, doubts=(*one.doubts, *dict.fromkeys(others)))
