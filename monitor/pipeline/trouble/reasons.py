"""A trouble that goes on for another reason is news; the same reason with other numbers is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from monitor.model.patterns import regex
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.pipeline.telling.rewording import REWORD
from monitor.pipeline.telling.templates import TEMPLATES
from monitor.pipeline.trouble.blame import FAULT
from monitor.store.records import NoticeRow

TOLD_FOR: Final = timedelta(days=1)
"""How long a reason that was told of a trouble is no news of it: a server that fails by turns in
two ways would fill a mailbox."""

_SORTS: Final = ("refused",)
"""Conditions beside the faults whose line is a reason; those of the others are no more than their
name with a count, or are kept as they were told."""

_QUOTING: Final = tuple(f"{FAULT}{step}:" for step in (TEMPLATES, REWORD))
"""Faults that are tried again by what was told of them, and stand as that was told."""

_FIGURE = regex(r"(?<!it answers )\S*\d\S*")
"""What a server answers is a reason, and has no other words."""


def same_reason(one: str, other: str) -> bool:
    """Whether two lines differ in nothing but what has a digit in it: a count, a time, a line."""
    return one == other or _words(one) == _words(other)


def note_reasons(
    program: Program, now: datetime, known: Sequence[NoticeRow], standing: Mapping[str, str]
) -> None:
    """Keep of each trouble that goes on the reason of now, and let the operator hear of a new one:
    the reason before is over then."""
    notices = program.store.notices
    for notice, text in _changed(known, standing):
        if same_reason(notice.text, text):
            notices.reword(notice, text)
            continue
        before = notices.texts(notice.condition, since=now - TOLD_FOR)
        is_news = not any(same_reason(each, text) for each in before)
        if notices.retell(notice, text, now=now, aloud=is_news) and not notice.condition.startswith(
            FAULT
        ):
            # A fault was logged when it was met.
            warn("trouble", text, condition=notice.condition)


def _changed(
    known: Sequence[NoticeRow], standing: Mapping[str, str]
) -> Iterator[tuple[NoticeRow, str]]:
    for notice in known:
        text = standing.get(notice.condition, notice.text)
        if text != notice.text and _has_reason(notice.condition):
            yield notice, text


def _has_reason(condition: str) -> bool:
    if condition.startswith(FAULT):
        return not condition.startswith(_QUOTING)
    return condition.partition(":")[0] in _SORTS


def _words(text: str) -> str:
    return _FIGURE.sub("#", text)
