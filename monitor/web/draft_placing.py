"""What a person decided of a card, as placements with the words that they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from monitor.errors import Conflict, MonitorError
from monitor.kinds.kind import Kind
from monitor.model.patterns import regex
from monitor.model.record import Record, replace
from monitor.pipeline.drafting.asking import proposals
from monitor.pipeline.drafting.cards import cards, cited_of
from monitor.pipeline.drafting.placing import Act, Cited, Placed, kind_of, place, put_aside, undo
from monitor.pipeline.program import Program
from monitor.store.records import Article, Choice, Draft
from monitor.web.draft_cards import sourced
from monitor.web.draft_fields import read, shapes
from monitor.writing.cards import Card, Option
from monitor.writing.ladders import ladder_of_list
from monitor.writing.option import UNWRITTEN
from monitor.writing.placing import Placement, collection_of
from monitor.writing.proposals import Shown

_PLAIN: Final = regex(r"[\w.:+-]+")

PUT_ASIDE: Final[Mapping[str, Choice]] = {"reject": "rejected", "later": "later"}


class Deed(Record):
    """What was sent: the button, the card, its option by place and path, and all fields."""

    what: str
    card: int
    option: int
    path: str
    typed: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        return next(iter(self.typed.get(name) or ()), "").strip()


def do(program: Program, draft: Draft, article: Article, deed: Deed, act: Act) -> None:
    """Raises Conflict where what was seen has changed meanwhile, MonitorError for what does not
    fit or still has to be written."""
    if deed.what == "undo":
        undo(program, draft, act)
        return
    found = cards(program, draft, article)
    if deed.what == "sources":
        _add_sources(program, draft, article, found, act)
        return
    if deed.what == "proposed":
        _take_proposal(program, draft, article, deed, act)
        return
    card = next((one for one in found if one.number == deed.card), None)
    if card is None:
        raise Conflict(f"the article has no sentence {deed.card}; look again")
    if deed.what in PUT_ASIDE:
        put_aside(program, article, card.number, PUT_ASIDE[deed.what], act)
        return
    option = card.options[deed.option] if 0 <= deed.option < len(card.options) else None
    if option is None or option.placement.path != deed.path:
        raise Conflict("what we have was changed meanwhile; look at it again")
    cited = cited_of(article, card)
    made = placement_from(option, deed, kind_of(program, draft))
    whole = [Placed(placement=one, cited=cited) for one in (*option.also, made)]
    place(program, draft, whole, act)


def _take_proposal(program: Program, draft: Draft, article: Article, deed: Deed, act: Act) -> None:
    """One of a model's; that a person took it is kept, and that a model proposed it."""
    judged = proposals(program, draft, article)
    shown = judged[deed.option] if deed.option < len(judged) else None
    if not isinstance(shown, Shown) or shown.proposal.placement.path != deed.path:
        raise Conflict("what we have was changed meanwhile; look at it again")
    option = Option(placement=shown.proposal.placement, relation="pair", missing=shown.missing)
    cited = Cited(
        article=article,
        card=None,
        quote=shown.proposal.quote,
        first=shown.place.start,
        last=shown.place.end,
    )
    made = placement_from(option, deed, kind_of(program, draft))
    place(program, draft, [Placed(placement=made, cited=cited)], replace(act, how="model"))


def _add_sources(
    program: Program, draft: Draft, article: Article, found: Sequence[Card], act: Act
) -> None:
    """One source more for what we have; how firm it is stays as it was."""
    taken = {
        one.card
        for one in program.store.placings.of(draft.id)
        if one.article == article.id and one.choice == "accepted"
    }
    placed = [
        Placed(
            placement=replace(option.placement, status=None, said_by=()),
            cited=cited_of(article, card),
        )
        for card, option in sourced(found)
        if card.number not in taken
    ]
    if not placed:
        raise Conflict("the source was added to all of them before")
    place(program, draft, placed, act)


def placement_from(option: Option, deed: Deed, kind: Kind) -> Placement:
    """The option as a person changed it. Raises MonitorError in words for her."""
    placement = option.placement
    collection = collection_of(placement.path, kind)
    path = placement.path
    if UNWRITTEN in path:
        key = deed.one("-key")
        if not key:
            raise MonitorError(f"{collection.keys[0][-1]}: still to be written")
        path = path.replace(UNWRITTEN, key if _PLAIN.fullmatch(key) else f'"{_escaped(key)}"')
    values: dict[str, Any] = {}
    wanted = {*placement.values, *option.missing}
    for shape in shapes(collection, kind):
        name = shape.field.name
        if name not in wanted:
            continue
        try:
            value = read(shape, deed.typed, {})
        except ValueError as error:
            raise MonitorError(f"{shape.field.title}: {error}") from error
        if value is None and name in option.missing:
            raise MonitorError(f"{shape.field.title}: still to be written")
        if value is not None:
            values[name] = value
    others = {
        k: v for k, v in placement.values.items() if k not in {*_named(kind, collection.path)}
    }
    status = deed.one("-status") or placement.status
    if (
        status is not None
        and status != placement.status
        and status not in ladder_of_list(collection)
    ):
        raise MonitorError(f"{status!r} is no status")
    said = deed.typed.get("-said_by")
    said_by = placement.said_by if said is None else tuple(one for one in said if one)
    return replace(placement, path=path, values=others | values, status=status, said_by=said_by)


def _named(kind: Kind, path: str) -> tuple[str, ...]:
    return tuple(one.field.name for one in shapes(kind.collections[path], kind))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
