"""Repositories that tests write: one file after the other, by named people, at chosen times."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Repo:
    """A work tree in a folder. Each commit is an hour after the one before, if not said."""

    def __init__(self, path: Path, *, form: str = "sha1") -> None:
        require_git()
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._at = BEGIN
        self.git("init", "--quiet", "--initial-branch=main", f"--object-format={form}")

    def git(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        plain = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
        }
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            env={**plain, **(env or {})},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, name: str, text: str | bytes) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def delete(self, name: str) -> None:
        (self.path / name).unlink()

    def commit(
        self,
        subject: str = "Change it",
        *,
        by: str = "Ana Reyes",
        at: datetime | None = None,
        amend: bool = False,
    ) -> str:
        """Everything as it stands; returns the id."""
        self._at = at or self._at + timedelta(hours=1)
        env = {
            "GIT_AUTHOR_NAME": by,
            "GIT_AUTHOR_EMAIL": "someone@example.org",
            "GIT_COMMITTER_NAME": by,
            "GIT_COMMITTER_EMAIL": "someone@example.org",
            "GIT_AUTHOR_DATE": f"@{int(self._at.timestamp())} +0000",
            "GIT_COMMITTER_DATE": f"@{int(self._at.timestamp())} +0000",
        }
        self.git("add", "--all")
        amended = ["--amend"] if amend else []
        self.git("commit", "--quiet", "--allow-empty", *amended, "-m", subject, env=env)
        return self.git("rev-parse", "HEAD")

    def change(
        self, name: str, text: str, subject: str = "Change it", *, by: str = "Ana Reyes"
    ) -> str:
        self.write(name, text)
        return self.commit(subject, by=by)


def git_problem() -> str | None:
    """What is missing for tests that need git, in a line; None when it is there."""
    return None if shutil.which("git") else "git is not installed: install the system package git"


def require_git() -> None:
    """Without git its tests are skipped, loudly by the preflight, and fail where CI is set."""
    if (problem := git_problem()) is not None:
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
