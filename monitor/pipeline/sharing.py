"""Work that is shared with other nodes: what of it is this one's, and what it writes in time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from monitor.errors import StoreUnavailable
from monitor.pipeline.program import Program
from monitor.store import Families, Transaction
from monitor.store.records import WorkClaim


@dataclass(slots=True)
class Share:
    """The pieces of one sort that are this node's. Others may have finished some of them just
    before they were taken: look again what is left to do."""

    program: Program
    claims: dict[str, WorkClaim]
    _finished: list[WorkClaim] = field(default_factory=list)

    def __contains__(self, key: str) -> bool:
        return key in self.claims

    def hold(self, tx: Families, key: str) -> None:
        """First in a transaction that writes the work. Raises LateWrite when somebody else has
        it by now: nothing of the transaction may be kept then."""
        tx.work.hold(self.claims[key])

    def renew(self, key: str) -> None:
        """Before a piece of it that may write nothing. Raises LateWrite."""
        self.program.store.work.hold(self.claims[key])

    def remark(self, key: str, note: str) -> None:
        """For the others to read meanwhile. Raises LateWrite."""
        self.program.store.work.remark(self.claims[key], note)

    @contextmanager
    def finishing(self, key: str, *, note: str | None = None) -> Iterator[Transaction]:
        """The last transaction of a piece: it is written and given back, or nothing is. Raises
        LateWrite."""
        claim = self.claims[key]
        with self.program.store.transaction() as tx:
            tx.work.hold(claim)
            yield tx
            tx.work.done([claim], note=note)
        self._finished.append(claim)

    def abandon(self) -> None:
        """The same where the database cannot be told."""
        self.program.store.work.abandon(
            [claim for claim in self.claims.values() if claim not in self._finished]
        )

    def give_back(self) -> None:
        """All that is not finished; what somebody else has by now stays theirs."""
        self.program.store.work.done(
            [claim for claim in self.claims.values() if claim not in self._finished]
        )


@contextmanager
def sharing(program: Program, sort: str, keys: Collection[str]) -> Iterator[Share]:
    """What of these nobody else holds; given back at the end, finished or not."""
    share = Share(program, {claim.key: claim for claim in program.store.work.take(sort, keys)})
    try:
        yield share
    except StoreUnavailable:
        # It would not hear of it; the next pass goes on where this one was interrupted.
        share.abandon()
        raise
    except BaseException:
        share.give_back()
        raise
    share.give_back()
