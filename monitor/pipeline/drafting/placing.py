"""What a person makes of a sentence: written into the draft, with the words it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from monitor.errors import Conflict
from monitor.kinds.kind import Kind
from monitor.model.record import Record, replace
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.drafting.written import placement_of, written_of
from monitor.pipeline.program import Program
from monitor.store.records import Article, Choice, Draft, How, NewPlacing, Placing
from monitor.writing.facts import Fact, facts
from monitor.writing.placing import Placement
from monitor.writing.put import document_of, put


class Cited(Record):
    """The words that something rests on: `first` and `last` bound them in the article's text, and
    `card` is its sentence there."""

    article: Article
    card: int | None
    quote: str
    first: int
    last: int


class Act(Record):
    """Who does it, when, and with what."""

    by: str
    now: datetime
    how: How


class Placed(Record):
    """A placement and what it rests on; None for what somebody knows without an article.
    `proposed`: a model has proposed it, and a person taken it."""

    placement: Placement
    cited: Cited | None = None
    proposed: bool = False


def place(
    program: Program, draft: Draft, placed: Sequence[Placed], act: Act, *, text: str | None = None
) -> Draft:
    """The draft with them written in, each with its evidence, all or nothing.

    `text` is the draft's text where they stand in it already. Raises Conflict when somebody saved
    the draft meanwhile, MonitorError for what does not fit in.
    """
    if text is None:
        placed = [_voiced(program, draft, one) for one in placed]
    placements = [one.placement for one in placed]
    written = text if text is not None else _with(draft.text, placements, kind_of(program, draft))
    with program.store.transaction() as tx:
        saved = tx.drafts.save(draft, written, by=act.by, now=act.now)
        for number, one in enumerate(placed):
            row = _row(one, act, before=draft.text if number == 0 else None)
            tx.placings.add(draft.id, row, by=act.by, now=act.now)
    return saved


def _voiced(program: Program, draft: Draft, one: Placed) -> Placed:
    """Without the voice of what it takes the place of: who said that says nothing of this. Once the
    draft itself says who says it, that stays."""
    placement = one.placement
    if one.cited is None or not placement.values or placement.said_by:
        return one
    latest = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(latest.kind_hash)
    ours = _fact(kind, program.comparing.state(latest).document, placement.path)
    mine = _fact(kind, document_of(draft.text), placement.path)
    fields = ours.collection.provenance if ours is not None else None
    if ours is None or fields is None or fields.said_by is None or not fields.sources:
        return one
    if not ours.entry.get(fields.said_by) or (mine and mine.entry.get(fields.sources)):
        return one
    values = {fields.said_by: None, **placement.values}
    return replace(one, placement=replace(placement, values=values))


def _fact(kind: Kind, document: Mapping[str, Any], path: str) -> Fact | None:
    return next((one for one in facts(kind, document) if one.path == path), None)


def put_aside(program: Program, article: Article, card: int, choice: Choice, act: Act) -> None:
    """Rejected, or left for later."""
    row = NewPlacing(
        article=article.id,
        card=card,
        choice=choice,
        placement=None,
        quote=None,
        first=None,
        last=None,
        how=act.how,
        before=None,
    )
    with program.store.transaction() as tx:
        tx.placings.add(article.draft, row, by=act.by, now=act.now)


def undo(program: Program, draft: Draft, act: Act) -> Draft:
    """What was decided last is open again. Raises Conflict when there is nothing, or the draft was
    written on since."""
    last = _last(program.store.placings.of(draft.id))
    if not last:
        raise Conflict(f"nothing was decided in the draft of {draft.situation}")
    before = last[0].before
    if before is not None:
        placements = [placement_of(one.placement) for one in last if one.placement is not None]
        # What was placed from an editor was saved in that very moment, with all that was written.
        left = (last[0].decided_at, last[0].decided_by)
        is_left = (draft.saved_at, draft.saved_by) == left
        if not is_left and _with(before, placements, kind_of(program, draft)) != draft.text:
            raise Conflict("the draft was written on since; take it out there")
    with program.store.transaction() as tx:
        if before is not None:
            draft = tx.drafts.save(draft, before, by=act.by, now=act.now)
        for one in last:
            tx.placings.take_back(one.id)
    return draft


def decided(program: Program, draft: Draft, article: Article) -> dict[int, Choice]:
    """What became of the sentences of an article, by their numbers; the last word holds."""
    return {
        one.card: one.choice
        for one in program.store.placings.of(draft.id)
        if one.article == article.id and one.card is not None
    }


def kind_of(program: Program, draft: Draft) -> Kind:
    return program.kinds.by_hash(latest_of(program, draft.situation).kind_hash)


def _with(text: str, placements: Sequence[Placement], kind: Kind) -> str:
    for one in placements:
        text = put(text, one, kind)
    return text


def _row(one: Placed, act: Act, *, before: str | None) -> NewPlacing:
    cited = one.cited
    return NewPlacing(
        article=cited.article.id if cited else None,
        card=cited.card if cited else None,
        choice="accepted",
        placement=written_of(one.placement),
        quote=cited.quote if cited else None,
        first=cited.first if cited else None,
        last=cited.last if cited else None,
        how="model" if one.proposed else act.how,
        before=before,
    )


def _last(placings: Sequence[Placing]) -> list[Placing]:
    """What was decided at once: the first of several has the text that was before them."""
    found: list[Placing] = []
    for one in reversed(placings):
        found.insert(0, one)
        if one.before is not None or one.choice != "accepted":
            break
    return found
