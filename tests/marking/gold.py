"""Articles with what a person has marked in them, and the situations they are held against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from monitor.collect.kindfile import load_kind
from monitor.collect.snapshot import read_snapshot
from monitor.kinds.kind import Kind
from monitor.model.record import Record
from monitor.writing.articles import text_of
from monitor.writing.marks import Place
from tests import talks

FOLDER = Path(__file__).parent
HALVES = ("known", "kept")
"""Those that the program was tried on while it was written, and those kept away until its end."""


class Gold(Record):
    """One thing that is marked: `value` is what it is (an entity, bounds, a date, a rung), `also`
    what is as good."""

    place: Place
    text: str
    value: Any
    also: tuple[Any, ...] = ()


class Article(Record):
    name: str
    language: str
    text: str
    published: date | None
    kind: Kind
    state: Mapping[str, Any]
    names: tuple[Gold, ...]
    numbers: tuple[Gold, ...]
    dates: tuple[Gold, ...]
    quotes: tuple[Gold, ...]
    statuses: tuple[Gold, ...]
    traps: tuple[Gold, ...]


def articles(half: Path) -> list[Article]:
    """Of one half, in the order of their names."""
    return [_article(file) for file in sorted(half.glob("*.json"))]


def _article(file: Path) -> Article:
    said = json.loads(file.read_text(encoding="utf-8"))
    written = next(one for one in file.parent.glob(f"{file.stem}.*") if one.suffix != ".json")
    text = said.get("text") or text_of(written.read_bytes(), name=written.name).text
    kind, state = _situation(file.parent, said["snapshot"])
    day = said.get("published")

    def marks(sort: str, *fields: str) -> tuple[Gold, ...]:
        found = (_gold(text, one, fields) for one in said.get(sort, ()))
        return tuple(one for one in found if one is not None)

    return Article(
        name=file.stem,
        language=said["language"],
        text=text,
        published=date.fromisoformat(day[:10]) if day else None,
        kind=kind,
        state=state,
        names=marks("names", "entity"),
        numbers=marks("numbers", "low", "high"),
        dates=marks("dates", "edtf"),
        quotes=marks("quotes", "speaker"),
        statuses=marks("statuses", "rung"),
        traps=marks("traps", "not"),
    )


def _gold(text: str, said: Mapping[str, Any], fields: tuple[str, ...]) -> Gold | None:
    """None for what stands beside the article on its page: a caption, a line with its date."""
    wanted, at = " ".join(said["text"].split()), -1
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    for _ in range(said.get("nth", 1)):
        at = plain.find(wanted, at + 1)
        if at < 0:
            return None
    values = tuple(said.get(field) for field in fields)
    value = values[0] if len(values) == 1 else values
    also = tuple(said.get("also") or ())
    return Gold(place=Place(at, at + len(wanted)), text=wanted, value=value, also=also)


@cache
def _situation(folder: Path, snapshot: str) -> tuple[Kind, Mapping[str, Any]]:
    shipped = Path(snapshot)
    if shipped.stem in talks.VERSIONS and "talks" in snapshot:
        return talks.KIND, talks.full(shipped.stem)
    file = folder / snapshot
    read = read_snapshot(
        file.read_bytes(),
        name=snapshot,
        kind_of=lambda name: load_kind(name, relative_to=file.parent),
    )
    return read.kind, read.content
