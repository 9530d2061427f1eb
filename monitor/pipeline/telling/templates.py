"""Templates of the working folder that fail: the shipped ones speak, and the operator hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, TypeVar

from monitor.errors import TemplateFailed
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.blame import FAULT
from monitor.render import Templates
from monitor.store.records import NoticeRow

TEMPLATES: Final = "templates"

T = TypeVar("T")


def rendered(program: Program, make: Callable[[Templates], T]) -> T:
    """What `make` makes of the templates. Raises TemplateFailed when the shipped ones fail too."""
    try:
        return make(program.templates)
    except TemplateFailed as error:
        if not program.templates.own:
            raise
        note_template(program, f"the shipped templates were used instead: {error}")
        return make(program.templates.without_own())


def note_template(program: Program, line: str) -> None:
    program.blame.note(TEMPLATES, _name(program), line)


def retry_templates(program: Program, notices: Sequence[NoticeRow]) -> Iterator[Passed]:
    """What failed stands for as long as the templates are the same."""
    for notice in notices:
        step, _, what = notice.condition.removeprefix(FAULT).partition(":")
        if notice.condition.startswith(FAULT) and step == TEMPLATES:
            same = partial(_raise_same, program, what, notice.text)
            program.blame.attempt(TEMPLATES, what, "templates fail", same, otherwise=None)
            yield Passed()


def _raise_same(program: Program, what: str, text: str) -> None:
    if what == _name(program):
        raise TemplateFailed(text)


def _name(program: Program) -> str:
    return program.templates.hash[:12]
