"""What a model proposes, and what the gate makes of it."""

from __future__ import annotations

from monitor.model.record import Record
from monitor.writing.marks import Place
from monitor.writing.placing import Placement


class Proposal(Record):
    """What a model says that an article says."""

    placement: Placement
    quote: str


class Shown(Record):
    """A proposal that a person is asked about. `unsaid` are the parts that its quotation does not
    carry: they may be right, but not by these words. `doubts` are what to look at before it is
    accepted, `missing` what a new entry still lacks. `known`: we hold all of it already, from
    another publication."""

    proposal: Proposal
    place: Place
    unsaid: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    known: bool = False


class Folded(Record):
    """A proposal that is only counted, and shown when asked for: why it cannot be right."""

    proposal: Proposal
    reason: str
