"""The form of one subscription on its reader's own page: what stands in it, what is wrong with it,
and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from monitor.model.comparison import Significance
from monitor.model.record import Record, replace
from monitor.model.subscription import Filter, Subscription, SubscriptionSpec
from monitor.pipeline.program import Program
from monitor.pipeline.readers.confirming import offered
from monitor.pipeline.readers.known import filter_doubts
from monitor.pipeline.readers.naming import known_to
from monitor.web.timing import Timing, timing_faults, timing_from, timing_of

LEVELS: Final = ("noise", "minor", "major", "critical")
OFF: Final = "off"
MOST: Final = 50
"""Entries that one filter may name."""


class Form(Record):
    """As it stands there, right or wrong. `entities` are lines."""

    situations: tuple[str, ...]
    timing: Timing
    minimum: str
    alert: str
    collections: tuple[str, ...]
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    entities: str


def form_of(known: Subscription) -> Form:
    spec = known.spec
    return Form(
        situations=spec.situations,
        timing=timing_of(spec.cadence, spec.zone, spec.language),
        minimum=spec.filter.minimum.word,
        alert=spec.alert_level.word if spec.alert_level is not None else OFF,
        collections=spec.filter.collections,
        parties=spec.filter.parties,
        issues=spec.filter.issues,
        entities="\n".join(spec.filter.entities),
    )


def form_from(fields: Mapping[str, Any], known: Subscription) -> Form:
    """What was sent, which may be anything. A schedule that the form cannot say may be kept."""
    kept = timing_of(known.spec.cadence, known.spec.zone, known.spec.language).kept
    return Form(
        situations=tuple(dict.fromkeys(fields.get("situations", ()))),
        timing=timing_from(fields, kept),
        minimum=str(fields.get("minimum", ""))[:20],
        alert=str(fields.get("alert", ""))[:20],
        collections=tuple(dict.fromkeys(fields.get("collections", ()))),
        parties=tuple(dict.fromkeys(fields.get("parties", ()))),
        issues=tuple(dict.fromkeys(fields.get("issues", ()))),
        entities=str(fields.get("entities", "")),
    )


def faults_of(program: Program, form: Form, known: Subscription) -> dict[str, str]:
    """By field: the name of a label, or the words of whoever reads filters."""
    faults = timing_faults(form.timing, known.spec.zone)
    allowed = {one.name for one in offered(program)}.union(known.spec.situations)
    if not form.situations or not allowed.issuperset(form.situations):
        faults["situations"] = "no_situation"
    if form.minimum not in LEVELS:
        faults["minimum"] = "no_choice"
    if form.alert not in (*LEVELS[1:], OFF):
        faults["alert"] = "no_choice"
    lines = _lines(form)
    if len(lines) > MOST or any(len(one) > 200 or not one.isprintable() for one in lines):
        faults["entities"] = "too_long"
    if not faults.keys() & {"situations", "entities"}:
        faults |= _doubted(program, form)
    return faults


def _doubted(program: Program, form: Form) -> dict[str, str]:
    """What its filter names and cannot be."""
    wanted = Filter(
        collections=form.collections,
        parties=form.parties,
        issues=form.issues,
        entities=_lines(form),
    )
    doubts = filter_doubts(known_to(program, folders=False), form.situations, wanted)
    return {doubt.key: doubt.text for doubt in doubts if doubt.certain}


def spec_of(form: Form, known: Subscription) -> SubscriptionSpec:
    """What is asked for by a form that is right; quiet hours and the rest stay."""
    return replace(
        known.spec,
        situations=form.situations,
        cadence=form.timing.cadence,
        zone=form.timing.zone,
        language=form.timing.language,
        alert_level=None if form.alert == OFF else Significance.parse(form.alert),
        filter=Filter(
            minimum=Significance.parse(form.minimum),
            collections=form.collections,
            parties=form.parties,
            issues=form.issues,
            entities=_lines(form),
        ),
    )


def _lines(form: Form) -> tuple[str, ...]:
    lines = (line.strip() for line in form.entities.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
