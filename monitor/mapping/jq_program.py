"""jq, the escape hatch: run apart, for a bounded time, without files, environment or clock.

The program of `jq_child.py` does it, which reads both from standard input.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import orjson

from monitor.collect.limits import Limits
from monitor.collect.shape import fits
from monitor.errors import MappingError, SnapshotRefused
from monitor.kinds.faults import one_line
from monitor.model.comparison import Json

SECONDS: Final = 20
NO_LIMITS: Final = Limits.large()
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
# What asks for something else than the document: other files, the environment, the time.
_ELSEWHERE: Final = re.compile(
    r"(?<![.\w$])(?:import|include|module|input|inputs|input_filename|env|now|localtime"
    r"|strflocaltime|debug|stderr|halt|halt_error|\$ENV|\$__loc__|\$__prog_args)\b"
    r"|\$ENV\b"
)


def check_program(program: str) -> str | None:
    """What is wrong with a jq program before it runs; None when nothing is."""
    found = _ELSEWHERE.search(_TEXT.sub('""', program))
    if found is None:
        return None
    return f"jq: {found[0]} asks for more than the document, which is all that a mapping is given"


def run(
    program: str,
    document: Json,
    *,
    where: str,
    limits: Limits = NO_LIMITS,
    seconds: float = SECONDS,
) -> Json:
    """What the program makes of the document: its one result, or the list of several.

    Raises MappingError for a program that is none or fails, SnapshotRefused when it takes too long.
    """
    if wrong := check_program(program):
        raise MappingError(wrong, where=where)
    given = orjson.dumps({"program": program, "text": orjson.dumps(document).decode()})
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and no shell
            [sys.executable, "-I", str(Path(__file__).with_name("jq_child.py"))],
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise SnapshotRefused(f"jq: not done after {seconds:g} seconds", where=where) from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise MappingError(one_line(said[0] if said else "jq: ended without a word"), where=where)
    results = orjson.loads(done.stdout)
    if not fits(results, done.stdout, limits):
        raise SnapshotRefused("jq: what comes of it is beyond the limits", where=where)
    return results[0] if len(results) == 1 else results
