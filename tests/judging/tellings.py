"""The text part of a digest, taken apart into what it tells: one telling is one finding or line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

FOOTER: Final = "\n--\n"
SOURCE: Final = re.compile(r": https?://\S+$|^ +[^:]+, \d{1,2} [A-Z][a-z]{2}(?: \d{4})?$")
"""Where a line is a source; a link elsewhere belongs to what is said."""
LINK: Final = re.compile(r" *https?://\S+")
WORD: Final = re.compile(r"\w")
LEVEL: Final = re.compile(r"^\[(critical|major|minor|noise)\] ")
MARK: Final = re.compile(r"^[*\-–] ")
DRAWN: Final = re.compile(r"\.{8}|#{4}")
STRONG: Final = ("critical", "major")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """`text` is one line without its mark, sources and drawings. `strong`: above the fold."""

    heading: str
    text: str
    strong: bool
    is_finding: bool


def words_of(text: str) -> int:
    """What a reader reads: every line but those of sources, with the footer."""
    lines = (LINK.sub("", line) for line in text.splitlines() if not SOURCE.search(line))
    return sum(1 for line in lines for word in line.split() if WORD.search(word))


def block_of(text: str) -> str:
    """What stands above the first heading, after the title."""
    before = text.partition(FOOTER)[0].split("\n\n")
    found = []
    for part in before[2:]:
        if _is_heading(part):
            break
        found.append(part)
    return "\n".join(found)


def tellings_of(text: str) -> tuple[Telling, ...]:
    """In the order in which they are read; the footer tells nothing."""
    return tuple(_tellings(text.partition(FOOTER)[0]))


def _tellings(body: str) -> Iterator[Telling]:
    heading = ""
    for given in body.split("\n\n"):
        block = given.strip("\n")
        if _is_heading(block):
            heading = block
            continue
        for part in _parts(block):
            yield _telling(heading, part)


def _is_heading(block: str) -> bool:
    return (
        "\n" not in block.strip("\n") and block == block.upper() and WORD.search(block) is not None
    )


def _parts(block: str) -> Iterator[list[str]]:
    """A line with a mark begins another telling, a plain or indented one goes on."""
    part: list[str] = []
    for line in block.splitlines():
        if part and (LEVEL.match(line) or MARK.match(line)):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _telling(heading: str, lines: list[str]) -> Telling:
    kept = [line for line in lines if not SOURCE.search(line) and not DRAWN.search(line)]
    joined = " ".join(LINK.sub("", line).strip() for line in kept)
    level = LEVEL.match(joined)
    return Telling(
        heading=heading,
        text=MARK.sub("", LEVEL.sub("", joined)),
        strong=level is not None and level[1] in STRONG,
        is_finding=level is not None or MARK.match(joined) is not None,
    )
