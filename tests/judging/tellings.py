"""The text part of a digest, taken apart into what it tells: one telling is one finding or line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from monitor.model.record import Record

FOOTER: Final = "\n--\n"
BLOCK: Final = "IN SHORT"
SOURCES: Final = re.compile(r"^SOURCES\n\n(?:\[\d+\] .*\n)+", re.MULTILINE)
CITED: Final = re.compile(r"(?:(?:^| )\[\d+\])+", re.MULTILINE)
LISTED: Final = re.compile(r"^\[(\d+)\] (.*?)(?: https?://\S+)?$", re.MULTILINE)
NUMBER: Final = re.compile(r"\[(\d+)\]")
WORD: Final = re.compile(r"\w")
LEVEL: Final = re.compile(r"^(?:\[(critical|major|minor|noise)\]|(■)) ")
MARK: Final = re.compile(r"^[*\-–] ")
STRONG: Final = ("critical", "major", None)
"""Of what has a mark alone the level is major."""
DRAWN: Final = re.compile(r"\.{8}|#{4}")


class Telling(Record):
    """`text` is one line without its mark, sources and drawings. `strong`: above the fold.
    `under`: the plain line above it that it shares with others. `cited`: the lines of the sources
    that it names by number."""

    heading: str
    under: str
    text: str
    cited: str
    strong: bool
    is_finding: bool


def words_of(text: str) -> int:
    """What a reader reads: all but the list of sources."""
    read = CITED.sub("", SOURCES.sub("", text))
    return sum(1 for word in read.split() if WORD.search(word))


def block_of(text: str) -> str:
    """What stands in short before everything else."""
    lines = (each.text for each in tellings_of(text) if each.heading == BLOCK)
    return "\n".join(lines)


def tellings_of(text: str) -> tuple[Telling, ...]:
    """In the order in which they are read; the footer tells nothing."""
    listed = SOURCES.search(text)
    sources = dict(LISTED.findall(listed[0])) if listed else {}
    return tuple(_tellings(SOURCES.sub("", text).partition(FOOTER)[0], sources))


def _tellings(body: str, sources: Mapping[str, str]) -> Iterator[Telling]:
    heading = ""
    for given in body.split("\n\n"):
        block = given.strip("\n")
        if _is_heading(block):
            heading = block
            continue
        under = ""
        for part in _parts(block):
            told = _telling(heading, under, part, sources)
            if not told.is_finding and heading != BLOCK and not under:
                under = told.text
            yield told


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


def _telling(heading: str, under: str, lines: list[str], sources: Mapping[str, str]) -> Telling:
    whole = " ".join(line.strip() for line in lines if not DRAWN.search(line))
    # Who says otherwise stands there by number alone.
    disagree = "Sources disagree" in f"{under} {whole}"
    cited = [sources.get(number, "") for number in NUMBER.findall(whole) if disagree]
    joined = " ".join(CITED.sub("", whole).split())
    level = LEVEL.match(joined)
    return Telling(
        heading=heading,
        under=under,
        text=MARK.sub("", LEVEL.sub("", joined)),
        strong=level is not None and level[1] in STRONG,
        cited="; ".join(cited),
        is_finding=heading != BLOCK and bool(level or MARK.match(joined)),
    )
