"""The commits that touch a path, first parent only, in the order of the history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from monitor.collect.git.program import ask, run
from monitor.errors import SourceUnavailable
from monitor.model.authorship import Authorship
from monitor.model.tuples import NamedTuple

_FORM: Final = "%H%x00%ct%x00%at%x00%an%x00%s"
_SHOWN: Final = 7
_LONG: Final = 120


class Commit(NamedTuple):
    """A commit; `committed` and `authored` are seconds since 1970, as somebody's clock said."""

    id: str
    committed: int
    authored: int
    by: str
    subject: str

    @property
    def short(self) -> str:
        return self.id[:_SHOWN]

    def authorship(self, repository: str) -> Authorship:
        return Authorship(
            where=f"{repository}@{self.short}",
            at=moment(self.authored),
            by=self.by or None,
            subject=self.subject[:_LONG] or None,
        )


def moment(seconds: int) -> datetime | None:
    """None for what no calendar has: a commit may claim any time."""
    try:
        return datetime.fromtimestamp(seconds, tz=UTC)
    except (OverflowError, OSError, ValueError):
        return None


def tip(repository: Path, branch: str | None) -> str:
    """The id of a branch's newest commit, or of HEAD. Raises SourceUnavailable without one."""
    name = f"refs/heads/{branch}" if branch else "HEAD"
    done = run(
        repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    if done.returncode:
        what = f"no branch {branch}" if branch else "no commit yet"
        raise SourceUnavailable(f"there is {what}{_branches(repository) if branch else ''}")
    return done.stdout.decode("ascii").strip()


def _branches(repository: Path) -> str:
    form = "--format=%(refname:short)"
    names = ask(repository, "for-each-ref", form, "--count=6", "refs/heads").decode(
        errors="replace"
    )
    return f"; there are {', '.join(names.split())}" if names.split() else ""


def commit_named(repository: Path, revision: str) -> str:
    """The id of the commit that a person names: a hash, a branch, a tag, `HEAD~2`."""
    wanted = f"{revision}^{{commit}}"
    done = run(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if done.returncode or revision.startswith("-"):
        raise SourceUnavailable(f"there is no commit {revision}{_branches(repository)}")
    return done.stdout.decode("ascii").strip()


def is_before(repository: Path, older: str, newer: str) -> bool:
    """Whether a commit is the other or an ancestor of it; False where it is not there any more."""
    return run(repository, "merge-base", "--is-ancestor", older, newer).returncode == 0


def commits(
    repository: Path, newest: str, path: str, *, after: str | None = None, since: str | None = None
) -> list[Commit]:
    """Those that touch `path` up to `newest`, ascending; only those after a commit, if given.

    `since` is a date, `YYYY-MM-DD`: commits whose time lies before it are left out.
    """
    wanted = ["--first-parent", "--reverse", "--no-show-signature", "-z", f"--format={_FORM}"]
    if since and after is None:
        wanted.append(f"--since-as-filter={since}T00:00:00Z")
    span = [newest] if after is None else [newest, f"^{after}"]
    paths = ["--", f":(top,literal){path}"] if path else ["--"]
    said = ask(repository, "log", *wanted, "--end-of-options", *span, *paths, seconds=600)
    parts = said.decode(errors="replace").split("\0")
    rows = [parts[start : start + 5] for start in range(0, len(parts) - 4, 5)]
    return [Commit(row[0].strip(), int(row[1]), int(row[2]), row[3], row[4]) for row in rows]
