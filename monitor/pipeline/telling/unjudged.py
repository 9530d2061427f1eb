"""What has to be judged for alerts now, without asking each situation or each reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.pipeline.news import ALERT, News
from monitor.pipeline.telling.judged import Judged
from monitor.pipeline.telling.standing import Standing
from monitor.store.family import chunks

NOBODYS: Final = 0
"""The latest of a situation without a state: the id of no version."""

AT_ONCE: Final = 100
"""Situations of which it is learned together where they stand."""

MOST: Final = 200
"""Readers of whom something changed that one pass looks at."""


def unjudged(standing: Standing, judged: Judged, news: News) -> Iterator[str]:
    """Situations that have changed and have somebody to tell, by name; where they stand is learned
    for all of them at once.

    What is yielded is asked for again at the next pass, until it was judged as it stands.
    """
    program, now = standing.program, standing.now
    news.ask(program)
    news.again(ALERT, (name for name, at in judged.again.items() if at <= now))
    names = news.of(ALERT)
    if not names:
        return
    few, lines = news.few(names), program.store.lines
    latest, gone = lines.latest(few), lines.taken_back(few)
    behind = lines.behind(few, now=now)
    wanted: list[str] = []
    for name in sorted(names):
        stand, out = latest.get(name), gone.get(name, frozenset())
        number = NOBODYS if stand is None else stand.version
        is_owed = name in behind or judged.takes_back(name, out)
        if not is_owed or judged.knows(name, number, out, now):
            news.seen(ALERT, name)
        else:
            wanted.append(name)
    for some in chunks(wanted, AT_ONCE):
        standing.learn({name: latest.get(name) for name in some}, gone)
        yield from some
