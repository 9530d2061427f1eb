"""Paths as people see them."""

from __future__ import annotations

from pathlib import Path


def short(path: Path) -> Path:
    """Relative to the working folder when it is below: such lines can be read and clicked."""
    here, whole = Path.cwd(), path.absolute()
    return whole.relative_to(here) if whole.is_relative_to(here) else path
