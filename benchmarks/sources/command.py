"""python -m benchmarks sources [PART]: every part, or one of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks.sources import storing, tables

PARTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "storing": storing.measure,
    "tables": tables.measure,
}
"""A part prints its own table."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks sources")
    parser.add_argument("part", nargs="?", choices=sorted(PARTS), help="one part alone")
    storing.options(parser)
    tables.options(parser)
    chosen = parser.parse_args(arguments)
    return max(PARTS[name](chosen) for name in ([chosen.part] if chosen.part else PARTS))
