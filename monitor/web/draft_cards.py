"""The sentences of an article as cards for a person: what each may mean, old and new, who says so.
Nothing is taken over by itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.compare.paths import find, parse_path
from monitor.errors import NotFound
from monitor.kinds.kind import Collection, Field
from monitor.kinds.values import get
from monitor.model.comparison import Missing
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.web.draft_entries import Ground, choices_of
from monitor.web.draft_fields import Choice, FieldView, sent_of, shapes, view
from monitor.web.draft_words import above, nested, speakers_in, statuses, value_words
from monitor.web.reading import Asking, capital
from monitor.writing.cards import Card, Option
from monitor.writing.known import name_field, speakers
from monitor.writing.option import UNWRITTEN
from monitor.writing.placing import Placement, collection_of
from monitor.writing.proposals import Folded, Shown


class Part(Record):
    """One field: what we hold ("" for nothing) and what the article has."""

    title: str
    old: str
    new: str


class OptionView(Record):
    """`quick`: a button is enough for it. `fields` are what may be written otherwise."""

    index: int
    path: str
    relation: str
    title: str
    parts: tuple[Part, ...]
    statuses: tuple[Choice, ...]
    speakers: tuple[Choice, ...]
    fields: tuple[FieldView, ...]
    key: str
    quick: bool
    missing: bool


class CardView(Record):
    """`state` is accepted, rejected or later, "" while it is open. `id` names the card on its page;
    `remarks` are what to know before it is accepted, of one that a model proposed."""

    id: str
    number: int
    sort: str
    title: str
    quote: str
    options: tuple[OptionView, ...]
    state: str
    newcomer: str = ""
    """Whom it asks about besides."""
    by_model: bool = False
    remarks: tuple[str, ...] = ()


class KnownView(Record):
    """Facts that the article names too: it is one more source for them."""

    titles: tuple[str, ...]
    left: int


def card_views(
    asking: Asking, at: Ground, cards: Sequence[Card], decided: Mapping[int, str]
) -> tuple[CardView, ...]:
    """Those that say something new, or for which somebody decided."""
    speakers = tuple(speakers_in(at, cards))
    maker = _Maker(asking, at, speakers)
    return tuple(
        maker.card(one, decided.get(one.number, ""))
        for one in cards
        if one.options and (one.is_open or one.number in decided)
    )


def proposed_views(
    asking: Asking,
    at: Ground,
    cards: Sequence[Card],
    judged: Sequence[Shown | Folded],
    taken: frozenset[str],
) -> tuple[CardView, ...]:
    """What a model proposed and a person is asked about; `taken` are the paths of what was."""
    maker = _Maker(asking, at, tuple(speakers_in(at, cards)))
    starts = [one.place.start for one in cards]
    return tuple(
        maker.proposed(
            index,
            bisect_right(starts, one.place.start),
            one,
            "accepted" if one.proposal.placement.path in taken else "",
        )
        for index, one in enumerate(judged)
        if isinstance(one, Shown)
    )


def option_of(at: Ground, shown: Shown) -> Option:
    """A model's proposal as any other option, beside what we hold."""
    placement = shown.proposal.placement
    entry = find(at.base, placement.path, at.kind)
    if not isinstance(entry, dict):
        return Option(placement=placement, relation="pair", missing=shown.missing)
    old = {name: get(entry, name) for name in placement.values}
    known = {name: value for name, value in old.items() if not isinstance(value, Missing)}
    return Option(placement=placement, relation="differs", old=known, missing=shown.missing)


def known_view(at: Ground, cards: Sequence[Card], decided: Mapping[int, str]) -> KnownView | None:
    """None where the article adds no source to anything."""
    found = [
        (one.number, visible(label_of(at, option.placement.path), 160))
        for one, option in sourced(cards)
    ]
    if not found:
        return None
    left = sum(number not in decided for number, _ in found)
    return KnownView(titles=tuple(dict.fromkeys(title for _, title in found)), left=left)


def sourced(cards: Sequence[Card]) -> tuple[tuple[Card, Option], ...]:
    """What only gets a source more."""
    return tuple(
        (one, option)
        for one in cards
        if not one.is_open
        for option in one.options
        if option.relation == "source"
    )


def label_of(at: Ground, path: str) -> str:
    """An entry in words, whether we have it or not; its path where it has none yet."""
    try:
        name, key, _ = parse_path(path, at.kind)
    except NotFound:
        return path
    if UNWRITTEN in path:
        return capital(at.kind.collections[name].title)
    return at.labels.of(name, key)


def entity_labels(at: Ground, cards: Sequence[Card]) -> dict[str, str]:
    """Names of who is marked, by `collection.key`."""
    return {
        f"{one.collection}.{one.key}": at.labels.ref(one.collection, one.key)
        for card in cards
        for name in card.marks.names
        for one in name.entities
        if one.collection in at.kind.collections
    }


def option_shapes(at: Ground, placement: Placement, missing: Sequence[str]) -> tuple[str, ...]:
    """The fields that a person may write for an option, in the order of the kind."""
    collection = collection_of(placement.path, at.kind)
    fields = collection.provenance
    saying = {fields.sources, fields.said_by, fields.firmness} if fields else set()
    wanted = {*placement.values, *missing} - saying
    return tuple(one.field.name for one in shapes(collection, at.kind) if one.field.name in wanted)


