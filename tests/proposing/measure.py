"""What the gate makes of truths and of each sort of lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from monitor.model.record import Record
from monitor.writing.gate import Gate
from monitor.writing.proposals import Folded, Proposal, Shown
from monitor.writing.reader import reader_of
from tests.proposing.lies import INVENTED, REAL, UNREAL, Lie, lies
from tests.proposing.told import Told, articles

SEED: Final = 14


class Row(Record):
    """`whole` are shown with nothing to say against them, `unsaid` with parts that their words do
    not carry, `doubted` with nothing but doubts."""

    sort: str
    group: str
    total: int
    folded: int
    unsaid: int
    doubted: int
    whole: tuple[str, ...]

    @property
    def shown(self) -> int:
        return self.total - self.folded


def rows(told: Sequence[Told] = ()) -> Iterator[Row]:
    """Of all articles, where none are given."""
    told = told or tuple(articles())
    yield _truths(told)
    for group, sorts in (("invented", INVENTED), ("unreal", UNREAL), ("real words", REAL)):
        for sort, lie in sorts.items():
            yield _lies(told, sort, group, lie)


def _truths(told: Sequence[Told]) -> Row:
    judged = [each for one in told for each in gate(one).judge_all(one.truths)]
    return _row("truths", "truth", judged)


def _lies(told: Sequence[Told], sort: str, group: str, lie: Lie) -> Row:
    """In one answer with the truths, as many of the one as of the other."""
    judged: list[Shown | Folded] = []
    for one in told:
        made = list(lies(one, lie, Random(SEED)))
        answer = [*made, *one.truths[: len(made)]]
        Random(SEED).shuffle(answer)
        judged += [each for each in gate(one).judge_all(answer) if each.proposal in made]
    return _row(sort, group, judged)


def gate(told: Told) -> Gate:
    reader = reader_of(told.kind, told.state)
    return Gate(told.text, told.kind, told.state, reader, published=told.published)


def _row(sort: str, group: str, judged: Sequence[Shown | Folded]) -> Row:
    shown = [one for one in judged if isinstance(one, Shown)]
    return Row(
        sort=sort,
        group=group,
        total=len(judged),
        folded=len(judged) - len(shown),
        unsaid=sum(bool(one.unsaid) for one in shown),
        doubted=sum(not one.unsaid and bool(one.doubts) for one in shown),
        whole=tuple(_line(one.proposal) for one in shown if not one.unsaid and not one.doubts),
    )


def _line(one: Proposal) -> str:
    placement = one.placement
    return f"{placement.path} {dict(placement.values)} {placement.said_by}: “{one.quote}”"
