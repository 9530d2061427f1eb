"""What this machine lacks for the whole test suite, one line each; an error where CI is set.

Run by `make test` before pytest. The tests that need a missing part are skipped by their fixtures
with the same line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tests.browser import browser_problem
from tests.postgres import postgres_problem
from tests.repositories import git_problem

PARTS: tuple[tuple[str, Callable[[], str | None]], ...] = (
    ("PostgreSQL", postgres_problem),
    ("browser", browser_problem),
    ("git", git_problem),
)


def missing_parts() -> list[str]:
    """A line for each part that is missing, naming the package that provides it."""
    return [f"{part}: {problem}" for part, check in PARTS if (problem := check()) is not None]


def main() -> int:
    lines = missing_parts()
    strict = bool(os.environ.get("CI"))
    for line in lines:
        consequence = "an error where CI is set" if strict else "its tests are SKIPPED"
        print(f"preflight: {line} ({consequence})", file=sys.stderr)
    return 1 if lines and strict else 0


if __name__ == "__main__":
    sys.exit(main())
