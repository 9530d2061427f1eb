"""Running cases: which code, which database, a process each."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.scale import world
from benchmarks.scale.budget import BUDGET
from tests.postgres import PostgresServer, postgres_problem

HERE = Path(__file__).resolve().parents[2]
NOW = "now"

HANGS = 600
"""Seconds after which a case is given up, whatever its own limit says."""


@dataclass(frozen=True)
class Code:
    """A tree of the program, with this benchmark in it."""

    name: str
    root: Path


@contextlib.contextmanager
def codes(before: str | None) -> Iterator[list[Code]]:
    """The tree as it stands, and before it a revision of it when one is named."""
    now = Code(NOW, HERE)
    if before is None:
        yield [now]
        return
    with tempfile.TemporaryDirectory(prefix="before-") as folder:
        root = Path(folder)
        packed = subprocess.run(
            ["git", "archive", "--format=tar", before], cwd=HERE, check=True, capture_output=True
        )
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as tar:
            tar.extractall(root, filter="data")
        # The same measuring code for both.
        shutil.rmtree(root / "benchmarks" / "scale", ignore_errors=True)
        shutil.copytree(HERE / "benchmarks" / "scale", root / "benchmarks" / "scale")
        yield [Code(before, root), now]


@dataclass
class Place:
    """One filled database with its folder, and copies of it for cases to change."""

    code: Code
    sort: str
    server: PostgresServer | None
    name: str
    sizes: Mapping[str, int]
    root: Path
    url: str = field(init=False)
    _copies: int = field(default=0)

    @property
    def folder(self) -> Path:
        return self.root / f"{self.code.name}-{self.sort}-{self.name}"

    @property
    def size(self) -> str:
        return f"{self.sizes['boards']:,} x {self.sizes['readers'] + self.sizes['crowd']:,}"

    def fill(self) -> None:
        self.folder.mkdir(parents=True)
        world.lay_out(self.folder, self.sizes["boards"])
        if self.server is not None:
            self.url = self.server.url(self.server.create())
        else:
            self.url = f"sqlite:///{self.folder / 'base.db'}"
        took = self.run("fill", url=self.url, sizes=self.sizes)["seconds"]
        print(f"{self.code.name}, {self.sort}, {self.size}: filled in {took:.0f} s", flush=True)

    @property
    def is_before(self) -> bool:
        return self.code.name != NOW

    def clear(self) -> None:
        """The room is wanted for the next one."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.server is not None and hasattr(self, "url"):
            self.server.drop(_name(self.url))

    def fresh(self) -> str:
        """A copy of the database as it was filled."""
        if self.server is not None:
            return self.server.url(self.server.create(template=_name(self.url)))
        self._copies += 1
        copy = self.folder / f"copy{self._copies}.db"
        shutil.copy(self.folder / "base.db", copy)
        return f"sqlite:///{copy}"

    def drop(self, url: str) -> None:
        if self.server is not None:
            self.server.drop(_name(url))
            return
        for file in self.folder.glob(Path(url).name + "*"):
            file.unlink()

    def case(self, name: str, **given: Any) -> dict[str, Any]:
        """One case on a fresh copy; what went wrong stands in `error`."""
        url = self.fresh()
        try:
            return self.run(name, url=url, sizes=self.sizes, **given)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            print(f"*** {self.code.name} {self.sort} {name}: {error}", file=sys.stderr, flush=True)
            return {"error": str(error)}
        finally:
            self.drop(url)

    def run(self, name: str, **given: Any) -> dict[str, Any]:
        order = {"case": name, "folder": str(self.folder), **given}
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.scale.child"],
            input=json.dumps(order).encode(),
            capture_output=True,
            cwd=self.code.root,
            env={**os.environ, "PYTHONPATH": str(self.code.root)},
            timeout=BUDGET.left(HANGS),
            check=False,
        )
        if ran.returncode:
            raise RuntimeError(ran.stderr.decode()[-1500:])
        found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
        return found


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@contextlib.contextmanager
def servers(chosen: list[str]) -> Iterator[dict[str, PostgresServer | None]]:
    """Per sort of database that is measured, its server."""
    found: dict[str, PostgresServer | None] = {"sqlite": None} if "sqlite" in chosen else {}
    if "postgresql" not in chosen:
        yield found
        return
    problem = postgres_problem()
    if problem is not None:
        print(f"*** NO POSTGRESQL: {problem} ***")
        yield found
        return
    with PostgresServer() as server:
        yield {**found, "postgresql": server}
