"""The source that is a program of the user's own: what it prints is a version when it changes.

It is run without a shell, in the folder of the configuration, and without our secrets.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Final

from monitor.collect.limits import Limits
from monitor.collect.source import Look, SourceMemory
from monitor.collect.succession import Answer, after, answered, item_of
from monitor.errors import SourceUnavailable

_OURS: Final = "MONITOR_"
_SHOWN: Final = 300  # characters of what it complained


class CommandSource:
    """Runs `command` at each look, for at most `limit`, and reads its standard output."""

    def __init__(
        self, command: Sequence[str], *, folder: Path, limit: timedelta, limits: Limits
    ) -> None:
        self._command = list(command)
        self._folder = folder
        self._limit = limit
        self._limits = limits

    def shown(self, name: str) -> str:  # noqa: ARG002 - it has one name
        return f"output of {self._command[0]}"

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:  # noqa: ARG002
        before = answered(known.memory)
        item = item_of(
            Answer(self._output(), now), before, name=self._name, now=now, owed=known.owed
        )
        if item is None:
            return Look(newest=before.newest, memory=known.memory)
        return Look(items=(item,), newest=item.name, memory=after(item).written())

    @property
    def _name(self) -> str:
        return Path(self._command[0]).name

    def _output(self) -> bytes:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
            code = self._run(out, complaints)
            if code:
                how = f"was ended by signal {-code}" if code < 0 else f"ended with {code}"
                raise SourceUnavailable(f"{self._name} {how}{_last_line(complaints)}")
            size = out.seek(0, os.SEEK_END)
            if size > self._limits.bytes:
                text = f"printed {size} bytes; at most {self._limits.bytes} are read"
                raise SourceUnavailable(f"{self._name} {text}")
            out.seek(0)
            data = out.read()
        if not data.strip():
            raise SourceUnavailable(f"{self._name} printed nothing")
        return data

    def _run(self, out: IO[bytes], complaints: IO[bytes]) -> int:
        """The exit code. Whatever it has started ends with it."""
        try:
            process = subprocess.Popen(  # noqa: S603 - what the configuration names, no shell
                self._command,
                cwd=self._folder,
                env={
                    name: value for name, value in os.environ.items() if not name.startswith(_OURS)
                },
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=complaints,
                start_new_session=True,
            )
        except OSError as error:
            raise SourceUnavailable(f"{self._command[0]} cannot be run: {error.strerror}") from None
        try:
            return process.wait(self._limit.total_seconds())
        except subprocess.TimeoutExpired:
            text = f"did not end within {self._limit.total_seconds():g} s"
            raise SourceUnavailable(f"{self._name} {text}") from None
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _last_line(complaints: IO[bytes]) -> str:
    """What it said last on standard error, for whoever has to mend it."""
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 4096))
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return f": {lines[-1][:_SHOWN]}" if lines else ""
