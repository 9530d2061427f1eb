"""Standard input, output and error as a command finds them: closed, full, or a broken pipe.

Python leaves out a stream whose descriptor is closed, and tells of a failed write once more when
it ends. Here a lost output is one exception, and what cannot be said on standard error is not.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

BROKEN_PIPE = 141
"""What a shell shows for a program that SIGPIPE ended, as it ends those that do not look. It is
neither "nothing to show" nor "something", which `diff --exit-code` says with 0 and 1."""


class OutputLost(Exception):
    """Standard output cannot be written. `quietly`: whoever read it has gone, which is no fault."""

    def __init__(self, number: int) -> None:
        super().__init__(_words("output", "written", number))
        self.quietly = number == errno.EPIPE


class InputLost(Exception):
    """Standard input is closed or cannot be read."""


class _Output(io.FileIO):
    """Standard output, which fails once: what is still buffered then goes nowhere."""

    lost = False

    def write(self, data: Buffer, /) -> int:
        if self.lost:
            return memoryview(data).nbytes
        try:
            return _written(super().write(data))
        except OSError as error:
            self.lost = True
            raise OutputLost(error.errno or 0) from None


class _Errors(io.FileIO):
    """Standard error: where a line about its own failure would go is nowhere."""

    def write(self, data: Buffer, /) -> int:
        try:
            return _written(super().write(data))
        except OSError:
            return memoryview(data).nbytes


class _Input(io.FileIO):
    """Standard input."""

    def readinto(self, buffer: Buffer, /) -> int | None:
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise InputLost(_words("input", "read", error.errno or 0)) from None

    def readall(self) -> bytes:
        try:
            return super().readall()
        except OSError as error:
            raise InputLost(_words("input", "read", error.errno or 0)) from None


def _written(number: int | None) -> int:
    """None comes from a pipe that does not wait and is full."""
    if number is None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return number


def take_over() -> None:
    """Put ours in the place of Python's streams; somebody else's, as in a test, stay."""
    closed = _fill_closed()
    if sys.stdout is sys.__stdout__:
        sys.stdout = _text(_Output(1, "wb", closefd=False), sys.stdout)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _text(_Errors(2, "wb", closefd=False), sys.stderr)
    if 0 in closed and sys.stdin is sys.__stdin__:
        sys.stdin = io.TextIOWrapper(
            io.BufferedReader(_Input(0, "rb", closefd=False)), encoding="utf-8"
        )


def finish() -> None:
    """Write out what is buffered; raises OutputLost."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _fill_closed() -> set[int]:
    """The next file opened would get the number of a closed stream, and what is printed would end
    up in it. Each gets a descriptor that can do nothing: reading fails on one that only writes."""
    closed = set()
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_RDONLY)):
        try:
            os.fstat(number)
        except OSError:
            closed.add(number)
            # It takes the lowest number that is free, which is this one.
            os.open(os.devnull, mode)
    return closed


def _text(raw: io.FileIO, python: io.TextIOBase | None) -> io.TextIOWrapper:
    terminal = raw.isatty()
    encoding = getattr(python, "encoding", None) or "utf-8"
    # What an encoding has not, a lone surrogate included, is written as its escape.
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=encoding,
        errors="backslashreplace",
        line_buffering=terminal or raw.fileno() == 2,
    )


def _words(what: str, done: str, number: int) -> str:
    if number == errno.EBADF:
        return f"standard {what} is closed"
    return f"standard {what} cannot be {done}: {os.strerror(number)}"
