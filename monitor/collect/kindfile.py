"""Kinds from where they live: shipped with the program, or a file beside the snapshots."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from monitor import kinds
from monitor.collect.given import read_given
from monitor.collect.limits import Limits
from monitor.collect.reader import ENDINGS, read_document
from monitor.errors import KindError, NotFound, SnapshotRefused
from monitor.kinds.kind import Kind
from monitor.kinds.reading import read_kind
from monitor.model.nearest import suggestion_or_all
from monitor.model.patterns import regex

_SHIPPED: Final = Path(kinds.__file__).parent
_NAME: Final = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST: Final = 64
_LIMITS: Final = Limits(bytes=1024 * 1024, nodes=100_000)


def load_kind(name_or_path: str, *, relative_to: Path | None = None) -> Kind:
    """The kind that ships under a name, or one in a file.

    With `relative_to` (the folder of the snapshot that names it) a file must be below that folder,
    also after symbolic links are followed; without, any file of this machine may be named, as on
    the command line. Raises NotFound and KindError. Unchanged files are read once.
    """
    if _NAME.fullmatch(name_or_path):
        return load_shipped(name_or_path)
    path = _file(name_or_path, relative_to)
    data = read_given(path, limit=_LIMITS.bytes, called=f"the kind {name_or_path}")
    shown = name_or_path if relative_to is None else os.path.normpath(relative_to / name_or_path)
    return _read(data, _name(path), shown)


def load_shipped(name: str) -> Kind:
    """The kind that ships under a name. Raises NotFound."""
    path = _SHIPPED / f"{name}.yaml"
    if len(name) > _LONGEST or not _NAME.fullmatch(name) or not path.is_file():
        near = suggestion_or_all(name, shipped_kinds())
        raise NotFound(f"no kind {name} ships with monitor{near}")
    # The tests check every kind that ships; to check them on each run would only take time.
    return _read(path.read_bytes(), name, path.name, known_valid=True)


def shipped_kinds() -> tuple[str, ...]:
    """The names of the kinds that ship with the program."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def is_kind_file(path: Path) -> bool:
    """Whether a file's name says that it holds a kind: `kind.yaml`, `cabinet.kind.yaml`."""
    return path.suffix.lower() in ENDINGS and path.stem.lower().rpartition(".")[2] == "kind"


def is_mapping_file(path: Path) -> bool:
    """Whether a file's name says that it holds a mapping: `map.yaml`, `cabinet.map.yaml`."""
    return path.suffix.lower() in ENDINGS and path.stem.lower().rpartition(".")[2] == "map"


def _file(written: str, relative_to: Path | None) -> Path:
    path = Path(written)
    if path.suffix.lower() not in ENDINGS:
        raise NotFound(f"the kind {written} is no name, and no file ending in .yaml, .yml or .json")
    if relative_to is None:
        return path
    # Not `Path.resolve`, which raises RuntimeError for a link that leads back to itself.
    folder = Path(os.path.realpath(relative_to))
    resolved = Path(os.path.realpath(folder / path))
    if path.is_absolute() or not resolved.is_relative_to(folder):
        raise NotFound(f"the kind {written} is outside the snapshot's folder")
    if os.path.exists(resolved) and not os.path.isfile(resolved):  # noqa: PTH110, PTH113 - never raise
        raise NotFound(f"the kind {written} is not a regular file")
    return resolved


def _name(path: Path) -> str:
    """`cabinet.kind.yaml` is cabinet; `kind.yaml` is called as its folder."""
    name = path.name.split(".")[0]
    return Path(os.path.realpath(path)).parent.name if name.lower() == "kind" else name


@lru_cache(maxsize=64)
def _read(data: bytes, name: str, file: str, *, known_valid: bool = False) -> Kind:
    try:
        parsed = read_document(data, name=file, limits=_LIMITS)
    except SnapshotRefused as error:
        raise KindError(error.message, where=error.where, others=error.others) from error
    return read_kind(
        parsed.document, name=name, file=file, locate=parsed.locate, known_valid=known_valid
    )
