"""What a careful colleague noted of each step, before the program was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from monitor.collect.reader import read_document
from monitor.model.record import Record

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
SITUATIONS: Final = tuple(sorted(path.stem for path in (HERE / "developments").glob("*.yaml")))


class Development(Record):
    """One sentence of what happened. Each of `words` is a choice: one of them has to be told.

    `matters`: it belongs above the fold.
    """

    told: str
    words: tuple[tuple[str, ...], ...]
    matters: bool


class Before(NamedTuple):
    """What there was to read of a step when its notes were written."""

    words: int
    findings: int


class Step(Record):
    """From one version to the next, by their as_of."""

    old: str
    new: str
    before: Before
    developments: tuple[Development, ...]


class Noted(Record):
    """One situation: where its versions lie, and what happened in each step."""

    name: str
    folder: Path
    kindless: bool
    steps: tuple[Step, ...]

    @property
    def shipped(self) -> bool:
        """Its snapshots travel with the program; the others are kept for judging alone."""
        return HERE not in self.folder.parents

    @property
    def files(self) -> tuple[Path, ...]:
        """The versions in their order."""
        return tuple(sorted(self.folder.glob("2*.*")))


@cache
def noted(name: str) -> Noted:
    """Raises what reading raises, and KeyError for a file without the agreed keys."""
    path = HERE / "developments" / f"{name}.yaml"
    document: Any = read_document(path.read_bytes(), name=path.name).document
    return Noted(
        name=name,
        folder=ROOT / document["folder"],
        kindless=document.get("kindless", False),
        steps=tuple(_step(each) for each in document["steps"]),
    )


def _step(given: Mapping[str, Any]) -> Step:
    return Step(
        old=given["from"],
        new=given["to"],
        before=Before(**given["before"]),
        developments=tuple(_development(each) for each in given["developments"]),
    )


def _development(given: Mapping[str, Any]) -> Development:
    words: Sequence[str | int] = given["words"]
    return Development(
        told=given["told"],
        words=tuple(tuple(str(word).split("|")) for word in words),
        matters=given["matters"],
    )
