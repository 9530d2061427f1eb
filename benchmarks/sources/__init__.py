"""Sources: what taking in, storing and comparing what people keep costs."""

from __future__ import annotations

from benchmarks.sources.command import main

__all__ = ["main"]
