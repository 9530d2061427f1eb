"""What the interface answers with, from the store and the comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import orjson

from monitor.compare.history import fact_history
from monitor.compare.labels import EntityLabels
from monitor.compare.positions import series
from monitor.errors import NotFound
from monitor.kinds.kind import Kind
from monitor.kinds.translating import translated
from monitor.model.comparison import Comparison, Significance, State
from monitor.model.record import Record
from monitor.model.subscription import Subscription
from monitor.pipeline.drafting.evidence import Words, quotations
from monitor.pipeline.objects import PlaceNames, positions_object, value_object
from monitor.pipeline.program import Program
from monitor.report.chosen import Chosen, choose
from monitor.report.objects import comparison_object, finding_object
from monitor.store.records import Situation, Version
from monitor.web.api.shapes import (
    Listed,
    PositionsShape,
    Shape,
    SituationShape,
    SubscriptionShape,
    VersionShape,
)
from monitor.web.paging import paged
from monitor.web.reading import failed
from monitor.words import language

T = TypeVar("T")
S = TypeVar("S", bound=Shape)


class Pair(Record):
    """What a comparison is asked with."""

    situation: str
    old: str
    new: str
    least: str
    only: tuple[str, ...]
    language: str


class Leaf(Record):
    """Which page of a list."""

    page: int
    size: int


def dumped(value: Any) -> bytes:
    return orjson.dumps(value)


def situations(program: Program, leaf: Leaf) -> bytes:
    every = sorted(program.store.situations.all(), key=lambda one: one.name)
    return _listed(every, leaf, lambda one: _situation(program, one), Listed[SituationShape])


def situation(program: Program, name: str) -> bytes:
    return _bytes(_situation(program, program.store.situations.get(name)))


def versions(program: Program, name: str, leaf: Leaf) -> bytes:
    program.store.situations.get(name)
    every = list(reversed(program.store.versions.every(name)))
    return _listed(every, leaf, version_shape, Listed[VersionShape])


def version(program: Program, name: str, asked: str) -> bytes:
    return _bytes(version_shape(_version(program, name, asked)))


def document(program: Program, name: str, asked: str) -> bytes:
    return dumped(program.comparing.state(_version(program, name, asked)).document)


def diff(program: Program, asked: Pair) -> bytes:
    found, chosen = _found(program, asked)
    told = comparison_object(
        found,
        chosen.findings,
        chosen.remarks,
        failed=failed,
        language=language(asked.language),
    )
    return dumped(told)


def findings(program: Program, asked: Pair, leaf: Leaf) -> bytes:
    _, chosen = _found(program, asked)
    spoken = language(asked.language)
    place = paged(len(chosen.findings), str(leaf.page), leaf.size, "")
    some = chosen.findings[place.first : place.end]
    return dumped(
        {
            "items": [finding_object(one, failed, spoken) for one in some],
            "total": len(chosen.findings),
            "page": place.number,
            "pages": place.pages,
        }
    )


def history(program: Program, name: str, path: str, code: str) -> bytes:
    states, kind = _states(program, name)
    known = program.store.snapshots.authors(name)
    line = program.store.versions.history(name) if known else ()
    authors = {one.ref: known[one.snapshot] for one in line if one.snapshot in known}
    values = fact_history(states, translated(kind, code), path)
    words = Words(quotations(program.store, name), states, kind)
    return dumped(
        [
            value_object(
                value,
                authors.get(value.version),
                words.under(path, value),
            )
            for value in values
        ]
    )


def positions(program: Program, name: str, code: str) -> bytes:
    states, kind = _states(program, name)
    kind = translated(kind, code)
    labels = EntityLabels(states[-1].document, kind, older=states[0].document)
    told = positions_object(series(states, kind), PlaceNames(labels, kind))
    return dumped(PositionsShape(**told).model_dump())


def subscriptions(program: Program, address: str | None, leaf: Leaf) -> bytes:
    """Those of one address, or all."""
    every = program.store.subscriptions.all(address=address)
    return _listed(every, leaf, lambda one: _subscription(program, one), Listed[SubscriptionShape])


def version_shape(one: Version) -> VersionShape:
    return VersionShape(
        situation=one.ref.situation,
        as_of=one.ref.as_of,
        revision=one.ref.revision,
        content_hash=one.ref.content_hash,
        title=one.ref.title,
        learned_at=one.learned_at.isoformat(),
        state=one.state,
        held=None if one.state == "current" else one.held,
    )


def _situation(program: Program, one: Situation) -> SituationShape:
    store = program.store.versions
    line = store.history(one.name)
    baseline = store.baseline(one.name) if line else None
    return SituationShape(
        name=one.name,
        title=(line[-1].ref.title if line else None) or one.title or one.name,
        kind=one.kind,
        zone=one.zone,
        created_at=one.created_at.isoformat(),
        versions=len(line),
        waiting=len(store.held(one.name)),
        latest=version_shape(line[-1]) if line else None,
        baseline=version_shape(baseline) if baseline else None,
        baseline_how=one.baseline_how,
    )


def _subscription(program: Program, one: Subscription) -> SubscriptionShape:
    told = {
        each.situation: program.store.versions.get(each.told).ref.as_of for each in one.pointers
    }
    return SubscriptionShape(
        id=one.id,
        address=one.spec.address,
        name=one.spec.name,
        state=one.state,
        state_reason=one.state_reason,
        situations=list(one.spec.situations),
        cadence=one.spec.cadence,
        zone=one.spec.zone,
        language=one.spec.language,
        least=one.spec.filter.minimum.word,
        told=told,
        next_due=one.due_at.isoformat() if one.due_at else None,
    )


def _version(program: Program, name: str, asked: str) -> Version:
    program.store.situations.get(name)
    return program.store.versions.resolve(name, asked)


def _found(program: Program, asked: Pair) -> tuple[Comparison, Chosen]:
    """As `monitor diff` compares: the calendar has no say, so that the answer stays the same."""
    old = _version(program, asked.situation, asked.old)
    new = _version(program, asked.situation, asked.new)
    found = program.comparing.between(old, new, language=asked.language)
    return found, choose(found, Significance.parse(asked.least), asked.only)


def _states(program: Program, name: str) -> tuple[Sequence[State], Kind]:
    program.store.situations.get(name)
    line = program.store.versions.history(name)
    if not line:
        raise NotFound(f"{name} has no version yet")
    states = [program.comparing.stored(one) for one in line]
    return states, program.kinds.by_hash(line[-1].kind_hash)


def _listed(
    every: Sequence[T], leaf: Leaf, shape: Callable[[T], S], listed: type[Listed[S]]
) -> bytes:
    place = paged(len(every), str(leaf.page), leaf.size, "")
    items = [shape(one) for one in every[place.first : place.end]]
    return _bytes(listed(items=items, total=len(every), page=place.number, pages=place.pages))


def _bytes(shape: Shape) -> bytes:
    return dumped(shape.model_dump())
