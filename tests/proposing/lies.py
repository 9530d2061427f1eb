"""Lies, each made of a truth: with words that no article has, of things that are not there, and
with real words that do not say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, Final, TypeAlias

from monitor.kinds.kind import Collection
from monitor.model.record import replace
from monitor.writing.passages import plain
from monitor.writing.placing import Placement, collection_of
from monitor.writing.proposals import Proposal
from monitor.writing.references import entities, levels
from tests.proposing.told import Told

Lie: TypeAlias = Callable[[Told, Proposal, Random], "Proposal | None"]
_FIELDS: Final = (
    *(("starts", "ends"), ("ends", "starts"), ("sails", "lands"), ("lands", "sails")),
    *(("city", "country"), ("city", "timing"), ("name", "timing")),
)
"""What stands in the first of them, in the second."""


def made_up(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """A sentence as it could stand there."""
    verb = draw.choice(["has confirmed", "will announce", "denies", "agreed to"])
    what = next(iter(truth.placement.values), "it")
    return replace(truth, quote=f"{truth.quote.split()[0]} {verb} the {what}, officials said")


def word_changed(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """One word is another of the article's."""
    words = truth.quote.split()
    at = draw.randrange(len(words))
    others = [one for one in told.text.split() if one != words[at]]
    words[at] = draw.choice(others)
    return replace(truth, quote=" ".join(words))


