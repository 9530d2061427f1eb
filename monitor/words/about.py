"""How titles of snapshots join whoever speaks to what it is about, in any shipped language."""

from __future__ import annotations

from typing import Final

ABOUT: Final = frozenset(("on", "about", "про", "щодо"))
