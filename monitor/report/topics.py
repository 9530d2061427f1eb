"""Heads of sentences that say no more than what follows them."""

from __future__ import annotations

from typing import Final

from monitor.words.about import ABOUT
from monitor.words.aspects import repeats

_FEWEST: Final = 3
"""Words of a matter that is worth leaving out: a shorter one helps to find the sentence."""


def beside(sentence: str, remark: str) -> str:
    """A remark below a sentence that begins with the same name: `Ended on 1 February.`"""
    label = sentence.partition(": ")[0]
    rest = remark.removeprefix(label).lstrip(": ")
    if (
        not rest
        or len(rest) == len(remark)
        or remark[len(label) : len(label) + 1] not in (" ", ":")
    ):
        return remark
    return f"{rest[:1].upper()}{rest[1:]}"


def without_topic(text: str) -> str:
    """`Red (demands): Wants a new well` of `Red on a new well (demands): …`: the matter that the
    first clause of what is said names again in full."""
    head, colon, said = text.partition(": ")
    topic, bracket, rest = head.partition(" (")
    words = topic.split()
    at = next((at for at, word in enumerate(words) if word in ABOUT), 0)
    matter = words[at + 1 :]
    if not colon or not at or "," in topic or len(matter) < _FEWEST:
        return text
    if not repeats(" ".join(matter), said.partition(";")[0]):
        return text
    return f"{' '.join(words[:at])}{bracket}{rest}{colon}{said}"
