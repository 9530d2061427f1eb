"""The rule of this floor, kept by the interpreter: no file, no socket, no other process."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from typing import Any

import pytest

FORBIDDEN = ("socket.connect", "socket.bind", "subprocess.Popen", "sqlite3.connect")

PACKAGES = tuple(sysconfig.get_path(which) for which in ("stdlib", "purelib", "platlib"))
"""They bring data with their code: languages, time zones."""

BESIDE = ("/zoneinfo/", "/.hypothesis/", "/dev/null", "/proc/")
"""The system's time zones, and what the test tools keep for themselves."""

CODE = (".py", ".pyc", ".so")


class OffLimits(AssertionError):
    """A test of this floor went beyond pure code: it belongs in tests/integration."""


class Guard:
    """An audit hook cannot be taken out again, so that there is one, and it can be switched off."""

    on = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event in FORBIDDEN or (event == "open" and not _harmless(arguments[0], arguments[1])):
            raise OffLimits(f"{event} {arguments[0]!r}: want no file, socket or process here")


def _harmless(path: object, mode: object) -> bool:
    if isinstance(path, int):
        return True  # a descriptor that somebody else opened
    name = path.decode() if isinstance(path, bytes) else str(path)
    if any(part in name for part in BESIDE):
        return True
    if "__pycache__" in name:
        return True  # the interpreter writes the bytecode of what a test is the first to import
    writes = isinstance(mode, str) and set(mode) & set("wax+")
    return not writes and (name.endswith(CODE) or name.startswith(PACKAGES))


GUARD = Guard()
sys.addaudithook(GUARD)


@pytest.fixture(autouse=True)
def pure_code_only() -> Iterator[None]:
    GUARD.on = True
    yield
    GUARD.on = False
