"""Modules that are loaded when they are first used, as most runs of a command never use them."""

from __future__ import annotations

import importlib
from typing import Any


def later(name: str) -> Any:
    """Stands for the module of this name; the type checker is told by an import of its own:

    if TYPE_CHECKING:
        from monitor.compare import lists
    else:
        lists = later("monitor.compare.lists")
    """
    return _Later(name)


class _Later:
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Asked once for each name: from then on it stands in the object itself."""
        found = getattr(importlib.import_module(self._name), name)
        vars(self)[name] = found
        return found
