"""What a person wrote in an editor, taken back with every line that she placed."""

from __future__ import annotations

from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.program import Program
from monitor.writing.taking import Taking, take_back


def taken_back(program: Program, situation: str, text: str) -> Taking:
    """Lines under a quotation become part of the draft's text; nothing is stored here."""
    base = latest_of(program, situation)
    kind = program.kinds.by_hash(base.kind_hash)
    return take_back(text, kind, program.comparing.state(base).document)
