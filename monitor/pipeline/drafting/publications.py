"""What facts cite: the publications that are known, and one more in the draft."""

from __future__ import annotations

from monitor.compare.cited import read_sources
from monitor.errors import Conflict
from monitor.kinds.kind import Kind
from monitor.model.comparison import Publication
from monitor.model.record import Record
from monitor.pipeline.drafting.adding import state_with
from monitor.pipeline.drafting.citing import Citing, cite, publications_of
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.drafting.placing import Act
from monitor.pipeline.program import Program
from monitor.store.records import Draft
from monitor.writing.articles import ArticleText


class Known(Record):
    """`drafted`: it stands in the open draft alone."""

    source: str
    publication: Publication
    drafted: bool


def known_publications(program: Program, situation: str) -> tuple[Known, ...]:
    """Those of the latest version and of the open draft, as they are listed. A draft that has
    faults adds none. Raises Conflict for a kind without publications."""
    base = latest_of(program, situation)
    kind = program.kinds.by_hash(base.kind_hash)
    _require_list(kind)
    before = program.comparing.state(base).document
    draft = program.store.drafts.of(situation)
    after = before if draft is None else state_with(program, draft, base)
    old = read_sources(before, kind)
    return tuple(
        Known(source=source, publication=one, drafted=source not in old)
        for source, one in read_sources(after, kind).items()
    )


def add_publication(program: Program, draft: Draft, article: ArticleText, act: Act) -> Citing:
    """One with the address of a known page is not written twice. Raises Conflict for a kind without
    publications and where somebody saved the draft meanwhile, MonitorError where the draft is
    written so that nothing can be put in."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    _require_list(kind)
    done = cite(draft.text, article, kind, state_with(program, draft, base))
    if not done.known:
        program.store.drafts.save(draft, done.text, by=act.by, now=act.now)
    return done


def _require_list(kind: Kind) -> None:
    if publications_of(kind) is None:
        raise Conflict(f"the kind {kind.name} has no list of publications (x-source)")
