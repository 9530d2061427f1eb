"""The digest of each step, as a reader gets it who was told every version before."""

from __future__ import annotations

from functools import cache

from monitor.cli.line import StateLine, load_line
from monitor.cli.sides import compare_sides, load_sides
from monitor.compare.comparison import Context, compare
from monitor.kinds.translating import translated
from monitor.model.comparison import Comparison, VersionRef
from monitor.model.digest import DigestInput, SituationInput
from monitor.model.record import replace
from monitor.model.subscription import Filter
from monitor.render import load_templates
from monitor.report.digest import make_digest
from tests.digests import as_read
from tests.judging.developments import Noted, Step, noted

__all__ = ["digest_text"]


@cache
def digest_text(name: str, new: str, language: str = "en") -> str:
    """The text part of the digest of the step that ends with the version of `new`."""
    situation = noted(name)
    step = next(each for each in situation.steps if each.new == new)
    found = _without_kind(situation, step) if situation.kindless else _between(name, step, language)
    part = SituationInput(comparison=found, against_baseline=None, baseline=None, baseline_how=None)
    given = DigestInput(
        reason="digest",
        situations=(part,),
        filter=Filter(),
        mutes=(),
        health=(),
        cadence="daily 07:00",
        zone="Europe/Kyiv",
        language=language,
        due=f"{new}T05:00:00Z",
    )
    return as_read(make_digest(given, load_templates()).text)


def _between(name: str, step: Step, language: str) -> Comparison:
    line = _line(name)
    states = {state.ref.as_of: state for state in line.states}
    history = tuple(state for state in line.states if state.ref.as_of < step.new)
    context = Context(history=history, today=step.new, last_run=step.old)
    kind = translated(line.kind, language)
    return compare(states[step.old], states[step.new], kind, context=context)


@cache
def _line(name: str) -> StateLine:
    return load_line([str(path) for path in noted(name).files], config=None)


def _without_kind(situation: Noted, step: Step) -> Comparison:
    """Plain files, each under its day, as a situation that somebody watches."""
    files = {path.stem: str(path) for path in situation.files}
    sides = load_sides(files[step.old], files[step.new], kind=None, keys={}, config=None)
    found = compare_sides(sides)
    old, new = (
        VersionRef(situation=situation.name, as_of=day, content_hash=day)
        for day in (step.old, step.new)
    )
    return replace(found, situation=situation.name, title=situation.name, old=old, new=new)
