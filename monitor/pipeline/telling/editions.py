"""A digest for many is made once, whichever node comes first; all others find it in the store.

Whoever makes one holds the claim on it. A node that was stopped meanwhile finds its write refused,
and takes what another has made in its place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from monitor.errors import LateWrite, StoreUnavailable
from monitor.model.record import replace
from monitor.pipeline.recent import Recent
from monitor.pipeline.telling.inputs import Wanted
from monitor.pipeline.telling.rendering import Made, Press, stored_digest
from monitor.pipeline.telling.standing import Standing
from monitor.store.records import StoredDigest, WorkClaim

EDITION: Final = "edition"

LEASE: Final = timedelta(minutes=1)
"""Longer than any rendering; a killed node's edition waits as long for another."""

KEPT: Final = 256
"""Editions whose digests are remembered in a pass: about 0.1 MB each."""


class MadeElsewhere(Exception):
    """Another node is making it just now."""


class NotForAll(Exception):
    """Something that its readers follow is left out of it: they are looked at one by one."""


@dataclass(slots=True)
class Editions:
    """Of one pass."""

    standing: Standing
    press: Press
    _known: Recent[str, StoredDigest] = field(default_factory=lambda: Recent(KEPT))

    def of(self, wanted: Wanted) -> StoredDigest:
        """What all hear who want the same. Raises MadeElsewhere, NotForAll, and what `Press.make`
        raises."""
        key = edition_key(wanted)
        return self._known.get(key, lambda: self._found(key, wanted))

    def _found(self, key: str, wanted: Wanted) -> StoredDigest:
        store = self.standing.program.store
        there = store.digests.edition(key)
        if there is not None:
            return there
        claims = store.work.take(EDITION, [key], lease=LEASE)
        if not claims:
            raise MadeElsewhere
        try:
            # Between the question and the claim somebody else may have made it.
            return store.digests.edition(key) or self._make(claims[0], wanted)
        except LateWrite as error:
            raise MadeElsewhere from error
        except StoreUnavailable:
            store.work.abandon(claims)
            raise
        finally:
            store.work.done(claims)

    def _make(self, claim: WorkClaim, wanted: Wanted) -> StoredDigest:
        program, now = self.standing.program, self.standing.now
        made = self.press.make(wanted)
        if not _is_whole(made, wanted):
            raise NotForAll
        with program.store.transaction() as tx:
            tx.work.hold(claim)
            stored = stored_digest(program, tx, made, now)
            tx.digests.publish(claim.key, stored.id, now=now)
        return stored


def edition_key(wanted: Wanted) -> str:
    """By all that decides a digest but the health of the sources, which is as whoever makes it
    finds it: two nodes never look at the same moment."""
    return hashlib.sha256(repr(replace(wanted, health=())).encode()).hexdigest()


def _is_whole(made: Made, wanted: Wanted) -> bool:
    told = [each.comparison.situation for each in made.input.situations]
    speaks = made.digest.worth_sending or wanted.reason == "receipt"
    return speaks and told == [span.situation for span in wanted.spans]
