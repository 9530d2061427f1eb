"""What a log of moves proves: each has one cause, and what was told is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.moves import Log, Message, Move, Where


@dataclass(slots=True)
class Proof:
    """What was counted, and a line for each thing that is not as it must be."""

    moves: int = 0
    welcomes: int = 0
    digests: int = 0
    readers: int = 0
    lost: int = 0
    gaps: int = 0
    twice: int = 0
    behind: int = 0
    silent: int = 0
    """Readers to whom no digest was ever written."""
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not (self.broken or self.gaps or self.twice or self.behind or self.silent)

    @property
    def line(self) -> str:
        return (
            f"pointers: {self.moves} moves, {len(self.broken)} broken, {self.welcomes} welcomes "
            f"for {self.readers} readers, {self.gaps} gaps, {self.twice} told twice, "
            f"{self.digests} digests, {self.lost} lost and given back, {self.behind} left behind, "
            f"{self.silent} without a digest"
        )


@dataclass(slots=True)
class _Spans:
    """What one reader was told of one situation, in places of the line: each from, to (open at the
    left). `fresh` are those since the pointer last went back."""

    start: int
    told: list[tuple[int, int]] = field(default_factory=list)
    fresh: list[tuple[int, int]] = field(default_factory=list)

    def gaps(self, end: int) -> int:
        covered = {place for left, right in self.told for place in range(left + 1, right + 1)}
        return int(any(place not in covered for place in range(self.start + 1, end + 1)))


def prove(log: Log, *, welcomes_each: int) -> Proof:
    proof = Proof(readers=len({reader for reader, _ in log.moves}))
    order = _order(log)
    for key, moves in log.moves.items():
        proof.moves += len(moves)
        proof.broken += [f"reader {key[0]}, {key[1]}: {text}" for text in _faults(moves, order)]
        _count_spans(proof, moves, order)
    reasons = Counter(one.reason for one in log.messages.values())
    proof.welcomes, proof.digests = reasons["welcome"], reasons["digest"]
    proof.lost = sum(one.lost for one in log.messages.values())
    told = {one.reader for one in log.messages.values() if one.reason == "digest" and not one.lost}
    proof.silent = proof.readers - len(told)
    welcomed = Counter(one.reader for one in log.messages.values() if one.reason == "welcome")
    proof.broken += [
        f"reader {reader}: {number} welcomes, not {welcomes_each}"
        for reader, number in welcomed.items()
        if number != welcomes_each
    ]
    return proof


def _order(log: Log) -> dict[int, int]:
    """The place of each version in all lines together, by (as_of, revision)."""
    ranks = {place: rank for rank, place in enumerate(sorted(set(log.places.values())))}
    return {number: ranks[place] for number, place in log.places.items()}


def _faults(moves: list[Move], order: dict[int, int]) -> Iterator[str]:
    stands: Where | None = None
    for move in moves:
        if move.old != stands:
            yield f"a move starts at {move.old}, where nothing has ended"
        yield from _why_wrong(move, order)
        stands = move.new


def _why_wrong(move: Move, order: dict[int, int]) -> Iterator[str]:
    written = move.written
    if move.old is None or move.new is None:
        if move.new is not None and (written is None or written.reason != "welcome"):
            yield "a start without its welcome"
        return
    if written is not None and written.reason == "welcome":
        yield f"a start over what stood: {move.old} -> {move.new}"
        return
    returned = [one for one in move.lost if _gives_back(one, move)]
    if returned:
        yield from _claims(move, "give-back", returned[0])
        return
    if order[move.new.told] < order[move.old.told]:
        yield f"told went back: {move.old} -> {move.new}"
    if order[move.new.alerted] < order[move.old.alerted]:
        yield f"alerted went back: {move.old} -> {move.new}"
    if written is None:
        yield from _claims(move, "run", None)
        return
    if written.start.get(move.situation, [])[:2] != [move.old.told, move.old.alerted]:
        yield f"message {written.id} tells from {written.start}, not from {move.old}"
    yield from _claims(move, "message", written)


def _gives_back(lost: Message, move: Move) -> bool:
    assert move.old is not None
    assert move.new is not None
    start = lost.start.get(move.situation)
    if start is None:
        return False
    told = move.new.told in (start[0], move.old.told)
    return told and move.new.alerted in (start[1], move.old.alerted)


def _claims(move: Move, cause: str, message: Message | None) -> Iterator[str]:
    assert move.new is not None
    wanted = (cause, message.seq if message else None)
    if (move.new.cause, move.new.seq) != wanted and move.new.cause is not None:
        yield f"says {move.new.cause} {move.new.seq}, and it was {wanted}"


def _count_spans(proof: Proof, moves: list[Move], order: dict[int, int]) -> None:
    first = moves[0].new
    if first is None:
        return
    spans, end = _Spans(order[first.told]), order[first.told]
    for move in moves[1:]:
        if move.old is None or move.new is None or move.old.told == move.new.told:
            continue
        left, right = order[move.old.told], order[move.new.told]
        end = right
        if right < left:
            spans.fresh.clear()
        elif not _tells_nothing(move.written):
            proof.twice += any(a < right and left < b for a, b in spans.fresh)
            spans.fresh.append((left, right))
            spans.told.append((left, right))
    proof.gaps += spans.gaps(end)
    proof.behind += end != max(
        order[one.told] for move in moves for one in (move.old, move.new) if one
    )


def _tells_nothing(message: Message | None) -> bool:
    """A run without a message has nothing to tell, and that is whole."""
    return message is not None and (message.lost or message.reason == "welcome")
