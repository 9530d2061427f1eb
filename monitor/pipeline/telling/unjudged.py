"""What has to be judged for alerts now, without asking each situation or each reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from monitor.pipeline.news import ALERT, News
from monitor.pipeline.program import Program
from monitor.pipeline.telling.judged import Judged

NOBODYS: Final = 0
"""The latest of a situation without a state: the id of no version."""

MOST: Final = 200
"""Readers of whom something changed that one pass looks at."""


def unjudged(program: Program, judged: Judged, news: News, now: datetime) -> Iterator[str]:
    """Situations that have changed and have somebody to tell, by name.

    What is yielded is asked for again at the next pass, until it was judged as it stands.
    """
    news.ask(program)
    news.again(ALERT, (name for name, at in judged.again.items() if at <= now))
    names = news.of(ALERT)
    if not names:
        return
    few, lines = news.few(names), program.store.lines
    latest, gone = lines.latest(few), lines.taken_back(few)
    behind = lines.behind(few, now=now)
    for name in sorted(names):
        stand, out = latest.get(name), gone.get(name, frozenset())
        number = NOBODYS if stand is None else stand.version
        is_owed = name in behind or judged.takes_back(name, out)
        if not is_owed or judged.knows(name, number, out, now):
            news.seen(ALERT, name)
        else:
            yield name
