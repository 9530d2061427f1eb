"""Where templates, the default config and the demo live: in the wheel, else the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from monitor.errors import NotFound


def data_path(part: Literal["templates", "config", "snapshots"]) -> Path:
    """The folder that ships as `part`. Raises NotFound when the installation is incomplete."""
    package = Path(__file__).parent
    for folder in (package / "shipped" / part, package.parent / part):
        if folder.is_dir():
            return folder
    raise NotFound(f"the shipped folder {part}/ is missing from {package}; reinstall monitor")
