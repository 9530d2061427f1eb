"""The git program, asked so that neither a repository nor a name can make it do anything else.

Nothing is checked out, no hook, filter, submodule or external diff is ever run, and only the
protocols that are listed are spoken. Names from a configuration or a command line are never
options: they stand behind `--end-of-options`, or in what git reads from its standard input.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from monitor.errors import SourceUnavailable

PROTOCOLS: Final = ("https", "http", "ssh")
_SAFE: Final = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "core.askPass=",
    "-c", "credential.interactive=false",
    "-c", "fetch.recurseSubmodules=false",
    "-c", "gc.auto=0",
    "-c", "maintenance.auto=false",
    # A place that was named leads nowhere else without a person having seen it.
    "-c", "http.followRedirects=false",
    # A server that sends less than a thousand bytes a second for half a minute has stopped.
    "-c", "http.lowSpeedLimit=1000",
    "-c", "http.lowSpeedTime=30",
)  # fmt: skip
QUICK: Final = 60.0
"""Seconds for a question to a repository on this machine."""


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours without git's own variables, which could point it to another repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS),
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=20",
        "LC_ALL": "C",
        **(extra or {}),
    }


def command(repository: Path | None, *arguments: str, settings: Sequence[str] = ()) -> list[str]:
    """The command line of one question. Raises SourceUnavailable where git is not installed."""
    git = shutil.which("git")
    if git is None:
        raise SourceUnavailable("git is not installed: install the system package git")
    place = [f"--git-dir={repository}"] if repository is not None else []
    return [git, *place, *_SAFE, *settings, *arguments]


def ask(
    repository: Path | None,
    *arguments: str,
    settings: Sequence[str] = (),
    seconds: float = QUICK,
    given: bytes | None = None,
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """What git answers. Raises SourceUnavailable with the last line that it complained in."""
    done = run(repository, *arguments, settings=settings, seconds=seconds, given=given, extra=extra)
    if done.returncode:
        raise SourceUnavailable(complaint(done.stderr) or f"git ended with {done.returncode}")
    return done.stdout


def run(
    repository: Path | None,
    *arguments: str,
    settings: Sequence[str] = (),
    seconds: float = QUICK,
    given: bytes | None = None,
    extra: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """The same, whatever it ends with. Raises SourceUnavailable when it takes too long."""
    try:
        return subprocess.run(  # noqa: S603 - no shell, and no name is an option
            command(repository, *arguments, settings=settings),
            input=given if given is not None else b"",
            capture_output=True,
            timeout=seconds,
            env=environment(extra),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceUnavailable(f"git has not answered for {seconds:g} s") from None
    except OSError as error:
        raise SourceUnavailable(f"git cannot be run: {error.strerror}") from error


def complaint(said: bytes) -> str:
    """The line that says what is wrong: the last one that git calls fatal or an error."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    wrong = [line for line in lines if line.startswith(("fatal:", "error:", "remote: error"))]
    line = (wrong or lines or [""])[-1]
    for begin in ("fatal: ", "error: "):
        line = line.removeprefix(begin)
    return f"git: {line}" if line else ""
