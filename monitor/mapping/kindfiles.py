"""The file of a kind that was inferred: written whole, and never over what a person has written."""

from __future__ import annotations

import os
from pathlib import Path

from monitor.mapping.inferred import is_provisional


def provisional_text(path: Path) -> str | None:
    """The file's text where it is as it was written from one version, so that a second one is to
    settle it; None where it is settled, a person's own, or not there."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return text if is_provisional(text) else None


def write_kind(path: Path, text: str, *, instead_of: str | None) -> bool:
    """Put the file in its place, whole or not at all; False where another one is there by now.

    `instead_of` is the text that may be overwritten; None where no file may be there. Raises
    OSError.
    """
    try:
        there: str | None = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        there = None
    if there != instead_of:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return True