def _open_key(one: Option, collection: Collection) -> str:
    """The field of the key that a person must still write: it is asked for by itself."""
    return collection.keys[0][-1] if UNWRITTEN in one.placement.path else ""


class _Maker:
    def __init__(self, asking: Asking, at: Ground, speakers: Sequence[Choice]) -> None:
        self._asking = asking
        self._at = at
        self._speakers = speakers
        self._words = asking.language.pages.drafting

    def card(self, card: Card, state: str) -> CardView:
        shown = [
            (index, one) for index, one in enumerate(card.options) if one.relation != "source"
        ] or list(enumerate(card.options))
        options = tuple(self._option(index, one) for index, one in shown)
        newcomer, differs = self._newcomer(card), options[0].relation == "differs"
        return CardView(
            id=f"c{card.number}",
            number=card.number,
            sort=card.sort,
            title=options[0].title if differs else newcomer or options[0].title,
            newcomer=newcomer if differs else "",
            quote=visible(card.quote, 1000),
            options=options,
            state=state,
        )

    def proposed(self, index: int, number: int, shown: Shown, state: str) -> CardView:
        option = self._option(index, option_of(self._at, shown))
        labels = self._words.LABELS
        told = ((labels.not_in_words, shown.unsaid), (labels.look_twice, shown.doubts))
        remarks = [f"{said}: {', '.join(parts)}" for said, parts in told if parts]
        if shown.known:
            remarks.append(labels.known_already)
        return CardView(
            id=f"m{index}",
            number=number,
            sort="proposed",
            title=option.title,
            quote=visible(shown.proposal.quote, 1000),
            options=(option,),
            state=state,
            by_model=True,
            remarks=tuple(visible(one, 300) for one in remarks),
        )

    def _newcomer(self, card: Card) -> str:
        """The name of whom a card knows nobody by."""
        for one in card.options:
            for made in (*one.also, one.placement):
                if one.relation in ("member", "entity") and (name := self._name(made)):
                    return visible(name, 160)
        return ""

    def _name(self, made: Placement) -> str:
        named = name_field(collection_of(made.path, self._at.kind))
        return str(made.values.get(named.name, "")) if named is not None else ""

    def _option(self, index: int, one: Option) -> OptionView:
        placement = one.placement
        collection = collection_of(placement.path, self._at.kind)
        key = _open_key(one, collection)
        fields = collection.provenance
        firmness = collection.fields.get(fields.firmness or "") if fields else None
        speaks = fields is not None and bool(fields.said_by)
        return OptionView(
            index=index,
            path=placement.path,
            relation=one.relation,
            title=visible(self._said(one, collection), 240),
            parts=tuple(self._parts(one, collection)),
            statuses=tuple(statuses(firmness, placement.status)),
            speakers=self._speaking(placement) if speaks and placement.sources else (),
            fields=self._fields(one, collection),
            key=key,
            quick=one.relation in ("member", "entity") and not one.missing,
            missing=bool(one.missing),
        )

    def _said(self, one: Option, collection: Collection) -> str:
        label = label_of(self._at, one.placement.path)
        if one.relation == "differs":
            titles = [
                collection.fields[name].title.lower() if name in collection.fields else name
                for name in one.placement.values
            ]
            return self._words.entry_fields(capital(label), ", ".join(titles))
        if one.relation == "member":
            return self._words.joins(label_of(self._at, above(one.placement.path)))
        if one.relation == "entity":
            if collection.path not in speakers(self._at.kind) and not one.old:
                return capital(collection.title)
            return self._words.spelling(label) if one.old else self._words.somebody_new()
        return self._words.entry_in(capital(collection.title), label)

    def _parts(self, one: Option, collection: Collection) -> Iterator[Part]:
        if one.relation in ("member", "entity") and not one.old:
            return
        for name, value in one.placement.values.items():
            field = collection.fields.get(name)
            title = field.title if field is not None else name
            yield Part(
                title=visible(title, 80),
                old=visible(self._text(field, one.old.get(name)), 200),
                new=visible(self._text(field, value), 300),
            )

    def _text(self, field: Field | None, value: Any) -> str:
        return value_words(self._asking, self._at.labels, field, value)

    def _speaking(self, placement: Placement) -> tuple[Choice, ...]:
        chosen = placement.said_by[0] if placement.said_by else ""
        return tuple(
            Choice(value=one.value, title=one.title, chosen=one.value == chosen)
            for one in self._speakers
        )

    def _fields(self, one: Option, collection: Collection) -> tuple[FieldView, ...]:
        wanted = option_shapes(self._at, one.placement, one.missing)
        entry = nested(one.placement.values)
        return tuple(
            view(shape, entry, lambda ref: choices_of(self._at, ref), {}, sent_of(shape, entry))
            for shape in shapes(collection, self._at.kind)
            if shape.field.name in wanted and shape.field.name != _open_key(one, collection)
        )
