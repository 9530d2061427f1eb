"""The operator hears of each trouble once, and once more when it is over."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import datetime, timedelta

from monitor.compose.notices import operator_notice
from monitor.pipeline.posting import post
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.pipeline.trouble import find_trouble

NODE = "node:"
"""Begins the condition that only one node knows of; its id follows."""

SILENCE = timedelta(minutes=2)
"""After which a node that has not said that it lives is taken for gone; it says so every 10 s."""

NOTHING: Mapping[str, str] = {}


def watch(program: Program, now: datetime, *, own: Mapping[str, str] = NOTHING) -> int:
    """Open what is new, close what is over, and write the operator about both in one mail.

    `own` is what only this process knows, such as what keeps the mail server from taking mail.
    Returns how many conditions this node sees.
    """
    found = find_trouble(program, now)
    found |= {f"{NODE}{program.node}:{name}": text for name, text in own.items()}
    notices = program.store.notices
    for condition, text in found.items():
        if notices.open(condition, text, now=now):
            warn("trouble", text, condition=condition)
    others = _others(program, now)
    for notice in notices.standing():
        if notice.condition in found or _is_for_others(program, notice.condition, others):
            continue
        if notices.close(notice.condition, now=now):
            say("trouble-over", f"over: {notice.text}", condition=notice.condition)
    _tell_operator(program, now)
    return len(found)


def standing_on_nodes(program: Program) -> dict[str, str]:
    """What nodes have found that cannot be found by asking the tables."""
    standing = program.store.notices.standing()
    return {one.condition: one.text for one in standing if one.condition.startswith(NODE)}


def _others(program: Program, now: datetime) -> dict[str, str]:
    """Living nodes beside this one, each with its machine."""
    seen = program.store.nodes.all(seen_since=now - SILENCE)
    return {one.id: one.host for one in seen if one.ended_at is None and one.id != program.node}


def _is_for_others(program: Program, condition: str, others: Mapping[str, str]) -> bool:
    """Whether a living node that sees more than this one has to say that it is over: else two
    nodes would contradict each other at every tick."""
    sort, _, rest = condition.partition(":")
    match sort:
        case "node":
            return rest.partition(":")[0] in others
        case "disk":
            return rest != socket.gethostname() and rest in others.values()
        case "source" | "stale" | "refused":
            return bool(others) and rest.partition("/")[0] not in program.settings.sources
        case _:
            return False


def _tell_operator(program: Program, now: datetime) -> None:
    """All that is new and all that is over, in one mail, written with the record of it."""
    with program.store.transaction() as tx:
        new, over = tx.notices.take_owed(now=now)
        if new or over:
            texts = [entry.text for entry in new], [entry.text for entry in over]
            notice = operator_notice(*texts, program.templates)
            post(program, tx, notice, program.settings.mail.operator, now)
