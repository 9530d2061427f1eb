"""Articles with what they say, written by hand; whatever a model could rightly propose of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from monitor.kinds.kind import Kind
from monitor.model.record import Record
from monitor.writing.placing import Placement
from monitor.writing.proposals import Proposal
from tests import harbour, voyages
from tests.talks import KIND as TALKS
from tests.talks import full

FOLDER: Final = Path(__file__).parent / "articles"
SOURCE: Final = "told1"


class Told(Record):
    """One article, what is known of its situation, and what it says."""

    name: str
    text: str
    published: date
    kind: Kind
    state: Mapping[str, Any]
    truths: tuple[Proposal, ...]


def articles() -> Iterator[Told]:
    for file in sorted(FOLDER.glob("*.yaml")):
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
        kind, state = _situation(file.stem, said)
        yield Told(
            name=file.stem,
            text=said["text"],
            published=said["published"],
            kind=kind,
            state=state,
            truths=tuple(_truth(*one) for one in said["truths"]),
        )


def _situation(name: str, said: Mapping[str, Any]) -> tuple[Kind, Mapping[str, Any]]:
    if name == "coast":
        return voyages.KIND, voyages.STATE
    if name == "talks":
        return TALKS, full("2026-02-15")
    return TALKS, said.get("state") or harbour.STATE


def _truth(
    path: str, values: Mapping[str, Any], quote: str, status: str | None, said_by: list[str]
) -> Proposal:
    placement = Placement(
        path=path, values=values, status=status, said_by=tuple(said_by), sources=(SOURCE,)
    )
    return Proposal(placement=placement, quote=quote)
