"""Scale: what the service costs with many situations, readers and nodes, before and after."""

from __future__ import annotations

from benchmarks.scale.command import main

__all__ = ["main"]
