"""Sentences on names, and on what happened in many places."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.said import (
    Emptied,
    Everywhere,
    NameChanged,
    Rekeyed,
    Renumbered,
    Respelled,
)
from monitor.words.en.grammar import small
from monitor.words.en.values import both


def emptied(said: Emptied) -> str:
    where = said.section or "The whole document"
    return f"{where} lost nearly everything: {said.number} of {said.size} entries are gone"


def renumbered(said: Renumbered) -> str:
    text = f"{said.number} entries of {said.section} have other ids"
    named = f" ({_examples(said.examples)})" if said.examples else ""
    return f"{text}, as {said.key_before} is now {said.key_after}{named}"


def name_changed(said: NameChanged) -> str:
    return f"{said.before} is now called {said.after}"


def rekeyed(said: Rekeyed) -> str:
    if said.before != said.after:
        return f"{said.before} is now listed as {said.after}"
    return f"{said.after} has another id: {said.key_before} is now {said.key_after}"


def after_rekeyed(said: Rekeyed) -> str:
    reasons = {
        "judged": "They were judged to be the same.",
        "alias": "One lists the other's name as its own.",
        "similar": f"The names are alike ({said.score}) and so is what is said of both.",
    }
    return reasons.get(said.how, "")


def respelled(said: Respelled) -> str:
    places = f", in {said.number} places" if said.number > 1 else ""
    return f"{said.before} is now written {said.after}{places}"


def everywhere(said: Everywhere) -> str:
    subject = f"{said.number} entries of {said.section}: {small(said.field)}"
    if said.what == "appeared":
        text = f"{subject} is new"
    elif said.what == "disappeared":
        text = f"{subject} is gone"
    elif said.what == "edit":
        text = f"{subject} {_edited(str(said.before), str(said.after))}"
    else:
        old, new = both(said.before, said.after)
        text = f"{subject} changes from {old} to {new}"
    return f"{text} ({_examples(said.examples)})"


def _examples(labels: Sequence[str]) -> str:
    return f"{', '.join(str(label) for label in labels)} and others"


def _edited(cut: str, put: str) -> str:
    if not put:
        return f"lost “{cut}”"
    return f"gained “{put}”" if not cut else f"has “{put}” for “{cut}”"