def word_left_out(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    words = truth.quote.split()
    del words[draw.randrange(1, len(words) - 1)]
    return replace(truth, quote=" ".join(words))


def two_joined(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """Two real pieces with three points between them, or with none."""
    words, other = truth.quote.split(), draw.choice(told.truths).quote.split()
    half = max(2, len(words) // 2)
    if words == other:
        return None
    return replace(truth, quote=" ".join([*words[:half], draw.choice(["...", "…", "and"]), *other]))


def number_changed(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """In the words and in the value alike."""
    digits = re.findall(r"\d+", truth.quote)
    if not digits:
        words = truth.quote.split()
        return replace(
            truth, quote=" ".join([*words[:2], "some", str(draw.randrange(40, 90)), *words[2:]])
        )
    more = str(int(digits[0]) + draw.randrange(3, 9))
    return replace(truth, quote=truth.quote.replace(digits[0], more, 1))


def nobody(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """An id that nobody has."""
    path = re.sub(
        r"\[([\w-]+)", lambda m: f"[{m[1]}-{draw.randrange(10, 99)}", truth.placement.path
    )
    ghost = replace(truth.placement, path=path)
    keys = [level for level in levels(path, told.kind, told.state) if not level.is_own]
    if not keys:
        fields = collection_of(path, told.kind).provenance
        if fields is None or not fields.said_by:
            return None
        ghost = replace(truth.placement, said_by=(f"ghost-{draw.randrange(9)}",))
    return replace(truth, placement=ghost)


def no_field(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """A field, a word or a list that the kind does not have."""
    one = truth.placement
    if collection_of(one.path, told.kind).provenance is None:
        return replace(truth, placement=replace(one, values={"mood": "good"}))
    wrong = draw.choice(
        [
            replace(one, path=one.path.replace("[", "s[", 1)),
            replace(one, status="certain-as-can-be"),
            replace(one, path=f"{one.path}.moods[good]"),
        ]
    )
    return replace(truth, placement=wrong)


def taken_away(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """The entry, a field or a list of it."""
    one = truth.placement
    field = next(iter(one.values), "note")
    wrong: Placement = draw.choice(
        [
            replace(one, removed=True),
            replace(one, values={"x-removed": True}),
            replace(one, values={field: None}),
            replace(one, values={field: []}),
        ]
    )
    return replace(truth, placement=wrong)


def other_value(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """The same words, and another number or day."""
    values = _other(dict(truth.placement.values), draw)
    if values is None:
        return None
    return replace(truth, placement=replace(truth.placement, values=values))


def other_entity(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """Somebody else whom we know, and whom the words do not name."""
    at = levels(truth.placement.path, told.kind, told.state)
    for level in reversed(at):
        for name, key in level.key.items():
            field = level.collection.fields.get(name)
            home = field.ref if field is not None and field.ref else level.collection.path
            others = sorted(
                one.key
                for one in entities(told.kind, told.state)
                if one.collection == home and one.key not in truth.placement.path
                if not _is_in(one.key, truth.quote, told)
            )
            if others:
                path = truth.placement.path.replace(key, draw.choice(others))
                return replace(truth, placement=replace(truth.placement, path=path))
    return None


def other_of_two(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """Somebody else whom the words do name, of the same list: one party's position as another's."""
    for level in reversed(levels(truth.placement.path, told.kind, told.state)):
        for name, key in level.key.items():
            field = level.collection.fields.get(name)
            others = sorted(
                one.key
                for one in entities(told.kind, told.state)
                if field is not None and one.collection == field.ref
                if one.key not in truth.placement.path and _is_in(one.key, truth.quote, told)
            )
            if others:
                path = truth.placement.path.replace(key, draw.choice(others))
                wrong = replace(truth, placement=replace(truth.placement, path=path))
                truths = [(one.placement.path, one.placement.values) for one in told.truths]
                return None if (path, truth.placement.values) in truths else wrong
    return None


def other_sentence(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """The right fact, and real words of another."""
    others = [
        one.quote
        for one in told.truths
        if one.quote not in truth.quote and truth.quote not in one.quote
        if one.placement.path.split("[")[0] != truth.placement.path.split("[")[0]
    ]
    return replace(truth, quote=draw.choice(others))


def other_relation(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """The names that the words do name, in a list of which they say nothing."""
    named = sorted(
        one for one in entities(told.kind, told.state) if _is_in(one.key, truth.quote, told)
    )
    mine = collection_of(truth.placement.path, told.kind).path
    paths = [
        path
        for collection in told.kind.collections.values()
        if collection.path not in ("", mine) and "." not in collection.path
        if collection.source is None and collection.provenance is not None
        for path in _paths(collection, [(one.collection, one.key) for one in named])
        if not truth.placement.path.startswith(path)
    ]
    if not paths:
        return None
    return replace(
        truth, placement=Placement(path=draw.choice(paths), sources=truth.placement.sources)
    )


def other_speaker(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """Said by somebody whom the words do not name, or as firm as they do not say."""
    fields = collection_of(truth.placement.path, told.kind).provenance
    field = collection_of(truth.placement.path, told.kind).fields.get(
        (fields and fields.said_by) or ""
    )
    if field is None:
        return None
    others = sorted(
        one.key
        for one in entities(told.kind, told.state)
        if one.collection == field.ref and not _is_in(one.key, truth.quote, told)
    )
    return replace(truth, placement=replace(truth.placement, said_by=(draw.choice(others),)))


def swapped(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """Start for end, city for country, one party for the other of the same sentence."""
    values = dict(truth.placement.values)
    for one, other in _FIELDS:
        if one in values and other not in values:
            collection = collection_of(truth.placement.path, told.kind)
            if other in collection.fields:
                value = values.pop(one)
                values[other] = f"{value}" if other == "timing" else value
                return replace(truth, placement=replace(truth.placement, values=values))
    return None


def turned(told: Told, truth: Proposal, draw: Random) -> Proposal | None:
    """The sentence says the contrary: a denial that the summary leaves out, or brings in."""
    no = draw.choice(["Does not say so:", "It will never happen:", "No longer so:", "Without it:"])
    values = {
        name: f"{no} {value[0].lower()}{value[1:]}"
        for name, value in truth.placement.values.items()
        if isinstance(value, str) and " " in value
    }
    if not values:
        return None
    return replace(truth, placement=replace(truth.placement, values=values))


INVENTED: Final[Mapping[str, Lie]] = {
    "a sentence made up": made_up,
    "a word changed": word_changed,
    "a word left out": word_left_out,
    "two pieces joined": two_joined,
    "a number changed": number_changed,
}
UNREAL: Final[Mapping[str, Lie]] = {
    "an id that nobody has": nobody,
    "a field or list that is none": no_field,
    "something taken away": taken_away,
}
REAL: Final[Mapping[str, Lie]] = {
    "another value": other_value,
    "another entity": other_entity,
    "another whom the words name": other_of_two,
    "words of another sentence": other_sentence,
    "another relation": other_relation,
    "another speaker": other_speaker,
    "the wrong field": swapped,
    "a denial turned": turned,
}


def lies(told: Told, lie: Lie, draw: Random) -> tuple[Proposal, ...]:
    """As many as there are truths, where so many different ones can be made of them."""
    found: dict[str, Proposal] = {}
    for truth in told.truths * 4:
        made = lie(told, truth, draw)
        is_so = made is not None and plain(made.quote) in plain(told.text) and lie in _WORDS
        if made is not None and made not in told.truths and not is_so:
            found.setdefault(repr(made), made)
    return tuple(found.values())[: len(told.truths)]


_WORDS: Final = frozenset(INVENTED.values())


def _other(values: dict[str, Any], draw: Random) -> dict[str, Any] | None:
    for name, value in values.items():
        if isinstance(value, Mapping):
            more = draw.randrange(2, 40)
            bounds = {k: v + more for k, v in value.items() if isinstance(v, int)}
            return {**values, name: {**value, **bounds}}
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            day = draw.choice([d for d in range(10, 28) if f"-{d}" not in value])
            return {**values, name: f"{value[:8]}{day}"}
    return None


def _is_in(key: str, quote: str, told: Told) -> bool:
    """Whether any name of an entity stands in the words."""
    names = [key]
    for collection in told.kind.collections.values():
        for entry in told.state.get(collection.path) or () if collection.path else ():
            if entry.get("id") == key and isinstance(entry.get("name"), str):
                names += entry["name"].split()[-1:] + list(entry.get("aliases") or ())
    return any(name.lower()[:4] in quote.lower() for name in names)


def _paths(collection: Collection, named: list[tuple[str, str]]) -> Iterator[str]:
    """Entries of a list whose keys are all among these."""
    keys = []
    for name in collection.keys[0]:
        field = collection.fields.get(name)
        mine = [key for home, key in named if field is not None and home == field.ref]
        if not mine:
            return
        keys.append(mine[0])
    yield f"{collection.path}[{','.join(keys)}]"
