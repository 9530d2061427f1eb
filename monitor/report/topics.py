"""Heads of sentences that say no more than what follows them."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from monitor.words.about import ABOUT, OF
from monitor.words.aspects import covers, repeats, share

_FEWEST: Final = 2
"""Words with a meaning, or others but one, of a matter that is worth leaving out: a shorter one
helps to find the sentence."""
_LONG: Final = 4

_NEARLY: Final = 0.8


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


def without_name(text: str) -> str:
    """What is told of something whose name says nothing more: `Contacts of A with B resume.`"""
    head, colon, said = text.partition(": ")
    if colon and "(" not in head and share(head, said) >= _NEARLY:
        return f"{said[:1].upper()}{said[1:]}"
    return text


def without_title(text: str) -> str:
    """`3 May: Rook came to Riga` of `Rook's visit to Riga (3 May): Rook came to Riga`; the title
    stays where it says who speaks, or more than half of it is told nowhere else."""
    head, colon, said = text.partition(": ")
    title, bracket, days = head.partition(" (")
    days = days.removesuffix(")")
    if not colon or (bracket and not any(map(str.isdigit, days))):
        return text
    if not ABOUT.isdisjoint(title.lower().split()) or not covers(said, title):
        return text
    told = f"{days}: {said}" if bracket else said
    return f"{told[:1].upper()}{told[1:]}"


def without_topic(text: str) -> str:
    """`Red (demands): Wants a new well` of `Red on a new well (demands): …`: the matter that the
    first clause of what is said names again in full."""
    return _without_matter(text, ABOUT)


def without_content(text: str) -> str:
    """`Red's offer: A truce on the lake` of `Red's offer of a truce on the lake: …`: where it says
    so in the same words, since there the title is a name."""
    title, _, said = text.partition(": ")
    content = title.partition(f" {OF} ")[2].partition(" (")[0]
    if not ABOUT.isdisjoint(title.lower().partition(f" {OF} ")[0].split()) or not content:
        return text
    return _without_matter(text, (OF,)) if content.lower() in said.lower() else text


def _without_matter(text: str, joins: Container[str]) -> str:
    head, colon, said = text.partition(": ")
    topic, bracket, rest = head.partition(" (")
    words = topic.split()
    at = next((at for at, word in enumerate(words) if word in joins), 0)
    matter = words[at + 1 :]
    telling = sum(len(word) >= _LONG for word in matter)
    if not colon or not at or "," in topic or max(telling, len(matter) - 1) < _FEWEST:
        return text
    if not repeats(" ".join(matter), said.partition(";")[0]):
        return text
    return f"{' '.join(words[:at])}{bracket}{rest}{colon}{said}"
