"""`monitor bounce`: a mail server hands over what came back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from monitor.cli.opened import now, opened
from monitor.model.text import visible
from monitor.pipeline.returned.filing import file_report, line_of

USAGE: Final = 64
NO_INPUT: Final = 66
LATER: Final = 75
"""Codes of sysexits.h, as mail servers read them: by the last one they keep the mail and try again,
by all others but 0 they would answer it."""


class _ForServers(click.Command):
    """Whatever goes wrong here is no fault of the mail, which must not be lost by it."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            click.echo(f"monitor: {error.format_message()}; see `monitor bounce --help`", err=True)
            raise click.exceptions.Exit(USAGE) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, KeyboardInterrupt):
            raise
        except Exception as error:  # a database that is away, a configuration that is being edited
            if ctx.obj["debug"]:
                raise
            words = " ".join(str(error).split()) or type(error).__name__
            click.echo(f"monitor: not recorded, to be tried again: {words}", err=True)
            raise click.exceptions.Exit(LATER) from None


@click.command(name="bounce", cls=_ForServers)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.pass_context
def command(ctx: click.Context, files: Sequence[str]) -> None:
    """Record mail that came back: reports of servers (RFC 3464) and complaints (RFC 5965).

    Each file is one mail; - is standard input, for a mail server's alias. Nobody is ever answered.
    Exit 0: recorded, whatever it was; 64: called wrongly; 66: no such file; 75: try again later.

    \b
    Examples:
      monitor bounce -
      monitor bounce returned.eml
    """
    with opened(ctx) as program:
        size, missing = program.settings.bounces.size, 0
        for name in files:
            data = _read(name, size)
            if data is None:
                missing += 1
                continue
            judged = file_report(program, data, way="pipe", now=now())
            click.echo(visible(line_of(judged), 500))
    if missing:
        ctx.exit(NO_INPUT)


def _read(name: str, size: int) -> bytes | None:
    """No more than the first so many bytes, in which all that is reported stands. The rest of a
    pipe is read and dropped, or whoever writes it would fail."""
    try:
        if name == "-":
            return _begin(sys.stdin.buffer, size)
        with Path(name).open("rb") as file:
            return file.read(size)
    except OSError as error:
        click.echo(f"monitor: cannot read {name}: {error.strerror}", err=True)
        return None


def _begin(stream: Any, size: int) -> bytes:
    data = bytes(stream.read(size))
    while stream.read(1 << 16):
        pass
    return data
