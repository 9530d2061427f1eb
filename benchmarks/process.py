"""Commands run as whole processes: seconds of wall clock and peak memory."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """`seconds` is None when the limit ran out first; `megabytes` is the peak resident size.

    `cpu` are the seconds that the process worked, user and system.
    """

    seconds: float | None
    cpu: float
    megabytes: float
    output: bytes
    code: int


def run(
    command: Sequence[str], *, limit: float, environment: Mapping[str, str] | None = None
) -> Ran:
    """Run a command without a shell; it is killed when `limit` seconds have passed.

    Exit code 1 is what diff tools say when there is a difference; any other is an error.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, env=environment)
        late = threading.Event()

        def kill() -> None:
            late.set()
            os.kill(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode not in (0, 1) and not late.is_set():
            raise RuntimeError(f"{' '.join(command)}: {errors.read()[-2000:].decode()}")
        return Ran(
            seconds=None if late.is_set() else seconds,
            cpu=usage.ru_utime + usage.ru_stime,
            megabytes=usage.ru_maxrss / 1024,
            output=output.read(),
            code=process.returncode,
        )
