"""Sentences on positions, on how firm a claim is, and on who says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from monitor.compose.english.grammar import Arguments, in_parent, small
from monitor.compose.english.plans import planned
from monitor.compose.words import listed, words

# A longer text is not put into a sentence.
SHORT = 200


def moves(verb: str) -> Callable[[Arguments], str]:
    def sentence(a: Arguments) -> str:
        subject = a["label"] if "issue" in a else f"{in_parent(a)}: {small(a['field'])}"
        return f"{subject} {verb} from {words(a['before'])} to {words(a['after'])}"

    return sentence


def firmed(a: Arguments) -> str:
    if "dates" in a:
        return planned(a, str(a["after"]))
    return f"{in_parent(a)}: now {a['after']}, before {a['before']}"


def weakened(a: Arguments) -> str:
    if "dates" in a:
        return f"{a['label']} is now only {a['after']}, before {a['before']}"
    return f"{in_parent(a)}: now only {a['after']}, before {a['before']}"


def disputed(a: Arguments) -> str:
    return f"Sources disagree on {_matter(a)}"


def settled(a: Arguments) -> str:
    if a["remaining"] > 0:
        return f"Fewer sources disagree on {_matter(a)}"
    return f"Sources no longer disagree on {_matter(a)}"


def _matter(a: Arguments) -> str:
    """The entity and the fields; the entity alone where it is contradicted as such."""
    fields = listed([small(f) for f in a["fields"]])
    return f"{in_parent(a)}{': ' if fields else ''}{fields}"


def said(a: Arguments) -> str:
    several = len(a["fields"]) > 1
    voices = [
        f"{small(s['field']) + ', ' if several else ''}{s['source'] or 'another source'}: "
        f"{words(s['value'])}"
        for s in a["said"]
    ]
    return f"{listed(voices)}."


def reworded(a: Arguments) -> str:
    if "issue" in a or len(a["after"]) <= SHORT:
        return f"{in_parent(a)} is restated: {a['after']}"
    return f"{in_parent(a)}: {small(a['field'])} is reworded"
