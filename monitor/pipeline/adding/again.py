"""What a source would give now, beside what is stored of it; nothing is kept."""

from __future__ import annotations

from datetime import datetime

from monitor.compare.comparison import Context, compare
from monitor.compare.said_in import said_in
from monitor.errors import NotFound
from monitor.kinds.canonical import canonical, content_hash
from monitor.mapping.shaping import Content
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.model.record import Record
from monitor.pipeline.adding.proposal import Proposal, look_again
from monitor.pipeline.intake.taking import bounds
from monitor.pipeline.program import Program
from monitor.words import ENGLISH


class Again(Record):
    """One look, and what it says that the latest stored version does not; None before the first."""

    proposal: Proposal
    comparison: Comparison | None


def look_beside(program: Program, name: str, now: datetime) -> Again:
    """Raises NotFound for a source whose files say themselves what they are, and what a look
    raises."""
    source = program.settings.sources[name]
    if source.situation is None:
        raise NotFound(f"source {name} holds snapshots; `monitor check` reads them")
    proposal = look_again(
        name, source, base=program.settings.base, limits=bounds(program.settings.limits), now=now
    )
    return Again(proposal=proposal, comparison=_compared(program, proposal))


def _compared(program: Program, proposal: Proposal) -> Comparison | None:
    situation = proposal.shaping.situation
    latest = program.store.versions.latest(situation)
    if latest is None:
        return None
    old, new = program.comparing.state(latest), _state(situation, proposal.as_of, proposal.newest)
    kind = said_in(proposal.newest.kind, ENGLISH.code, ENGLISH)
    context = Context(
        rules=program.comparing.rules(situation), judgements=program.comparing.judgements(situation)
    )
    return compare(old, new, kind, context=context)


def _state(situation: str, as_of: str, content: Content) -> State:
    document = canonical(content.document, content.kind)
    digest = content_hash(document, content.kind)
    ref = VersionRef(situation=situation, as_of=as_of, content_hash=digest)
    return State(ref=ref, document=document)
